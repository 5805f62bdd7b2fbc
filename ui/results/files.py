"""Results as files for a spreadsheet: CSV and Excel, with the marks of every objective.

Names come from strangers, so that no cell may be taken for a formula.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from string import whitespace
from unicodedata import normalize

import streamlit as st
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from accounts.queries.people import signed_in
from base.academy import academy
from base.clock import utc_now
from base.permissions import NOBODY
from ui.results.filters import NamedLine, ResultView
from ui.results.words import verdict_word
from ui.session import cookie

# More than any spreadsheet holds.
_MOST = 1_000_000
# A spreadsheet may run a cell that begins like this as a formula, also behind what is not seen.
_FORMULA = ("=", "+", "-", "@")
_UNSEEN = "\u200b\u2060\ufeff"
_HEADER = (
    *("person", "exam", "started", "ended", "marks", "questions"),
    *("verdict", "state", "critical misses"),
)
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# In characters, as Excel measures columns.
_WIDE: dict[object, int] = {"person": 28, "exam": 40, "started": 20, "ended": 20, "verdict": 14}
Cell = str | int | float | datetime | None


def draw_downloads(view: ResultView) -> None:
    """Draw the ways to download every result that was asked for."""
    for label, name, mime, write in (
        ("Download as CSV", "results.csv", "text/csv", _csv_bytes),
        ("Download as Excel", "results.xlsx", _EXCEL, results_workbook),
    ):
        st.download_button(
            label,
            data=_maker(view, write),
            file_name=name,
            mime=mime,
            icon=":material/download:",
            on_click="ignore",
        )


def results_csv(shown: Sequence[NamedLine]) -> str:
    """Return the attempts as a table for a spreadsheet; instants in UTC, ISO 8601."""
    out = io.StringIO()
    csv.writer(out).writerows([_as_text(cell) for cell in row] for row in result_rows(shown))
    return out.getvalue()


def results_workbook(shown: Sequence[NamedLine]) -> bytes:
    """Return the attempts as a workbook: texts as texts, numbers as numbers, instants in UTC."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Results")
    sheet.freeze_panes = "B2"
    header, *_ = rows = result_rows(shown)
    for place, name in enumerate(header, start=1):
        width = _WIDE.get(name, len(str(name)) + 2)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, one, bold=number == 0) for one in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def result_rows(shown: Sequence[NamedLine]) -> list[list[Cell]]:
    """Return the header and one row an attempt; each objective has its marks and its questions."""
    objectives = sorted({said.objective for one in shown for said in one.line.objectives})
    header: list[Cell] = [*_HEADER]
    header += [f"{one} {what}" for one in objectives for what in ("marks", "questions")]
    return [header, *(_row(one, objectives) for one in shown)]


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    # Compatible forms: a wide "=" and a hard space count as what they look like.
    begins = normalize("NFKC", cell[:20])
    formula = begins.lstrip(whitespace + _UNSEEN).startswith(_FORMULA)
    return f"'{cell}" if formula or cell.startswith(("\t", "\r", "\n")) else cell


def _row(one: NamedLine, objectives: Sequence[str]) -> list[Cell]:
    line = one.line
    reached = {said.objective: said for said in line.objectives}
    cells: list[Cell] = [
        one.name,
        line.exam_title,
        line.started_at,
        line.closed_at,
        _tidy(line.marks),
        line.items,
        verdict_word(line),
        str(line.standing),
        line.critical_misses,
    ]
    for objective in objectives:
        said = reached.get(objective)
        cells += [_tidy(said.marks), said.items] if said else [None, None]
    return cells


def _tidy(marks: float | None) -> float | None:
    return None if marks is None else round(marks, 4)


def _as_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return "" if cell is None else f"{cell:g}"


def _cell(sheet: object, value: Cell, bold: bool) -> SheetCell | float | None:
    if value is None or isinstance(value, int | float):
        return value
    # A spreadsheet knows no zones.
    said = value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
    if isinstance(said, str):
        said = ILLEGAL_CHARACTERS_RE.sub(" ", said)
    cell = WriteOnlyCell(sheet, said)  # pyright: ignore[reportArgumentType] the stubs know no write-only sheet
    if bold:
        cell.font = Font(bold=True)
    if isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm:ss"
    if isinstance(value, str):
        cell.data_type = "s"
        if harmless(value) != value:
            # It stays a text when somebody edits the cell.
            cell.quotePrefix = True
    return cell


def _csv_bytes(shown: Sequence[NamedLine]) -> bytes:
    # With a mark at its beginning, by which Excel knows that it is UTF-8.
    return results_csv(shown).encode("utf-8-sig")


def _maker(view: ResultView, write: Callable[[Sequence[NamedLine]], bytes]) -> Callable[[], bytes]:
    # Streamlit makes the file in a thread of its own, where this connection is unknown: the
    # cookie goes along, and is looked up again at that moment.
    token = cookie()

    def make() -> bytes:
        here = academy()
        with here.database.read(NOBODY, utc_now(), here.config) as tx:
            found = view.find(replace(tx, actor=signed_in(tx, token)), _MOST)
        return write(found)

    return make
