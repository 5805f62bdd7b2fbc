"""An Excel workbook of items, and the template that authors download and fill in."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from quizbank.exchange.sheet.columns import LETTERS, columns_of

HELP_SHEET = "What the columns mean"
_HELP = (
    ("id", "Same as in the bank to change that item; empty for a new one."),
    ("kind", "single_choice, multiple_response, true_false, numeric, short_answer, matching or "
             "ordering. May stay empty where “right” tells it."),
    ("pool", "exam, practice or check."),
    ("objective", "Its code, such as MF-02."),
    ("level", "recall, apply or analyse."),
    ("critical", "yes where a miss fails the exam."),
    ("topics", "Several are parted by semicolons; the first names what was missed."),
    ("question", "Markdown: **bold**, lists, line breaks inside the cell."),
    ("right", "Letters of the right options (A; C); true or false; the number."),
    ("unsafe", "Letters of wrong options that would endanger a client."),
    ("marking", "Of several right answers: net_correct, all_or_nothing, each_answer, coverage or "
                "weights. Of matching: share or all_or_nothing. Of an order: its grading."),
    ("tolerance", "How far a number may be off; “tolerance type” is nominal, relative or "
                  "geometric."),
    ("A, B, C …", "The options, answers, premises or steps (in their right order)."),
    ("A reason …", "Why it is right or wrong. Of true or false: A is true, B is false. Of a "
                   "number: A is the right one, B any other."),
    ("A share …", "Percent of the mark, where it is not all or nothing."),
    ("A belongs to …", "Of matching: what premise A belongs to. Without a premise it is a "
                       "distractor."),
    ("sources", "Keys of the academy's sources, parted by semicolons."),
    ("reviewed, review due", "Days such as 2027-11-22."),
)  # fmt: skip
_EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "kind": "single_choice",
        "question": "Which letter comes first? (Example: overwrite it.)",
        "right": "A",
        "A": "A",
        "A reason": "It begins the alphabet.",
        "B": "B",
        "B reason": "It comes second.",
        "C": "C",
        "C reason": "It comes third.",
    },
    {
        "kind": "multiple_response",
        "question": "Which are vowels? (Example)",
        "right": "A; C",
        "marking": "net_correct",
        "A": "A",
        "A reason": "A vowel.",
        "B": "B",
        "B reason": "A consonant.",
        "C": "E",
        "C reason": "A vowel.",
    },
    {
        "kind": "true_false",
        "question": "A comes before B. (Example)",
        "right": "true",
        "A reason": "It begins the alphabet.",
        "B reason": "B comes second.",
    },
    {
        "kind": "numeric",
        "question": "How many letters has the English alphabet? (Example)",
        "right": "26",
        "tolerance": "0",
        "unit": "letters",
        "A reason": "From A to Z.",
        "B reason": "Count from A to Z.",
    },
    {
        "kind": "short_answer",
        "question": "Which letter comes last? (Example)",
        "A": "Z",
        "A reason": "It ends the alphabet.",
        "B": "Y",
        "B share": "0",
        "B reason": "It is the last but one.",
    },
    {
        "kind": "matching",
        "question": "Which place has each letter? (Example)",
        "A": "A",
        "A belongs to": "first",
        "A reason": "It begins the alphabet.",
        "B": "Z",
        "B belongs to": "last",
        "B reason": "It ends the alphabet.",
        "C belongs to": "tenth",
    },
    {
        "kind": "ordering",
        "question": "Bring these into the order of the alphabet. (Example)",
        "marking": "absolute_position",
        "A": "D",
        "A reason": "Before K.",
        "B": "K",
        "B reason": "Between D and S.",
        "C": "S",
        "C reason": "After K.",
    },
)


def template() -> bytes:
    """Return the workbook to fill in: one example a kind, and a sheet that explains the columns."""
    return _book(_EXAMPLES, _HELP)


def workbook(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return rows, by column, as a workbook; every cell is text, so that nothing is computed."""
    return _book(rows, ())


def _book(rows: Sequence[Mapping[str, str]], explained: Sequence[tuple[str, str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Items")
    sheet.freeze_panes = "A2"
    names = columns_of(rows)
    for place, name in enumerate(names, start=1):
        wide = name == "question" or name in LETTERS or name.endswith("reason")
        sheet.column_dimensions[get_column_letter(place)].width = 40 if wide else 14
    sheet.append([_cell(sheet, name, bold=True) for name in names])
    for row in rows:
        sheet.append([_cell(sheet, row.get(name, "")) for name in names])
    if explained:
        told = book.create_sheet(HELP_SHEET)
        told.column_dimensions["A"].width, told.column_dimensions["B"].width = 24, 100
        for column, meaning in explained:
            told.append([_cell(told, column, bold=True), _cell(told, meaning)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, text: str, bold: bool = False) -> Cell | None:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, text)  # pyright: ignore[reportArgumentType] the stubs know no write-only sheet
    # What begins with "=" would be a formula.
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
