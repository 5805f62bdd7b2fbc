"""Rosters as clinics send them: sheets of every make, and what their columns are called."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from base.errors import Invalid
from base.sheets import as_written, harmless
from certs.rosters.lines import (
    MOST_LINES,
    Column,
    column_problems,
    likely_columns,
    read_roster,
    roster_lines,
)

SERIAL = "PP-7K2M9-QX4TD-0ABCN-8RHJP"


def book(*rows: tuple[object, ...]) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def lines_in(content: bytes) -> list[tuple[int, str, str, str, str]]:
    sheet = read_roster(content)
    found = roster_lines(sheet, likely_columns(sheet.names))
    return [(one.line, one.name, one.contact, one.serial, one.course) for one in found]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_usual_columns_are_found_whatever_parts_them(separator: str) -> None:
    rows = (
        ("Credential ID", "Name", "E-mail or staff no.", "Course"),
        (SERIAL, "Alba Szabó", "alba@example.org", "Fundamentals"),
        ("", "", "", ""),
        ("", "Lena  Berg", "17", ""),
    )
    content = "\r\n".join(separator.join(row) for row in rows).encode("utf-8-sig")
    assert lines_in(content) == [
        (2, "Alba Szabó", "alba@example.org", SERIAL, "Fundamentals"),
        (4, "Lena Berg", "17", "", ""),
    ]


def test_a_workbook_reads_like_the_same_rows_as_csv() -> None:
    content = book(("Staff number", "First name", "Last name"), (17, "Alba", "Szabó"))
    assert lines_in(content) == [(2, "Alba Szabó", "17", "", "")]


def test_a_formula_is_read_as_text_and_never_run() -> None:
    content = book(("Name", "Serial"), ('=HYPERLINK("https://x.example")', SERIAL))
    assert lines_in(content) == [(2, "", "", SERIAL, "")]
    assert lines_in(b"Name,Serial\n=1+1,x\n") == [(2, "=1+1", "", "x", "")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "must name the columns"),
        (b"Name,Serial\n\n", "must name the columns"),
        (b"Name\n\xff\xfe\x00", "not UTF-8"),
        (b"PK\x03\x04 no workbook", "no Excel workbook"),
        (b"Name\n" + b"x\n" * (MOST_LINES + 1), "at most 20,000 lines"),
        (b"x" * 20_000_001, "larger than 20 MB"),
    ],
    ids=["empty", "without rows", "no text", "broken zip", "too long", "too large"],
)
def test_what_is_no_roster_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_roster(content)


def test_plain_csv_of_excel_on_windows_is_read_and_told() -> None:
    content = "Name;E-mail\nÉmilie O’Connor;e@example.org\n".encode("cp1252")
    assert lines_in(content) == [(2, "Émilie O’Connor", "e@example.org", "", "")]
    assert read_roster(content).older
    assert not read_roster(content.decode("cp1252").encode()).older


def test_the_column_names_may_stand_below_a_title() -> None:
    rows = (("Our staff, autumn",), (), ("Name", "Serial"), ("Alba", SERIAL))
    assert lines_in(book(*rows)) == [(4, "Alba", "", SERIAL, "")]
    assert lines_in(f"Our staff\n\nName;Serial\nAlba;{SERIAL}\n".encode()) == [
        (4, "Alba", "", SERIAL, "")
    ]


def test_without_usual_names_the_first_row_names_the_columns() -> None:
    assert read_roster(b"Wer,Was\nAlba,x\n").names == ("Wer", "Was")


def test_a_workbook_has_no_more_columns_than_are_filled() -> None:
    assert read_roster(book(("Name", "Serial"), ("Alba", SERIAL))).names == ("Name", "Serial")


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader(content: bytes) -> None:
    try:
        sheet = read_roster(content)
    except Invalid:
        return
    assert sheet.lines


@given(st.text(max_size=40))
def test_a_cell_written_harmless_is_no_formula_and_reads_back(text: str) -> None:
    cell = text.replace("\r", "")
    assert not harmless(cell).lstrip(" ").startswith(("=", "+", "-", "@", "\t"))
    assert as_written(harmless(cell)) == cell


def test_missing_and_doubled_columns_are_named() -> None:
    assert column_problems({}) == [
        "Choose the column that holds the name.",
        "Choose the column of the certificate numbers, of the e-mails, or both.",
    ]
    assert column_problems({Column.NAME: 0, Column.SERIAL: 0}) == [
        "Choose another column for each."
    ]
    with pytest.raises(Invalid):
        roster_lines(read_roster(b"Name,Serial\na,b\n"), {Column.NAME: 0})


def test_a_short_line_has_empty_cells_and_a_long_cell_is_cut() -> None:
    sheet = read_roster(b"Name,Serial,Course\nAlba\n" + b"x" * 1000 + b",b,c\n")
    first, second = roster_lines(sheet, likely_columns(sheet.names))
    assert (first.serial, first.course) == ("", "")
    assert len(second.name) == 300
