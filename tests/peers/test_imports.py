"""Whole files of other systems, as items: what comes in, what is refused, and on which line."""

import html
from collections import Counter
from datetime import date
from typing import Any

import pytest

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.report import import_report
from quizbank.exchange.texts import as_plain
from quizbank.kinds.shown import State
from tests.peers.conftest import FIXTURES, fixture

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S01",))
EDGES = fixture("gift-edge/cases.json")
PEG = sorted((FIXTURES / "gift-peg").glob("*.gift"))
AIKEN = fixture("aiken/edge.json")
KINDS = {
    "truefalse": {"true_false"},
    "multichoice": {"single_choice", "multiple_response"},
    "shortanswer": {"short_answer"},
    "numerical": {"numeric"},
    "match": {"matching"},
    "essay": {"essay"},
    "description": {"description"},
}
KEYED = {State.RIGHT, State.TO_MARK, State.NOT_SCORED}


def gift(text: str) -> ItemsRead:
    return read_file(Format.GIFT, text.encode(), DEFAULTS)


def aiken(text: str) -> ItemsRead:
    return read_file(Format.AIKEN, text.encode(), DEFAULTS)


def check_kinds(read: ItemsRead, expected: list[dict[str, Any]]) -> None:
    wanted = [one["type"] for one in expected if one["type"] in KINDS]
    assert len(read.items) == len(wanted)
    for one, kind in zip(read.items, wanted, strict=True):
        assert one.item.kind in KINDS[kind]
        assert one.item.mark(one.item.key()).state in KEYED
    assert read.errors == ()


@pytest.mark.parametrize("case", EDGES, ids=lambda case: case["id"])
def test_edge_cases_of_gift(case: dict[str, Any]) -> None:
    read = gift(case["gift"])
    match case["recommended"]:
        case "error":
            assert read.items == ()
            (problem,) = read.errors
            assert problem.line == 1
        case "fix":
            assert str(read.items[0].item.key()) == "{'text': '0'}"
        case _:
            check_kinds(read, case["moodle"]["questions"])
    if case["recommended"] == "warn":
        assert any(one.severity == "warning" for one in read.problems)


@pytest.mark.parametrize("path", PEG, ids=lambda path: path.stem)
def test_examples_of_the_grammar(path: Any) -> None:
    expected = fixture(f"gift-peg/{path.stem}.moodle.json")["questions"]
    check_kinds(gift(path.read_text(encoding="utf-8")), expected)


def test_moodles_own_gift_file() -> None:
    content = (FIXTURES / "gift-moodle/questions.gift.txt").read_bytes()
    read = read_file(Format.GIFT, content, DEFAULTS)
    expected = fixture("gift-moodle/questions.gift.expected.json")["questions"]
    check_kinds(read, expected)
    assert Counter(one.item.kind for one in read.items) == {
        "matching": 1,
        "single_choice": 1,
        "multiple_response": 1,
        "numeric": 1,
        "short_answer": 1,
        "true_false": 3,
        "essay": 1,
    }
    report = import_report("gift", read)
    assert isinstance(report, dict)
    reported = {one["name"]: one for one in report["items"]}
    colours = reported["colours"]["options"]
    assert [one["fraction"] for one in colours] == [0.5, -1, 0.5, -1]
    assert [one["feedback"] for one in colours][:2] == ["right; good!", "wrong"]
    assert reported["Q5"]["stem"] == 'What is a number from 1 to 5? _____";'


def test_windows_1252_is_refused_with_its_line() -> None:
    content = (FIXTURES / "gift-moodle/questions_encoding_windows-1252.gift.txt").read_bytes()
    read = read_file(Format.GIFT, content, DEFAULTS)
    assert read.items == ()
    (problem,) = read.errors
    assert "not UTF-8" in problem.message
    with pytest.raises(UnicodeDecodeError) as wrong:
        content.decode()
    assert problem.line == content[: wrong.value.start].count(b"\n") + 1


def test_moodles_ordering_extension() -> None:
    content = (FIXTURES / "gift-moodle/ordering_testexport.gift.txt").read_bytes()
    (one,) = read_file(Format.GIFT, content, DEFAULTS).items
    assert (one.item.kind, one.item.id, one.name) == ("ordering", "myid", "Moodle")
    assert [part.text for part in one.item.scored()][:2] == ["Modular", "Object"]


@pytest.mark.parametrize("case", fixture("gift-moodle/unit_import.json"), ids=lambda c: c["test"])
def test_moodles_unit_tests(case: dict[str, Any]) -> None:
    expected = {"type": case["expectedq"]["qtype"]}
    check_kinds(gift(case["gift"]), [expected])


@pytest.mark.parametrize("case", fixture("gift-moodle/unit_export.json"), ids=lambda c: c["test"])
def test_what_moodle_writes_is_read(case: dict[str, Any]) -> None:
    check_kinds(gift(case["expectedgift"]), [{"type": case["qdata"]["qtype"]}])


def check_choices(read: ItemsRead, expected: list[dict[str, Any]]) -> None:
    assert len(read.items) == len(expected)
    for one, wanted in zip(read.items, expected, strict=True):
        assert as_plain(one.item.stem) == html.unescape(wanted["text"])
        ours = [(as_plain(part.text), part.fraction) for part in one.item.scored()]
        assert ours == [(part["answer"]["text"], part["fraction"]) for part in wanted["answers"]]


@pytest.mark.parametrize("case", AIKEN, ids=lambda case: case["id"])
def test_edge_cases_of_aiken(case: dict[str, Any]) -> None:
    read = aiken(case["aiken"])
    if case["recommended"] == "same":
        check_choices(read, case["moodle"]["questions"])
        assert read.errors == ()
    else:
        assert read.items == ()
        assert len(read.errors) == 1


def test_moodles_own_aiken_file() -> None:
    read = read_file(Format.AIKEN, (FIXTURES / "aiken/questions.aiken.txt").read_bytes(), DEFAULTS)
    check_choices(read, fixture("aiken/questions.aiken.expected.json")["questions"])
