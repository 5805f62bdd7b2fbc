"""Who chose what, and what answering at random earns."""

from itertools import groupby, permutations, product
from math import sqrt
from statistics import mean, pvariance
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.items import Item
from quizbank.statistics.answer_names import MOST_TYPED, OTHERS, Answer, name_answers
from quizbank.statistics.chosen import BESIDE, NOT_ANSWERED, choosable, chosen, described
from quizbank.statistics.guessing import guess_score
from quizbank.statistics.item_analysis import Centred
from quizbank.statistics.mark_columns import mark_columns
from quizbank.statistics.option_analysis import (
    FIFTHS,
    analyse_options,
    answers_by_fifth,
    choices_of,
    fifth_of,
)
from tests.factories import (
    case,
    cloze,
    description,
    essay,
    hotspot,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
    true_false,
)
from tests.unit.quizbank.strategies import items, responses

CHOSEN: tuple[tuple[Item, JsonValue, tuple[str, ...]], ...] = (
    (single_choice(), {"option": "b"}, ("b",)),
    (single_choice(), None, (NOT_ANSWERED,)),
    (multiple_response(), {"options": ["d", "a"]}, ("a", "d")),
    (true_false(), {"option": "true"}, ("true",)),
    (matching(), {"pairs": {"p1": "c4", "p3": "c3"}}, ("p1/c4", "p3/c3")),
    (ordering(), {"order": ["e2", None, "e1"]}, ("1/e2", "3/e1")),
    (numeric(), {"text": " 7.5  mm "}, ("7.5 mm",)),
    (short_answer(), {"text": "skin"}, ("skin",)),
    (hotspot(), {"points": [[50, 50]]}, ("a",)),
    (hotspot(), {"points": [[199, 299]]}, (BESIDE,)),
    (essay(), {"text": "The skin heals."}, ()),
)


@pytest.mark.parametrize(("item", "response", "names"), CHOSEN)
def test_an_answer_is_counted_under_what_it_chose(
    item: Item, response: JsonValue, names: tuple[str, ...]
) -> None:
    assert chosen(item, response) == names


@settings(deadline=None)
@given(items, responses)
def test_whatever_was_answered_has_names_that_can_be_told(item: Item, response: Any) -> None:
    known = {one.name for one in choosable(item)}
    assert len(known) == len(choosable(item))
    for name in chosen(item, response):
        assert name in known or described(item, name).text


def test_parts_of_a_question_are_named_with_it() -> None:
    gap = next(one for one in choosable(cloze()) if one.part == "Gap 1")
    assert gap.name.startswith("g1/")
    names = (
        chosen(cloze(), {"gaps": {}}),
        chosen(cloze(), {"gaps": {cloze().gaps[0].id: cloze().gaps[0].key()}}),
    )
    assert names[0] == (NOT_ANSWERED,)
    assert any(described(cloze(), name).text == "Not answered" for name in names[1])
    stage = next(one for one in choosable(case()))
    assert (stage.part, ":" in stage.name) == ("Stage 1", True)


def test_what_few_typed_is_counted_as_one() -> None:
    said = [Answer(0, {"text": f"word {n}"}, 100 - n) for n in range(MOST_TYPED + 3)]
    named = name_answers([short_answer()], [*said, Answer(0, {"text": "stratum corneum"}, 1_000)])
    texts = [one.text for one in named.options]
    assert texts[:2] == ["stratum corneum", "word 0"]
    assert named.options[0].right
    assert not named.options[1].right
    assert (texts[-1], len(texts)) == ("All other answers", MOST_TYPED + 1)
    assert named.by_answer[-2] == (MOST_TYPED,)
    assert named.options[MOST_TYPED].name == OTHERS


def test_each_part_stands_together_however_often_its_answers_were_typed() -> None:
    said: list[dict[str, JsonValue]] = [
        {"g1": "b", "g2": "cells", "g3": "9"},
        {"g2": "fibroblasts", "g3": "8"},
        {"g2": "threads", "g3": "7.5"},
    ]
    answers = [Answer(0, {"gaps": gaps}, 9 - at) for at, gaps in enumerate(said)]
    named = name_answers([cloze()], [*answers, Answer(0, None, 1)])
    parts = [part for part, _ in groupby(named.options, key=lambda one: one.part)]
    assert parts == ["Gap 1", "Gap 2", "Gap 3", ""]
    chosen_first = [named.options[at].text for at in named.by_answer[0]]
    assert chosen_first == ["epidermis", "cells", "9"]


def test_nobody_can_type_what_stands_for_others_or_for_no_answer() -> None:
    texts = ["…", "∅", *(f"word {n}" for n in range(MOST_TYPED))]
    answers = [Answer(0, {"text": text}, 100 - at) for at, text in enumerate(texts)]
    named = name_answers([short_answer()], answers)
    assert [one.text for one in named.options][:2] == ["…", "∅"]
    assert named.options[-1].name == OTHERS
    assert named.by_answer[:2] == ((0,), (1,))


def test_options_that_nobody_chose_are_listed_too() -> None:
    named = name_answers(
        [single_choice(), true_false("tt-09-009")],
        [Answer(0, {"option": "a"}, 3), Answer(1, None, 1), Answer(0, None, 2)],
    )
    assert [one.name for one in named.options] == [
        *("a", "b", "c", NOT_ANSWERED),
        *("true", "false", NOT_ANSWERED),
    ]
    assert named.item_of.tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert named.by_answer == ((0,), (6,), (3,))


