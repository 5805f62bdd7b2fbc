"""Item files: what is read, what is refused, on which line."""

import time
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from base.lined_yaml import LARGEST_DOCUMENT
from quizbank.exchange.report import import_report
from quizbank.exchange.yaml_items import read_items, write_items
from quizbank.files import read_picture
from quizbank.items import Item
from tests.factories import multiple_response, numeric, single_choice, true_false
from tests.unit.quizbank.moodle_xml_files import png
from tests.unit.quizbank.strategies import items

FIFTY = [single_choice(f"tt-01-{number:03d}") for number in range(1, 51)]


@given(st.lists(items, max_size=4, unique_by=lambda item: item.id))
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read_back_equal(bank: list[Item]) -> None:
    read = read_items(write_items(bank))
    assert read.problems == ()
    assert [one.item for one in read.items] == bank


@given(st.text(max_size=60) | st.text("items:-[]{}&*!#|>'\"\n \t,a1", max_size=60))
@settings(max_examples=300, deadline=None)
def test_reading_never_raises_and_always_says_something(text: str) -> None:
    read = read_items(text)
    assert read.items or read.problems or "items:" in text or '"items"' in text


def test_one_broken_item_of_fifty_leaves_the_other_49() -> None:
    lines = write_items(FIFTY).splitlines()
    begin = lines.index("- id: tt-01-017")
    level = next(place for place in range(begin, len(lines)) if "level:" in lines[place])
    lines[level] = "  level: guess"
    read = read_items("\n".join(lines))
    assert len(read.items) == 49
    (problem,) = read.problems
    assert problem.line == level + 1
    assert "tt-01-017" in problem.message
    assert "level" in problem.message


def test_every_item_knows_its_line() -> None:
    text = write_items(FIFTY)
    lines = text.splitlines()
    for one in read_items(text).items:
        assert lines[one.line - 1] == f"- id: {one.item.id}"


def test_the_second_item_with_an_id_is_refused_and_the_first_is_named() -> None:
    text = write_items([FIFTY[0], FIFTY[1], FIFTY[0]])
    read = read_items(text)
    assert [one.item.id for one in read.items] == ["tt-01-001", "tt-01-002"]
    (problem,) = read.problems
    assert problem.line == [n for n, line in enumerate(text.splitlines(), 1) if "001" in line][1]
    assert "line 2 has the same id" in problem.message


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "one list under `items:`"),
        ("items: 7", "one list under `items:`"),
        ("- a\n- b", "one list under `items:`"),
        ("items: [", "not valid YAML"),
        ("items:\n\t- a", "not valid YAML"),
        ("a: 1\na: 2", "the key 'a' stands twice"),
        ("a: &x 1\nitems: *x", "aliases"),
        ("items: !!python/object:os.system {}", "one list under `items:`"),
        ("items: !!python/name:os.system x", "not valid YAML"),
        ("a: 1\n--- \nb: 2", "not valid YAML"),
        ("\x00", "not valid YAML"),
        ("[" * 20_000, "not valid YAML"),
        (f"a: {'9' * 10_000}", "not valid YAML"),
        ("PK\x03\x04\x14\x00", "not valid YAML"),
    ],
)
def test_what_is_no_item_file_says_so_in_one_sentence(text: str, sentence: str) -> None:
    read = read_items(text)
    assert read.items == ()
    (problem,) = read.problems
    assert sentence in problem.message
    assert "\n" not in problem.message


def test_aliases_cannot_be_made_to_explode() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    begin = time.perf_counter()
    (problem,) = read_items(bomb).problems
    assert problem.line == 2
    assert time.perf_counter() - begin < 2


def test_more_than_20_mb_is_refused_before_it_is_parsed() -> None:
    (problem,) = read_items("#" * (LARGEST_DOCUMENT + 1)).problems
    assert "20 MB" in problem.message
    assert read_items("#" * 1_000).problems[0].message != problem.message


