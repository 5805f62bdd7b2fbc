"""Short answers, matching and ordering, and shares of a mark, by hand."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.items import Item, Misfit, item_to_data
from quizbank.kinds.matching import PairRule
from quizbank.kinds.order_grading import Grading, share_in_order
from quizbank.kinds.shown import State
from quizbank.kinds.typed_answers import fits
from tests.factories import (
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
)
from tests.unit.quizbank.strategies import matchings


@pytest.mark.parametrize(
    ("typed", "pattern", "expected"),
    [
        ("5 mg", "50 mg", False),
        ("50 mg", "5 mg", False),
        ("5mg", "5 mg", False),
        ("  5   mg ", "5 mg", True),
        ("5\u00a0mg", "5 mg", True),
        ("STRASSE", "straße", True),
        ("e\u0301pi", "\u00e9pi", True),
        ("epi", "\u00e9pi", False),
        ("aXbXc", "a*b*c", True),
        ("abc", "a*b*c", True),
        ("acb", "a*b*c", False),
        ("aba", "ab*ba", False),
        ("2*3", r"2\*3", True),
        ("2x3", r"2\*3", False),
        ("x", "*", True),
        (".*", "a*", False),
    ],
)
def test_a_pattern_is_met_whole_and_never_roughly(typed: str, pattern: str, expected: bool) -> None:
    assert fits(typed, pattern, case_sensitive=False) is expected


def test_a_pattern_of_many_stars_is_no_trap() -> None:
    assert not fits("a" * 20_000, "*a" * 200 + "*b", case_sensitive=True)


@pytest.mark.parametrize(
    ("typed", "fraction", "state", "unsafe"),
    [
        ("Stratum corneum", 1, State.RIGHT, False),
        ("the epidermis", 0.5, State.PARTLY, False),
        ("Dermis", 0, State.WRONG, True),
        ("fat", 0, State.WRONG, False),
        ("  ", 0, State.OMITTED, False),
    ],
)
def test_the_best_answer_that_fits_counts(
    typed: str, fraction: float, state: State, unsafe: bool
) -> None:
    mark = short_answer().mark({"text": typed})
    assert (mark.fraction, mark.state, mark.unsafe) == (fraction, state, unsafe)


def test_capital_letters_matter_where_the_item_says_so() -> None:
    item = short_answer(case_sensitive=True)
    assert item.mark({"text": "Stratum corneum"}).state is State.WRONG
    assert item.mark({"text": "stratum corneum"}).state is State.RIGHT


def test_a_wrong_answer_is_told_its_own_reason_and_no_other_wrong_ones() -> None:
    told = short_answer().explain({"text": "<b>dermis"})
    assert [one.text for one in told] == ["stratum corneum", "*epidermis", "<b>dermis"]
    assert told[-1].reason == "Look at the section again."
    assert all(one.verbatim for one in told)


@pytest.mark.parametrize(
    ("pairs", "fraction", "state"),
    [
        ({"p1": "c1", "p2": "c2", "p3": "c3"}, 1, State.RIGHT),
        ({"p1": "c1", "p2": "c4"}, 1 / 3, State.PARTLY),
        ({"p1": "c2", "p2": "c1"}, 0, State.WRONG),
        ({"p1": "c1", "p2": "c1", "p3": "c1"}, 1 / 3, State.PARTLY),
        ({"p9": "c1", "p1": "c9", "p2": ["c2"], "p3": None}, 0, State.OMITTED),
        ([], 0, State.OMITTED),
    ],
)
def test_matching_marks_the_share_of_right_pairs(
    pairs: JsonValue, fraction: float, state: State
) -> None:
    mark = matching().mark({"pairs": pairs})
    assert (mark.fraction, mark.state) == (pytest.approx(fraction), state)


@pytest.mark.parametrize(
    ("pairs", "fraction", "state"),
    [
        ({"p1": "c1", "p2": "c2", "p3": "c3"}, 1, State.RIGHT),
        ({"p1": "c1", "p2": "c2", "p3": "c4"}, 0, State.WRONG),
        ({"p1": "c1", "p2": "c2"}, 0, State.WRONG),
        ({"p1": "c9"}, 0, State.OMITTED),
    ],
)
def test_matching_may_earn_everything_or_nothing(
    pairs: JsonValue, fraction: float, state: State
) -> None:
    mark = matching(rule="all_or_nothing").mark({"pairs": pairs})
    assert (mark.fraction, mark.state) == (fraction, state)


@given(matchings, st.lists(st.integers(-1, 4)))
def test_all_or_nothing_is_right_exactly_where_every_share_is_earned(
    item: Any, said: list[int]
) -> None:
    ids = item.option_ids()
    known = zip(item.premises, said, strict=False)
    pairs = {one.id: ids[place] for one, place in known if 0 <= place < len(ids)}
    for chosen in (pairs, item.key()["pairs"] | pairs):
        share, whole = (
            item.model_copy(update={"rule": rule}).mark({"pairs": chosen}) for rule in PairRule
        )
        assert whole.fraction == (share.fraction == 1)
        assert (whole.state is State.OMITTED) == (share.state is State.OMITTED) == (not chosen)
        assert whole.feedback == share.feedback


def test_a_rule_left_open_is_the_share_and_is_not_written() -> None:
    assert "rule" not in item_to_data(matching())
    assert item_to_data(matching(rule="all_or_nothing"))["rule"] == "all_or_nothing"


def test_a_wrong_pair_stands_beside_the_right_one() -> None:
    told = matching().explain({"pairs": {"p1": "c1", "p2": "c4"}})
    assert [(one.text, one.correct, one.chosen) for one in told] == [
        ("Top → Epidermis", True, True),
        ("Middle → Dermis", True, False),
        ("Middle → Muscle", False, True),
        ("Bottom → Hypodermis", True, False),
    ]


ORDER = ["e1", "e2", "e3", "e4"]


@pytest.mark.parametrize(
    ("order", "fraction", "state"),
    [
        (["e1", "e2", "e3", "e4"], 1, State.RIGHT),
        (["e2", "e1", "e3", "e4"], 0.5, State.PARTLY),
        (["e1"], 0.25, State.PARTLY),
        ([None, "e2", None, None], 0.25, State.PARTLY),
        (["e1", "e1", "e1", "e1"], 0.25, State.PARTLY),
        (["e4", "e3", "e2", "e1"], 0, State.WRONG),
        (["x", None, 7, {}], 0, State.OMITTED),
        ("e1", 0, State.OMITTED),
        ([*ORDER, "e1", "e2"], 1, State.RIGHT),
    ],
)
def test_ordering_marks_by_place(order: JsonValue, fraction: float, state: State) -> None:
    mark = ordering().mark({"order": order})
    assert (mark.fraction, mark.state) == (fraction, state)


@given(st.permutations(ORDER), st.sampled_from(Grading), st.data())
@settings(max_examples=200, deadline=None)
def test_every_grading_gives_all_for_the_right_order_only(
    placed: list[str], grading: Grading, data: Any
) -> None:
    gaps = data.draw(st.lists(st.booleans(), min_size=4, max_size=4))
    given_order = [None if gap else one for one, gap in zip(placed, gaps, strict=True)]
    for order in (placed, given_order):
        share = share_in_order(ORDER, order, grading)
        assert 0 <= share <= 1
        assert (share == 1) == (order == ORDER)


def test_an_order_that_nobody_mixed_does_not_give_itself_away() -> None:
    for number in range(60):
        item = ordering(f"tt-01-{number:03d}")
        shown = [one.id for one in item.prompt().choices]
        assert shown != ORDER
        assert sorted(shown) == ORDER


def test_an_own_order_is_told_after_the_right_one() -> None:
    *right, own = ordering().explain({"order": ["e2", "e1", "e3", None]})
    assert [one.chosen for one in right] == [False, False, True, False]
    assert own.text == "Consent, Screen, Cleanse, (empty)"


def test_a_wrong_option_may_earn_a_part() -> None:
    options = single_choice().model_dump(mode="json")["options"]
    options[1]["weight"] = 0.5
    item = single_choice(options=options)
    mark = item.mark({"option": "b"})
    assert (mark.fraction, mark.state) == (0.5, State.PARTLY)


@pytest.mark.parametrize(
    ("rule", "chosen", "fraction"),
    [
        ("each_answer", ["a", "b", "c"], 1),
        ("each_answer", ["a", "d"], 0.4),
        ("each_answer", ["d", "e"], 0),
        ("coverage", ["a", "b", "c"], 1),
        ("coverage", ["a"], 1 / 3),
        ("coverage", ["a", "b", "c", "d", "e"], 0.6),
    ],
)
def test_multiple_response_has_two_more_rules(
    rule: str, chosen: list[JsonValue], fraction: float
) -> None:
    mark = multiple_response(rule=rule).mark({"options": chosen})
    assert mark.fraction == pytest.approx(fraction)


def weighted(*weights: float | None) -> Item:
    options = multiple_response().model_dump(mode="json")["options"]
    for option, weight in zip(options, weights, strict=True):
        option["weight"] = weight
    return multiple_response(options=options, rule="weights")


def test_weights_add_up_within_the_mark() -> None:
    item = weighted(0.3333333, 0.3333333, 0.3333333, -0.5, None)
    assert item.mark({"options": ["a", "b", "c"]}).fraction == 1
    assert item.mark({"options": ["a", "d"]}).fraction == 0
    assert item.mark({"options": ["a", "b", "d"]}).fraction == pytest.approx(1 / 6, abs=1e-6)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: weighted(0.5, 0.5, None, None, None), "every right option needs a weight"),
        (lambda: weighted(0.5, 0.5, 0.5, None, None), "must add up to 1, not 1.5"),
        (lambda: weighted(0.4, 0.3, 0.3, 0.1, None), "wrong option cannot have a weight"),
        (lambda: weighted(0.4, 0.3, 0.3, 0, 0.1), "unsafe option cannot earn marks"),
        (lambda: multiple_response(options=weighted(0.4, 0.3, 0.3, 0, 0).model_dump()["options"]),
         "the rule must be weights"),
        (lambda: short_answer(answers=[{"id": "a", "text": "*", "reason": "All."}]),
         "* alone would take every answer"),
        (lambda: short_answer(answers=[{"id": "a", "text": "x", "fraction": 0.5, "reason": "."}]),
         "at least one answer must earn the whole mark"),
        (lambda: matching(choices=[{"id": "c1", "text": "A"}, {"id": "c2", "text": "B"}]),
         "names the choice c3, which is not there"),
        (lambda: ordering(elements=[{"id": one, "text": "Same", "reason": "."} for one in "ab"]),
         "two elements have the same text"),
        (lambda: numeric(answer="0", tolerance="0.1", tolerance_type="relative"),
         "a share of 0 is 0"),
        (lambda: numeric(others=[{"id": "a", "answer": "1", "reason": "."}] * 2),
         "two other numbers have the same id"),
    ],
)  # fmt: skip
def test_what_cannot_be_marked_fairly_is_refused(make: Any, sentence: str) -> None:
    with pytest.raises(Misfit) as refused:
        make()
    assert sentence.casefold() in str(refused.value).casefold()


def test_other_numbers_earn_their_part_and_have_their_reason() -> None:
    others = [
        {"id": "a", "answer": "75", "fraction": 0, "reason": "Ten times.", "unsafe": True},
        {"id": "b", "answer": "9", "tolerance": "1", "fraction": 0.5, "reason": "Close."},
        {"id": "c", "answer": "7.5", "tolerance": "5", "fraction": 0.25, "reason": "Near."},
    ]
    item = numeric(others=others)
    marks = {typed: item.mark({"text": typed}) for typed in ("7.5", "75", "8.5", "12", "13")}
    assert [one.fraction for one in marks.values()] == [1, 0, 0.5, 0.25, 0]
    assert [one.unsafe for one in marks.values()] == [False, True, False, False, False]
    assert item.explain({"text": "8,5"})[-1].reason == "Close."
    assert item.explain({"text": "13"})[-1].reason == "Count."
