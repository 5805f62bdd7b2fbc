"""Sheets that strangers send, CSV and Excel, as lines of cells: bounded, nothing computed."""

import csv
import io
import re
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from base.lined_yaml import LARGEST_DOCUMENT

MOST_COLUMNS = 150
# What a spreadsheet would run as a formula is written behind an apostrophe, and read without it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n")
# What Excel writes as plain CSV where Western languages are spoken.
_OLDER = "cp1252"
_DELIMITERS = ",;\t|"
_MOST_TITLES = 10
_LONGEST_CELL = 32_000
_DAMAGED = "The workbook is damaged. Open it in Excel, save it again, and try again."
Lines = Iterator[tuple[int, Sequence[str]]]


class UnreadableSheet(Exception):
    """The file is no sheet that can be read; its text says what to do, `line` where it broke."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line


def sheet_lines(content: bytes, older: bool = False) -> Lines:
    """Return the lines of a CSV file or of a workbook's first sheet, whichever it is.

    Text in Windows-1252 is read where `older` allows it. Raises `UnreadableSheet`, also while the
    lines are read.
    """
    if content.startswith(b"PK\x03\x04"):
        return excel_lines(content)
    return csv_lines(content, older)


def is_older_text(content: bytes) -> bool:
    """Tell whether this is text that is not UTF-8, and can be Windows-1252."""
    return not _is_text(content, "utf-8-sig") and _is_text(content, _OLDER)


def csv_lines(content: bytes, older: bool = False) -> Lines:
    """Return the lines of a CSV file; commas, semicolons, tabs or bars part its columns.

    Raises `UnreadableSheet` where it is too large or no text; `older` as above.
    """
    if len(content) > LARGEST_DOCUMENT:
        raise UnreadableSheet("The file is larger than 20 MB. Split it and try again.")
    # Excel's “Unicode text” is UTF-16, and begins with its mark.
    marked = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    encoding = _OLDER if older and is_older_text(content) else "utf-8-sig"
    try:
        text = content.decode("utf-16" if marked else encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = "The file is not UTF-8 text. Save it as “CSV UTF-8” and try again."
        raise UnreadableSheet(said, line) from None
    return _csv_lines(text.replace("\0", "\ufffd"))


def excel_lines(content: bytes) -> Lines:
    """Return the lines of the first sheet of a workbook (.xlsx); formulas are not run.

    Raises `UnreadableSheet`, also while the lines are read.
    """
    if problem := _workbook_problem(content):
        raise UnreadableSheet(problem)
    return _excel_lines(content)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `as_written` undoes it."""
    return f"'{cell}" if cell.lstrip(" ").startswith((*_FORMULA, "'")) else cell


def as_written(cell: str) -> str:
    """Return a cell as it was before `harmless`, with line breaks as here."""
    cell = cell.replace("\r\n", "\n")
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


def _is_text(content: bytes, encoding: str) -> bool:
    try:
        return "\0" not in content.decode(encoding)
    except UnicodeDecodeError:
        return False


def _csv_lines(text: str) -> Lines:
    # Excel takes a first row such as “sep=;” for what parts the columns, and so do we.
    said = _SEPARATOR.match(text)
    # A title may stand above, alone in its line.
    head = text.lstrip("\r\n").split("\n", _MOST_TITLES)[:_MOST_TITLES]
    first = next((one for one in head if set(one) & set(_DELIMITERS)), "")
    delimiter = said[1] if said else max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    while True:
        try:
            cells = next(reader)
            if said and line == 1:
                cells = []
        except StopIteration:
            return
        except csv.Error:
            # A cell longer than any that is meant: the row holds nothing, the others are read.
            cells = ["x" * (_LONGEST_CELL + 1)]
        yield line, [as_written(cell) for cell in cells]
        line = reader.line_num + 1


def _excel_lines(content: bytes) -> Lines:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What a file says about its own size is not believed.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MOST_COLUMNS)
        for number, row in enumerate(rows, start=1):
            yield number, _cells(row)
    except Exception as error:
        raise UnreadableSheet(_DAMAGED) from error


def other_sheets(content: bytes) -> tuple[str, ...]:
    """Return the names of a workbook's sheets behind the first that hold something.

    Raises `UnreadableSheet`.
    """
    if problem := _workbook_problem(content):
        raise UnreadableSheet(problem)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return tuple(sheet.title for sheet in book.worksheets[1:] if _holds_something(sheet))
    except Exception as error:
        raise UnreadableSheet(_DAMAGED) from error


def _holds_something(sheet: Any) -> bool:
    rows = sheet.iter_rows(max_row=20, max_col=20, values_only=True)
    return any(cell is not None for row in rows for cell in row)


def _cells(row: Sequence[Any]) -> list[str]:
    """The row's cells up to the last that is filled: a sheet has as many more as it may."""
    cells = [_as_text(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _as_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and "%" in (cell.number_format or ""):
        # What is shown as 50% is kept as 0.5.
        return f"{(Decimal(repr(value)) * 100).normalize():f}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    # A date is a day here; Excel adds midnight to it.
    return text.removesuffix(" 00:00:00")


def _workbook_problem(content: bytes) -> str:
    if len(content) > LARGEST_DOCUMENT:
        return "The file is larger than 20 MB. Split it and try again."
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > 10 * LARGEST_DOCUMENT:
                return "The workbook unpacks to more than 200 MB. Split it and try again."
            for entry in entries:
                with archive.open(entry) as part:
                    if b"<!DOCTYPE" in part.read(4_096):
                        return "The workbook holds a document type, which none needs. Save it anew."
    except (BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError):
        return "The file is no Excel workbook (.xlsx). Save it as one, or as CSV, and try again."
    return ""
