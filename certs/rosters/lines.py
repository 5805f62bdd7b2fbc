"""A roster as a sheet: which column holds what, and its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from base.errors import Invalid
from base.sheets import UnreadableSheet, is_older_text, sheet_lines

MOST_LINES = 20_000
_LONGEST = 300
_MOST_TITLES = 10


class Column(StrEnum):
    """What a column of a roster can hold."""

    NAME = "name"
    FAMILY_NAME = "family name"
    CONTACT = "contact"
    SERIAL = "certificate"
    COURSE = "course"


_USUAL_NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: ("name", "full name", "holder", "person", "first name", "given name", "employee"),
    Column.FAMILY_NAME: ("family name", "last name", "surname"),
    Column.CONTACT: (
        *(
            "email or staff no",
            "e-mail or staff no",
            "e-mail or staff number",
            "email",
            "e-mail",
            "mail",
            "contact",
        ),
        *("staff number", "staff no", "employee number", "employee id", "personnel number"),
    ),
    Column.SERIAL: (
        *("credential id", "certificate", "certificate id", "certificate number", "credential"),
        *("serial", "serial number", "certificate serial", "licence", "license", "licence number"),
    ),
    Column.COURSE: ("course", "training", "programme", "program", "qualification"),
}
Columns = Mapping[Column, int]


@dataclass(frozen=True)
class RosterSheet:
    """A sheet as it was sent: what its columns are called, and its lines with their numbers.

    `older` where it was no UTF-8, and was read as Windows-1252.
    """

    names: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    older: bool = False


@dataclass(frozen=True)
class RosterLine:
    """One of the staff, as the clinic wrote it; what is not given is empty."""

    line: int
    name: str
    contact: str
    serial: str
    course: str


def read_roster(content: bytes) -> RosterSheet:
    """Return the sheet in a CSV file or a workbook; empty lines are left out.

    Titles may stand above the row that names the columns. Raises `Invalid` where it cannot be
    read, names no columns, or has no lines or too many.
    """
    lines: list[tuple[int, tuple[str, ...]]] = []
    try:
        for number, cells in sheet_lines(content, older=True):
            tidy = tuple(" ".join(cell.split())[:_LONGEST] for cell in cells)
            if any(tidy):
                lines.append((number, tidy))
            if len(lines) > MOST_LINES + _MOST_TITLES + 1:
                break
    except UnreadableSheet as error:
        raise Invalid([str(error)]) from None
    first = _naming(lines)
    if len(lines) < first + 2:
        raise Invalid(["The first row must name the columns, and each row below one of the staff."])
    if len(lines) - first - 1 > MOST_LINES:
        raise Invalid([f"A roster has at most {MOST_LINES:,} lines. Split it."])
    return RosterSheet(lines[first][1], tuple(lines[first + 1 :]), is_older_text(content))


def _naming(lines: Sequence[tuple[int, tuple[str, ...]]]) -> int:
    """The place of the row that names the columns: the first, unless one below clearly does."""
    for place, (_, cells) in enumerate(lines[: _MOST_TITLES + 1]):
        if not column_problems(likely_columns(cells)):
            return place
    return 0


def likely_columns(names: Sequence[str]) -> Columns:
    """Return which column holds what, as far as their names tell."""
    plain = [_plain(name) for name in names]
    found: dict[Column, int] = {}
    for column, usual in _USUAL_NAMES.items():
        fitting = (plain.index(name) for name in map(_plain, usual) if name in plain)
        place = next(fitting, None)
        if place is not None:
            found[column] = place
    return found


def column_problems(columns: Columns) -> list[str]:
    """Return what is missing to check a roster that is read so."""
    problems: list[str] = []
    if Column.NAME not in columns:
        problems.append("Choose the column that holds the name.")
    if Column.SERIAL not in columns and Column.CONTACT not in columns:
        problems.append("Choose the column of the certificate numbers, of the e-mails, or both.")
    if len({*columns.values()}) < len(columns):
        problems.append("Choose another column for each.")
    return problems


def roster_lines(sheet: RosterSheet, columns: Columns) -> tuple[RosterLine, ...]:
    """Return the lines of a sheet that is read so; raises `Invalid` where columns are missing."""
    if problems := column_problems(columns):
        raise Invalid(problems)
    return tuple(_line(number, cells, columns) for number, cells in sheet.lines)


def _line(number: int, cells: Sequence[str], columns: Columns) -> RosterLine:
    def cell(column: Column) -> str:
        place = columns.get(column)
        return cells[place] if place is not None and place < len(cells) else ""

    name = f"{cell(Column.NAME)} {cell(Column.FAMILY_NAME)}".strip()
    return RosterLine(number, name, cell(Column.CONTACT), cell(Column.SERIAL), cell(Column.COURSE))


def _plain(name: str) -> str:
    words = "".join(ch if ch.isalnum() else " " for ch in name.casefold())
    return " ".join(words.split())