@pytest.mark.parametrize("entry", ["7", "null", "[]", "text", "{}", "{id: [1], kind: {}}"])
def test_an_entry_that_is_no_item_is_a_problem_on_its_line(entry: str) -> None:
    read = read_items(f"items:\n# a comment\n- {entry}\n")
    assert read.items == ()
    assert {problem.line for problem in read.problems} == {3}


def test_every_problem_of_an_item_has_the_line_of_its_field() -> None:
    text = write_items([single_choice()])
    text = text.replace("level: apply", "level: guess").replace("pool: exam", "pool: pond")
    lines = text.splitlines()
    said = {problem.line: problem.message for problem in read_items(text).problems}
    assert sorted(said) == sorted(
        number for number, line in enumerate(lines, 1) if "guess" in line or "pond" in line
    )


def test_dates_numbers_and_words_that_yaml_would_change_stay_as_they_are() -> None:
    item = true_false(tags=["no", "1e3", "2026-01-01"], stem="Yes", sources=["on"])
    text = write_items([item])
    assert read_items(text).items[0].item == item
    assert yaml.safe_load(text)["items"][0]["reviewed"] in {"2026-11-22", date(2026, 11, 22)}


def test_lone_surrogates_and_control_characters_do_not_break_reading() -> None:
    text = write_items([single_choice()])
    for written in (r'"\ud800"', r'"a\0b"', r'"\x1b[31m"'):
        changed = text.replace("stem: Which layer holds most collagen?", f"stem: {written}")
        assert changed != text
        read = read_items(changed)
        assert read.items == ()
        assert "stem" in read.problems[0].message


def test_the_report_has_the_shape_that_tools_rely_on() -> None:
    bank = [single_choice(), multiple_response(), true_false(), numeric()]
    read = read_items(write_items(bank) + "- 7\n")
    report: Any = import_report("yaml", read)
    assert set(report) == {"format", "counts", "items", "problems"}
    assert report["counts"] == {item.kind: 1 for item in bank}
    first, *_, last = report["items"]
    assert set(first) == {"kind", "name", "stem", "options"}
    assert first["options"][0] == {"text": "The dermis", "fraction": 1.0, "feedback": "It does."}
    assert last["options"] == [{"text": "7.5 mm", "fraction": 1.0, "feedback": "So."}]
    (problem,) = report["problems"]
    assert set(problem) == {"line", "severity", "message"}
    assert problem["severity"] == "error"


@pytest.mark.parametrize(
    "broken",
    [
        "  level: [recall",
        "  stem: What is it: this?",
        "\tlevel: recall",
        "level: recall",
        '  stem: "no end',
    ],
)
def test_an_item_that_is_no_yaml_stops_no_other_and_has_its_line(broken: str) -> None:
    lines = write_items(FIFTY).splitlines()
    begin = lines.index("- id: tt-01-017")
    lines.insert(begin + 2, broken)
    read = read_items("\r\n".join(lines))
    assert len(read.items) == 49
    assert "tt-01-017" not in {one.item.id for one in read.items}
    assert all(lines[one.line - 1] == f"- id: {one.item.id}" for one in read.items)
    assert begin < read.problems[0].line <= begin + 60


def test_a_file_of_broken_items_ends_soon_and_says_so() -> None:
    started = time.process_time()
    read = read_items("items:\n" + "- {id: [\n" * 20_000)
    assert "what follows was not read" in read.problems[-1].message
    assert time.process_time() - started < 10


def test_pictures_behind_a_broken_item_come_in() -> None:
    picture = read_picture(png())
    text = write_items([FIFTY[0], FIFTY[1]], {picture.digest: picture})
    read = read_items(text.replace("- id: tt-01-002", "- id: [tt-01-002"))
    assert [one.item.id for one in read.items] == ["tt-01-001"]
    assert set(read.files) == {picture.digest}