@st.composite
def answered(draw: st.DrawFn) -> tuple[list[list[float]], list[list[int]]]:
    """Marks of three items, and which of three options each person chose at the first."""
    people = draw(st.integers(4, 30))
    mark = st.sampled_from((0.0, 1.0))
    rows = draw(st.lists(st.lists(mark, min_size=3, max_size=3), min_size=people, max_size=people))
    option = st.lists(st.integers(0, 2), max_size=3, unique=True)
    return rows, draw(st.lists(option, min_size=people, max_size=people))


@settings(deadline=None)
@given(answered())
def test_options_have_the_figures_of_a_slow_count(
    given: tuple[list[list[float]], list[list[int]]],
) -> None:
    rows, options = given
    people = len(rows)
    attempt, item = np.indices((people, 3))
    answer = np.full((people, 3), people)
    answer[:, 0] = np.arange(people)
    columns = mark_columns(
        attempt.ravel(), item.ravel(), np.array(rows).ravel(), answer=answer.ravel()
    )
    choices = choices_of(columns, [*options, []], np.zeros(3, dtype=np.intp))
    found = analyse_options(Centred(columns), choices)
    rest = [sum(row[1:]) for row in rows]
    for option in range(3):
        who = [option in one for one in options]
        assert found.chosen[option] == sum(who) == found.fifths[option].sum()
        assert found.share.value[option] == pytest.approx(sum(who) / people)
        expected = point_biserial(who, rest)
        if expected is None:
            assert np.isnan(found.point_biserial.value[option])
        else:
            assert found.point_biserial.value[option] == pytest.approx(expected, abs=1e-9)


def point_biserial(who: list[bool], rest: list[float]) -> float | None:
    share, spread = mean(who), pvariance(rest)
    if not 0 < share < 1 or spread < 1e-12:
        return None
    with_it = mean(one for one, chose in zip(rest, who, strict=True) if chose)
    without = mean(one for one, chose in zip(rest, who, strict=True) if not chose)
    return (with_it - without) * sqrt(share * (1 - share) / spread)


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=60))
def test_equal_marks_are_in_the_same_fifth_and_more_never_in_a_lower(totals: list[int]) -> None:
    rows = [[float(place < total) for place in range(5)] for total in totals]
    attempt, item = np.indices((len(rows), 5))
    columns = mark_columns(attempt.ravel(), item.ravel(), np.array(rows).ravel())
    fifths = dict(zip(totals, fifth_of(columns).tolist(), strict=True))
    in_order = [fifths[total] for total in sorted(fifths)]
    assert in_order == sorted(in_order)
    assert all(0 <= one < FIFTHS for one in in_order)
    assert fifth_of(columns).tolist() == [fifths[total] for total in totals]
    assert answers_by_fifth(columns).sum() == 5 * len(rows)


def test_fifths_are_even_where_marks_differ() -> None:
    rows = [[float(place < total) for place in range(10)] for total in range(10)]
    attempt, item = np.indices((10, 10))
    columns = mark_columns(attempt.ravel(), item.ravel(), np.array(rows).ravel())
    assert np.bincount(fifth_of(columns)).tolist() == [2, 2, 2, 2, 2]


def test_guessing_earns_what_all_answers_together_earn() -> None:
    everything: tuple[tuple[Item, list[JsonValue]], ...] = (
        (single_choice(), [{"option": one} for one in "abc"]),
        (true_false(), [{"option": one} for one in ("true", "false")]),
        (multiple_response(), _sets("abcde")),
        (multiple_response(rule="coverage"), _sets("abcde")),
        (matching(), _pairings(("p1", "p2", "p3"), ("c1", "c2", "c3", "c4"))),
        (
            matching(rule="all_or_nothing"),
            _pairings(("p1", "p2", "p3"), ("c1", "c2", "c3", "c4")),
        ),
        (ordering(), [{"order": [*one]} for one in permutations(("e1", "e2", "e3", "e4"))]),
        (hotspot(), [{"regions": [one.name]} for one in choosable(hotspot())[:-1]]),
    )
    for item, answers in everything:
        expected = mean(item.mark(one).fraction for one in answers)
        assert guess_score(item) == pytest.approx(expected), item.kind


def _sets(ids: str) -> list[JsonValue]:
    flags = product((False, True), repeat=len(ids))
    return [
        {"options": [x for x, on in zip(ids, one, strict=True) if on]} for one in flags if any(one)
    ]


def _pairings(premises: tuple[str, ...], choices: tuple[str, ...]) -> list[JsonValue]:
    return [
        {"pairs": dict(zip(premises, one, strict=True))}
        for one in product(choices, repeat=len(premises))
    ]


def test_what_is_typed_cannot_be_guessed_and_what_is_read_is_no_guess() -> None:
    assert [guess_score(one) for one in (numeric(), short_answer(), essay())] == [0, 0, 0]
    assert guess_score(description()) is None


@settings(deadline=None)
@given(items)
def test_guessing_earns_a_share(item: Item) -> None:
    score = guess_score(item)
    assert score is None or 0 <= score <= 1
