"""Missing words: a blank wherever the gap stood, shares with one percent sign, and the way back."""

import time
from datetime import date

import pytest
from hypothesis import given, settings

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, losses, read_file, write_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.items import Item
from tests.factories import cloze, single_choice, true_false
from tests.unit.quizbank.strategies import items

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S01",))


def read(text: str) -> ItemsRead:
    return read_file(Format.MISSING_WORD, text.encode(), DEFAULTS)


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("It is {=a ~b}.", "It is _____."),
        ("It is {=a ~b}", "It is _____"),
        ("It is {=a ~b}\n\nThat is {=c ~d}", "It is _____"),
        ("{=A ~B} it is", "_____ it is"),
    ],
)
def test_a_blank_stands_wherever_the_gap_stood(text: str, stem: str) -> None:
    found = read(text)
    assert found.errors == ()
    assert found.items[0].item.stem.replace("\\", "") == stem


def test_shares_and_lone_words_are_known() -> None:
    choice, lone = (one.item for one in read("A {=a ~50%b ~%25%c ~d} e\n\nF {T} g").items)
    assert [one.fraction for one in choice.scored()] == [1, 0.5, 0.25, 0]
    assert lone.kind == "short_answer"
    assert lone.mark({"text": "T"}).fraction == 1


@pytest.mark.parametrize("text", ["No gap", "A {} b", "A {~b ~c}", "A {=b ~c", "A {=a->b =c->d}"])
def test_what_is_no_missing_word_is_an_error(text: str) -> None:
    found = read(f"One {{=a ~b}} is sound\n\n{text}")
    assert len(found.items) == 1
    (error,) = found.errors
    assert error.line == 3


BLANK = {"stem": "Collagen lies in the \\_\\_\\_\\_\\_ alone"}


@given(items.filter(lambda item: item.kind == "single_choice"))
@settings(max_examples=100, deadline=None)
def test_what_comes_back_is_the_same(item: Item) -> None:
    item = item.model_copy(update={**BLANK, "critical": False})
    named = losses(Format.MISSING_WORD, [item])
    (back,) = read(write_file(Format.MISSING_WORD, [item]).decode()).items
    assert back.item.mark(back.item.key()).fraction == 1
    if not named:
        assert back.item.stem == item.stem
        assert back.item.scored() == item.scored()


def test_what_has_no_blank_is_named_as_left_out() -> None:
    said = losses(Format.MISSING_WORD, [single_choice(), true_false(), single_choice(**BLANK)])
    assert ["is left out" in one for one in said[:2]] == [True, True]
    assert not any("is left out" in one for one in said[2:])


def test_a_file_of_one_text_with_gaps_names_the_others() -> None:
    chosen = [true_false(), cloze("tt-01-001"), cloze("tt-01-002")]
    said = losses(Format.CLOZE, chosen)
    assert said[0] == "tt-01-003 is left out: it is no text with gaps."
    assert said[-1] == "tt-01-002 is left out: a file of this format holds one item."
    assert not any("tt-01-001 is left out" in one for one in said)


@pytest.mark.parametrize("piece", ["{", "}", "{=", "{}\n", "~5%", "{=a} ", "\\{"])
def test_hostile_gaps_are_read_at_once(piece: str) -> None:
    begin = time.process_time()
    read(piece * 50_000)
    assert time.process_time() - begin < 5
