"""What a key correction does to marks and to the cut, and what it may not touch."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.decisions import MarkedItem, cut_without, decide
from quizbank.items import Item, item_to_data, read_item
from quizbank.kinds.shown import State
from quizbank.remedies import Asked, Remedy, RemedyKind, marked, problems_of_correction
from tests.factories import (
    case,
    cloze,
    description,
    essay,
    exam_rules,
    hotspot,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
    true_false,
)


def asked(item: Item, response: Any, scored: bool = True) -> Asked:
    return Asked(3, item, scored, response, {})


def other_key() -> Item:
    """Single choice whose key is b, and which still says that the stratum corneum is unsafe."""
    data = item_to_data(single_choice())
    options: Any = data["options"]
    for option in options:
        option["correct"] = option["id"] == "b"
    return read_item(data)


def test_a_better_key_marks_the_same_answers_anew() -> None:
    remedy = Remedy("c", RemedyKind.KEY, other_key())
    told = [marked(asked(single_choice(), {"option": one}), remedy) for one in "ab"]
    assert [(one.fraction, one.state) for one in told] == [(0, State.WRONG), (1, State.RIGHT)]


@pytest.mark.parametrize("response", [None, {"option": "c"}, {"option": "a"}])
def test_everybody_gets_full_marks_and_nobody_an_unsafe_one(response: Any) -> None:
    told = marked(asked(single_choice(), response), Remedy("c", RemedyKind.EVERYBODY))
    assert (told.fraction, told.state, told.unsafe, told.scored) == (1, State.RIGHT, False, True)


def test_what_nobody_is_marked_on_is_dropped_and_a_pilot_is_not() -> None:
    remedy = Remedy("c", RemedyKind.NOBODY)
    counted = marked(asked(single_choice(), {"option": "a"}), remedy)
    pilot = marked(asked(single_choice(), {"option": "a"}, scored=False), remedy)
    assert (counted.scored, counted.dropped) == (False, True)
    assert (pilot.scored, pilot.dropped) == (False, False)


def test_without_a_remedy_the_mark_is_the_items_own() -> None:
    told = marked(asked(numeric(), {"text": "7.5"}), None)
    assert (told.fraction, told.topic, told.dropped) == (1, "Test", False)


@given(st.data())
def test_the_first_dropped_question_lets_nobody_fail_who_had_passed(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 60))
    cut = data.draw(st.integers(1, size))
    earned = data.draw(st.lists(st.sampled_from((0, 0.5, 1.0)), min_size=size, max_size=size))
    left_out = data.draw(st.integers(0, size - 1))
    rules = exam_rules(cells=[{"objective": "TT-01", "count": size}], cut=cut)

    def decision(dropped: int | None) -> Any:
        return decide(
            rules,
            [
                MarkedItem(
                    at, "TT-01", "T", False, share, State.WRONG, False, at != dropped, at == dropped
                )
                for at, share in enumerate(earned)
            ],
        )

    before, after = decision(None), decision(left_out)
    assert (after.dropped, after.items) == (1, size - 1)
    assert after.cut == cut - 1
    assert after.passed or not before.passed


@given(st.integers(1, 60), st.integers(0, 20), st.integers(0, 80))
def test_the_cut_keeps_its_share_rounded_down(kept: int, dropped: int, cut: int) -> None:
    assert cut_without(cut, kept, dropped) == math.floor(cut * kept / (kept + dropped) + 1e-9)


def changed(item: Item, **fields: Any) -> Item:
    return read_item({**item_to_data(item), **fields})


def parts(item: Item, name: str, **changes: Any) -> Item:
    """The item with the first of its parts changed."""
    data: Any = item_to_data(item)
    data[name][0] = {**data[name][0], **changes}
    return read_item(data)


ELEMENTS: Any = item_to_data(ordering())["elements"]
BETTER = {
    "another option": other_key(),
    "a weight": read_item(
        {
            **item_to_data(single_choice()),
            "options": [
                {"id": "a", "text": "The dermis", "correct": True, "reason": "It does."},
                {"id": "b", "text": "The epidermis", "weight": 0.5, "reason": "It holds some."},
                {"id": "c", "text": "The stratum corneum", "reason": "Dead cells."},
            ],
        }
    ),
    "another rule": changed(multiple_response(), rule="all_or_nothing"),
    "the other answer": changed(true_false(), answer=True),
    "a wider tolerance": changed(numeric(), tolerance="1"),
    "one more answer": parts(short_answer(), "answers", text="*corneum"),
    "another pair": parts(matching(), "premises", choice="c4"),
    "another order": changed(
        ordering(),
        elements=ELEMENTS[::-1],
    ),
    "another region": parts(hotspot(), "regions", correct=True),
    "a gap's number": parts(cloze(), "gaps", weight=3),
}
OLD = {
    "single_choice": single_choice,
    "multiple_response": multiple_response,
    "true_false": true_false,
    "numeric": numeric,
    "short_answer": short_answer,
    "matching": matching,
    "ordering": ordering,
    "hotspot": hotspot,
    "cloze": cloze,
}


@pytest.mark.parametrize("better", BETTER.values(), ids=BETTER)
def test_keys_weights_and_accepted_answers_may_change(better: Item) -> None:
    assert problems_of_correction(OLD[better.kind](), better) == []


def test_the_key_of_a_stage_may_change_and_its_question_may_not() -> None:
    data: Any = item_to_data(case())
    for option in data["stages"][0]["item"]["options"]:
        option["correct"], option["unsafe"] = option["id"] == "proceed", False
    assert problems_of_correction(case(), read_item(data)) == []
    data["stages"][1]["item"]["stem"] = "What else?"
    assert "read differently" in problems_of_correction(case(), read_item(data))[0]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (single_choice(), single_choice(stem="Which layer?"), "read differently"),
        (single_choice(), parts(single_choice(), "options", text="Dermis"), "read differently"),
        (numeric(), numeric(unit="cm"), "read differently"),
        (case(), case(facts=[]), "read differently"),
        (hotspot(), hotspot(choose=2), "read differently"),
        (single_choice(), single_choice(critical=True), "cannot change critical"),
        (single_choice(), true_false("tt-01-001"), "cannot change kind"),
        (single_choice(), single_choice(), "Nothing is different"),
        (essay(), essay(markers=1), "has no key"),
        (description(), description(stem="Look."), "has no key"),
    ],
)
def test_what_was_seen_and_what_it_counts_for_stays(old: Item, new: Item, sentence: str) -> None:
    (said,) = problems_of_correction(old, new)
    assert sentence in said
