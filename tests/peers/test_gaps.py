"""Moodle's texts with gaps and its missing words, as its own readers read them."""

from datetime import date
from typing import Any

import pytest

from quizbank.exchange.defaults import NO_REASON, Defaults
from quizbank.exchange.formats import Format, format_of, read_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.texts import as_plain
from tests.peers.conftest import FIXTURES, fixture

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S01",))


def read(path: str, expected: Format) -> ItemsRead:
    content = (FIXTURES / path).read_bytes()
    assert format_of(path, content) is expected
    return read_file(expected, content, DEFAULTS)


def test_five_gaps_of_one_text() -> None:
    found = read("cloze/questions.multianswer.txt", Format.CLOZE)
    assert found.errors == ()
    item: Any = found.items[0].item
    assert [gap.kind for gap in item.gaps] == ["choice"] * 4 + ["text"]
    assert sum(gap.weight for gap in item.gaps) == 5
    right = {"g1": "a", "g2": "b", "g3": "a", "g4": "b", "g5": "paris"}
    assert item.mark({"gaps": right}).fraction == 1
    assert item.mark({"gaps": {"g5": "Marseille"}}).fraction == pytest.approx(0.1)
    told = item.explain({"gaps": {"g5": "Lyon"}})[-1]
    assert told.reason == "Wrong answer. The capital of France is Paris, of course."


@pytest.mark.parametrize("number", [1, 2])
def test_broken_texts_are_refused_with_an_error(number: int) -> None:
    found = read(f"cloze/broken_multianswer_{number}.txt", Format.CLOZE)
    assert found.items == ()
    (error,) = found.errors
    assert error.line == 1


@pytest.mark.parametrize("number", [1, 3])
def test_a_missing_word_is_a_choice_with_a_blank(number: int) -> None:
    content = (FIXTURES / f"missingword/question.missingword{number}.txt").read_bytes()
    found = read_file(Format.MISSING_WORD, content, DEFAULTS)
    (wanted,) = fixture(f"missingword/question.missingword{number}.expected.json")["questions"]
    assert found.errors == ()
    (lined,) = found.items
    assert lined.item.kind == "single_choice"
    assert (wanted["type"], wanted["single"], wanted["name"]) == ("multichoice", True, None)
    assert lined.name == ""
    assert " ".join(as_plain(lined.item.stem).split()) == wanted["text"]
    said = [
        (" ".join(as_plain(one.text).split()), one.fraction, one.reason)
        for one in lined.item.scored()
    ]
    assert said == [
        (one["answer"]["text"], one["fraction"], one["feedback"]["text"].strip() or NO_REASON)
        for one in wanted["answers"]
    ]
