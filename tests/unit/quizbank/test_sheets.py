"""Items as sheets: round trips, what authors really type, and hostile workbooks."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from quizbank.exchange.defaults import NO_OBJECTIVE, NO_REASON, Defaults
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.sheet.book import template
from quizbank.exchange.sheet.columns import SHEET_KINDS
from quizbank.exchange.sheet.files import read_csv, read_excel, write_csv, write_excel
from quizbank.exchange.sheet.writer import sheet_cannot_hold, sheet_changes
from quizbank.items import Item, item_to_data, read_item
from tests.factories import matching, numeric, ordering, short_answer, single_choice, true_false
from tests.unit.quizbank.carried import relettered, rematched
from tests.unit.quizbank.strategies import items

TODAY = date(2026, 11, 23)
DEFAULTS = Defaults(TODAY, objective="MF-01", sources=("S13",))


def read(text: str, defaults: Defaults = DEFAULTS) -> ItemsRead:
    return read_csv(text.encode(), defaults)


def one(text: str) -> Item:
    found = read(text)
    assert found.errors == ()
    (lined,) = found.items
    return lined.item


def messages(found: ItemsRead) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in found.problems]


def carried(item: Item) -> Item:
    """The item with its parts named by their columns, and without what `sheet_changes` names."""
    data: Any = item_to_data(item)
    data.pop("origin", None)
    data["tags"] = [*item.tags]
    for name in ("options", "answers", "elements"):
        if name in data:
            data[name] = relettered(data[name])
    if item.kind == "numeric":
        data["others"] = []
        for name in ("units", "unit_rule", "unit_penalty", "penalty_of"):
            data.pop(name, None)
    return read_item(rematched(data) if item.kind == "matching" else data)


@given(items.filter(lambda item: item.kind in SHEET_KINDS))
@settings(max_examples=150, deadline=None)
def test_what_a_sheet_carries_comes_back_equal(item: Item) -> None:
    back = read(write_csv([item]))
    assert back.errors == ()
    assert [one.item for one in back.items] == [carried(item)]


@given(items.filter(lambda item: item.kind in SHEET_KINDS))
@settings(max_examples=40, deadline=None)
def test_what_a_workbook_carries_comes_back_equal(item: Item) -> None:
    back = read_excel(write_excel([item]), DEFAULTS)
    assert back.errors == ()
    assert [one.item for one in back.items] == [carried(item)]


def test_a_row_of_pairs_says_how_they_are_marked() -> None:
    written = write_csv([matching(rule="all_or_nothing")])
    assert ",all_or_nothing," in written
    assert written.replace(",all_or_nothing,", ",,") == write_csv([matching()])
    (row,) = read(written.replace("all_or_nothing", "All or nothing")).items
    assert row.item.mark({"pairs": {"p1": "c1"}}).fraction == 0


def test_what_a_sheet_leaves_out_is_named() -> None:
    other = {"id": "a", "answer": "3", "reason": "Half."}
    assert sheet_changes(numeric(others=[other], origin="Q7")) == (
        "where it came from",
        "other numbers",
    )
    assert sheet_cannot_hold(single_choice()) == ""


def test_an_author_needs_few_columns_and_any_of_three_separators() -> None:
    for comma in ",;\t":
        text = "Question,Right,A,A reason,B,B reason\nWhich first?,a,A,First.,B,Second.\n"
        item = one(text.replace(",", comma))
        assert item.kind == "single_choice"
        assert item.key() == {"option": "a"}
        assert (item.objective, item.sources) == ("MF-01", ("S13",))


def test_excels_own_ways_of_parting_and_encoding_are_read() -> None:
    text = 'Question,Right,A,B\r\n"Größe?\r\nWhich?",A,x,y\r\n'
    expected = one(text)
    assert expected.stem == "Größe?\nWhich?"
    for comma in ",;\t":
        found = read(f"sep={comma}\r\n{text.replace(',', comma)}")
        assert [(lined.line, lined.item) for lined in found.items] == [(3, expected)]
    marked = read_csv(text.replace(",", "\t").encode("utf-16"), DEFAULTS)
    assert [lined.item for lined in marked.items] == [expected]
    (problem,) = read_csv(b"\xff\xfeQ", DEFAULTS).problems
    assert "not UTF-8" in problem.message


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("A,x,r,,y,r,,", "single_choice"),
        ("A; B,x,r,,y,r,,,z", "multiple_response"),
        ("TRUE,,r,,,r,,", "true_false"),
        (",x,r,one,y,r,two,", "matching"),
        ('"7,5",,r,,,r,,0.5', "numeric"),
    ],
)
def test_a_kind_left_open_is_told_from_what_is_right(row: str, kind: str) -> None:
    header = "question,right,A,A reason,A belongs to,B,B reason,B belongs to,tolerance,C"
    assert one(f"{header}\nWhich?,{row}\n").kind == kind


def test_reading_again_gives_the_same_ids_and_a_double_gets_another() -> None:
    text = "question,right,A,B\nWhich?,A,x,y\nWhich?,A,x,y\n"
    first, again = read(text), read(text)
    ids = [lined.item.id for lined in first.items]
    assert ids == [lined.item.id for lined in again.items]
    assert len({*ids}) == 2


def test_what_is_open_is_said_once() -> None:
    found = read("question,right,A,B\nWhich?,A,x,y\nWhat?,B,x,y\n", Defaults(TODAY))
    said = [message for _, message in messages(found)]
    assert any(NO_OBJECTIVE in message and message.startswith("Some rows") for message in said)
    assert "Reasons are missing in rows 2, 3." in said
    assert found.items[0].item.scored()[0].reason == NO_REASON


@pytest.mark.parametrize(
    ("header", "row", "sentence"),
    [
        ("question,right,A,B", "Which?,C,x,y", "names option C, which has no text"),
        ("question,right,A,B", "Which?,first,x,y", "fill in the kind"),
        ("question,kind,A", "Which?,hotspot,x", "no kind that a sheet can hold"),
        ("question,kind,right,A,B", "Which?,true false,maybe,x,y", "must say true or false"),
        ("question,right,critical,A,B", "Which?,A,perhaps,x,y", "must say yes or no"),
        ("question,kind,right", 'How many?,numeric,"1,500"', "could be read in two ways"),
        ("question,right,tolerance", 'How many?,1.5,"1,500"', "“tolerance”: “1,500” could"),
        ("question,kind,A,A share", "Which?,short answer,x,half", "number of percent"),
        ("question,kind,A,B", "Which?,matching,x,y", "“A belongs to” is empty"),
        ("question,right,A,B", ",A,x,y", "stem is missing"),
        ("question,right,level,A,B", "Which?,A,hard,x,y", "level"),
        ("question,right,A,B", "Which?,A,x,x", "same text"),
    ],
)
def test_a_row_that_is_no_item_says_why_with_its_line(header: str, row: str, sentence: str) -> None:
    found = read(f"{header}\n{row}\n")
    assert found.items == ()
    assert [problem.line for problem in found.errors] == [2] * len(found.errors)
    assert any(sentence in problem.message for problem in found.errors)


def test_one_mistake_stops_no_other_and_lines_count_line_breaks_in_cells() -> None:
    text = 'question,right,A,B\n"Two\nlines",A,x,y\nBroken,Z,x,y\nWhich?,B,x,y\n'
    found = read(text)
    assert [lined.line for lined in found.items] == [2, 5]
    assert [problem.line for problem in found.errors] == [4]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "sheet is empty"),
        ("\n\n", "sheet is empty"),
        ("question,right\n", "holds no item"),
        ("stem,right\nWhich?,A\n", "one of them must be “question”"),
        ("question,Right,right\n", "Two columns are called “right”"),
    ],
)
def test_a_sheet_without_a_usable_first_row(text: str, sentence: str) -> None:
    assert sentence in read(text).errors[0].message


def test_columns_that_nobody_knows_are_named_and_not_read() -> None:
    found = read("question,right,A,B,Author,Z1\nWhich?,A,x,y,me,z\n")
    assert "“Author”, “Z1”" in found.problems[0].message
    assert len(found.items) == 1


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    found = read_csv("question,right\nWas heißt,A\n".encode("latin-1"), DEFAULTS)
    assert messages(found)[0][0] == 2
    assert "not UTF-8" in found.errors[0].message


def test_nothing_that_is_written_is_a_formula() -> None:
    evil = '=HYPERLINK("http://example.org","x")'
    item = single_choice(stem=evil)
    cells = write_csv([item]).splitlines()[1]
    assert "'=HYPERLINK" in cells
    sheet = load_workbook(io.BytesIO(write_excel([item]))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert one(write_csv([item])).stem == evil


def test_a_text_that_begins_like_our_guard_comes_back_as_it_was() -> None:
    for stem in ("'=a", "''", "'quoted'", "-5 °C is what?", "'"):
        item = single_choice(stem=stem)
        assert one(write_csv([item])).stem == stem
        assert read_excel(write_excel([item]), DEFAULTS).items[0].item.stem == stem


def test_numbers_and_days_that_excel_made_of_cells() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["question", "kind", "right", "tolerance", "reviewed", "review due"])
    sheet.append(["How many?", "numeric", 26.0, 0.5, date(2026, 1, 1), date(2027, 1, 1)])
    sheet.append(["Is it?", "true_false", True])
    out = io.BytesIO()
    book.save(out)
    found = read_excel(out.getvalue(), DEFAULTS)
    assert found.errors == ()
    first, second = (lined.item for lined in found.items)
    assert (first.key(), first.reviewed) == ({"text": "26"}, date(2026, 1, 1))
    assert second.key() == {"option": "true"}


def test_the_template_is_whole_and_read_without_an_error() -> None:
    found = read_excel(template(), DEFAULTS)
    assert found.errors == ()
    assert {lined.item.kind for lined in found.items} == {*SHEET_KINDS} - {"description"}
    assert load_workbook(io.BytesIO(template())).sheetnames == ["Items", "What the columns mean"]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def doctored(old: bytes, new: bytes) -> bytes:
    """A workbook of ours with every occurrence of `old` in its parts replaced."""
    source = zipfile.ZipFile(io.BytesIO(write_excel([single_choice()])))
    return zipped(**{name: source.read(name).replace(old, new) for name in source.namelist()})


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 9))
    + b"]>"
)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no Excel workbook"),
        (b"question,right\n", "no Excel workbook"),
        (zipped(hello=b"world"), "damaged"),
        (zipped(zeros=b"0" * 201_000_000), "unpacks to more than 200 MB"),
        (doctored(b"<worksheet", BOMB + b"<worksheet"), "document type"),
        (doctored(b"<sheetData>", b"<sheetData><row><c"), "damaged"),
    ],
    ids=["empty", "a_csv", "a_zip", "zip_bomb", "entity_bomb", "cut_off"],
)
def test_hostile_workbooks_end_in_a_sentence(content: bytes, sentence: str) -> None:
    found = read_excel(content, DEFAULTS)
    assert found.items == ()
    assert sentence in found.errors[0].message


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
@settings(max_examples=150, deadline=None)
def test_whatever_arrives_ends_in_a_report(content: bytes) -> None:
    for found in (read_csv(content, DEFAULTS), read_excel(content, DEFAULTS)):
        assert found.items or found.problems


@given(st.lists(st.tuples(st.integers(0, 6_000), st.integers(0, 255)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_workbook_with_bytes_flipped_ends_in_a_report(flips: list[tuple[int, int]]) -> None:
    content = bytearray(write_excel([short_answer(), matching(), ordering(), true_false()]))
    for place, value in flips:
        content[place % len(content)] = value
    found = read_excel(bytes(content), DEFAULTS)
    assert found.items or found.problems


def book(*rows: list[Any], **formats: str) -> Workbook:
    made = Workbook()
    for row in ([*HEADER], *rows):
        made.worksheets[0].append(row)
    for cell, number_format in formats.items():
        made.worksheets[0][cell].number_format = number_format
    return made


def read_book(made: Workbook) -> ItemsRead:
    out = io.BytesIO()
    made.save(out)
    return read_excel(out.getvalue(), DEFAULTS)


HEADER = ("kind", "question", "right", "A", "B", "B share")


def test_a_cell_that_shows_percent_is_read_as_it_is_shown() -> None:
    shares = book(["single_choice", "Which?", "A", 0.5, 0.255, 0.5], D2="0%", E2="0.0%", F2="0%")
    (lined,) = read_book(shares).items
    item: Any = lined.item
    assert [one.text for one in item.options] == ["50%", "25.5%"]
    assert item.options[1].weight == 0.5


@pytest.mark.parametrize(("share", "weight"), [("50", 0.5), ("0.5%", 0.005), ("12,5 %", 0.125)])
def test_a_share_is_a_number_of_percent(share: str, weight: float) -> None:
    item: Any = one(f"question;right;A;B;B share\nWhich?;A;x;y;{share}\n")
    assert item.options[1].weight == weight


@pytest.mark.parametrize("share", ["0.5", "0,25", "-0.5"])
def test_a_share_that_could_be_half_or_half_a_percent_is_refused(share: str) -> None:
    found = read(f"question;right;A;B;B share\nWhich?;A;x;y;{share}\n")
    assert found.items == ()
    assert "two ways" in found.errors[0].message


def test_a_formula_that_failed_is_no_option() -> None:
    found = read_book(book(["single_choice", "Which?", "A", "x", "#DIV/0!"]))
    assert found.items == ()
    assert "a formula that failed" in found.errors[0].message


def test_sheets_that_are_not_read_are_named() -> None:
    made = book(["single_choice", "Which?", "A", "x", "y"])
    made.create_sheet("Empty")
    made.create_sheet("More").append([*HEADER])
    found = read_book(made)
    assert len(found.items) == 1
    assert "not “More”." in found.problems[0].message


def test_a_row_torn_by_a_comma_is_refused_and_stops_no_other() -> None:
    found = read("question,right,A,B\nWhich?,A,red,dry, sore\nWhat?,B,x,y,\n")
    assert [lined.line for lined in found.items] == [3]
    assert messages(found)[0][0] == 2
    assert "more cells" in found.errors[0].message
