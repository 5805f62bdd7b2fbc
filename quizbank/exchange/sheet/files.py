"""Sheets of items as files: CSV and Excel, read as hostile, and the template to download."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from base.lined_yaml import Problem
from base.sheets import (
    Lines,
    UnreadableSheet,
    csv_lines,
    excel_lines,
    harmless,
    other_sheets,
)
from quizbank.exchange.defaults import NO_REASON, Defaults
from quizbank.exchange.identifiers import another_id, imported_id
from quizbank.exchange.items_read import ItemsRead, LinedItem, warning
from quizbank.exchange.sheet.book import HELP_SHEET, workbook
from quizbank.exchange.sheet.columns import Unfit, columns_of, row_data, unknown_columns
from quizbank.exchange.sheet.writer import item_row, sheet_cannot_hold
from quizbank.items import Item, Misfit, read_item


def read_csv(content: bytes, defaults: Defaults) -> ItemsRead:
    """Read a CSV file of items; never raises. Commas, semicolons or tabs part its columns."""
    try:
        return _read(csv_lines(content), defaults)
    except UnreadableSheet as unreadable:
        return _refused(str(unreadable), unreadable.line)


def read_excel(content: bytes, defaults: Defaults) -> ItemsRead:
    """Read the first sheet of an Excel workbook (.xlsx); never raises. Formulas are not run."""
    try:
        read = _read(excel_lines(content), defaults)
        others = [name for name in other_sheets(content) if name != HELP_SHEET]
    except UnreadableSheet as unreadable:
        return _refused(str(unreadable))
    if not others:
        return read
    listed = ", ".join(f"“{name}”" for name in others[:10])
    said = f"Only the first sheet of the workbook was read, not {listed}. Import each by itself."
    return ItemsRead(read.items, (warning(1, said), *read.problems), read.files)


def write_csv(items: Sequence[Item]) -> str:
    """Return the items that a sheet can hold as CSV that `read_csv` reads back."""
    rows = [item_row(item) for item in items if not sheet_cannot_hold(item)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = columns_of(rows)
    writer.writerow(names)
    writer.writerows([harmless(row.get(name, "")) for name in names] for row in rows)
    return out.getvalue()


def write_excel(items: Sequence[Item]) -> bytes:
    """Return the items that a sheet can hold as a workbook that `read_excel` reads back."""
    return workbook([item_row(item) for item in items if not sheet_cannot_hold(item)])


def _read(lines: Lines, defaults: Defaults) -> ItemsRead:
    names: list[str] = []
    reader = _Reader(defaults)
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if names:
            reader.take(line, names, cells)
        else:
            names = [cell.strip().casefold() for cell in cells]
            if problem := _header_problem(names):
                return _refused(problem, line)
            reader.warn_of_columns(line, cells)
    if not names:
        return _refused("The sheet is empty. Download the template and fill it in.")
    read = reader.outcome()
    if not read.items and not read.errors:
        return ItemsRead((), (*read.problems, Problem(1, "There is no item below the first row.")))
    return read


class _Reader:
    """Collects items and problems of one sheet."""

    def __init__(self, defaults: Defaults) -> None:
        self._defaults = defaults
        self._items: dict[str, LinedItem] = {}
        self._problems: list[Problem] = []
        self._doubles: Counter[str] = Counter()
        self._unexplained: list[int] = []
        self._left_open = False

    def warn_of_columns(self, line: int, names: Sequence[str]) -> None:
        """Name the columns that nothing here understands."""
        if unknown := unknown_columns([name.strip() for name in names]):
            listed = ", ".join(f"“{name}”" for name in unknown[:10])
            said = f"These columns are not known and were not read: {listed}."
            self._problems.append(warning(line, said))

    def take(self, line: int, names: Sequence[str], cells: Sequence[str]) -> None:
        """Add what one row becomes."""
        row = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        try:
            if any(cell.strip() for cell in cells[len(names) :]):
                raise Unfit(
                    "The row has more cells than the first row has names. "
                    "Put a text that holds what parts the columns between quotation marks."
                )
            item = read_item(self._fields(row))
        except Unfit as unfit:
            self._problems.append(Problem(line, str(unfit)))
        except Misfit as misfit:
            self._problems += [Problem(line, said) for said in misfit.counted]
        else:
            self._add(item, line, row)

    def outcome(self) -> ItemsRead:
        """Return everything that was read, with what the whole sheet lacks."""
        if not self._items and not self._problems:
            return _refused("The sheet names its columns and holds no item. Fill in a row.")
        if self._left_open and (missing := self._defaults.missing()):
            self._problems.append(warning(1, f"Some rows leave it open: {missing}"))
        if self._unexplained:
            lines = ", ".join(map(str, self._unexplained[:20]))
            more = " and more" if len(self._unexplained) > 20 else ""
            self._problems.append(
                warning(self._unexplained[0], f"Reasons are missing in rows {lines}{more}.")
            )
        problems = sorted(self._problems, key=lambda problem: problem.line)
        return ItemsRead(tuple(self._items.values()), tuple(problems))

    def _fields(self, row: Mapping[str, str]) -> dict[str, JsonValue]:
        data = row_data(row, self._defaults.head())
        if not data.get("id"):
            said = "\n".join(f"{name}={cell}" for name, cell in sorted(row.items()) if cell)
            new = imported_id("row", "", said)
            data["id"] = another_id(new, self._doubles) if new in self._items else new
        return data

    def _add(self, item: Item, line: int, row: Mapping[str, str]) -> None:
        earlier = self._items.get(item.id)
        if earlier:
            said = f"Line {earlier.line} has the same id {item.id}; rename one."
            self._problems.append(Problem(line, said))
            return
        self._items[item.id] = LinedItem(item, line, item.title)
        self._left_open |= not (row.get("objective") and row.get("sources"))
        if any(one.reason == NO_REASON for one in item.scored()):
            self._unexplained.append(line)


def _header_problem(names: Sequence[str]) -> str:
    if "question" not in names:
        return (
            "The first row must name the columns, and one of them must be “question”. "
            "Download the template to see them."
        )
    doubled = [name for name, times in Counter(names).items() if name and times > 1]
    if doubled:
        return f"Two columns are called “{doubled[0]}”; rename or drop one."
    return ""


def _refused(message: str, line: int = 1) -> ItemsRead:
    return ItemsRead((), (Problem(line, message),))
