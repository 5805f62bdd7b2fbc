"""The whole decision rule: what each part fails, what laws it keeps to, what it says in words."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from quizbank.decisions import (
    CriticalMiss,
    Decision,
    Failure,
    MarkedItem,
    Reason,
    UnsafeAnswer,
    decide,
    explained,
)
from quizbank.exams import ExamRules
from quizbank.kinds.shown import State
from quizbank.rule_words import failure_in_words, number, percent, rule_applied, rule_in_words
from tests.factories import exam_rules

TITLES = {"TT-01": "Skin", "TT-02": "Consent"}
STORED = TypeAdapter(Decision)


def item(position: int, fraction: float = 1, **changes: Any) -> MarkedItem:
    state = State.RIGHT if fraction == 1 else State.WRONG
    plain = MarkedItem(position, "TT-01", f"Topic {position}", False, fraction, state, False)
    return replace(plain, **changes)


def forty(right: int, **of_the_last: Any) -> list[MarkedItem]:
    """So many right, from the first on, of forty; the last one as said."""
    marked = [item(place, float(place <= right)) for place in range(1, 41)]
    return [*marked[:-1], replace(marked[-1], **of_the_last)]


def rules(**changes: Any) -> ExamRules:
    cells = [{"objective": "TT-01", "count": 30}, {"objective": "TT-02", "count": 10}]
    return exam_rules(**{"cells": cells, "cut": 32, "critical_must_pass": True} | changes)


def reasons(decision: Decision) -> list[Reason]:
    return [one.reason for one in decision.failures]


def test_39_of_40_with_one_critical_miss_fails_and_says_so() -> None:
    decision = decide(rules(), forty(39, critical=True))
    assert not decision.passed
    assert decision.marks == 39
    assert decision.reached_cut
    assert decision.critical_misses == (CriticalMiss("TT-01", "Topic 40", False),)
    assert [failure_in_words(one, TITLES) for one in decision.failures] == [
        "1 critical question missed: in a treatment room that could hurt somebody."
    ]


def test_32_of_40_at_cut_32_without_a_critical_miss_passes() -> None:
    decision = decide(rules(), forty(32))
    assert decision.passed
    assert decision.failures == ()


def test_31_of_40_at_cut_32_fails_by_the_cut_alone() -> None:
    decision = decide(rules(), forty(31))
    assert decision.failures == (Failure(Reason.CUT, 31, 32),)


def test_an_unsafe_answer_fails_only_where_the_rule_says_so() -> None:
    answered = forty(39, unsafe=True)
    assert decide(rules(), answered).passed
    decision = decide(rules(unsafe_fails=True), answered)
    assert decision.failures == (Failure(Reason.UNSAFE, 1, 0),)
    assert decision.unsafe_answers == (UnsafeAnswer("TT-01", "Topic 40"),)


def test_an_objective_below_its_minimum_fails_whatever_the_total() -> None:
    weak = [replace(one, objective="TT-02") if one.position > 30 else one for one in forty(35)]
    minimums = [{"objective": "TT-01", "share": 0.9}, {"objective": "TT-02", "share": 0.6}]
    decision = decide(rules(objective_minimums=minimums), weak)
    assert decision.failures == (Failure(Reason.OBJECTIVE, 0.5, 0.6, "TT-02"),)


@pytest.mark.parametrize(("right", "passed"), [(3, True), (2.999, False)])
def test_exactly_the_minimum_is_enough_and_a_hair_below_is_not(right: float, passed: bool) -> None:
    # 0.6 * 5 is not 3 in binary.
    marked = [item(1), item(2), item(3, right - 2), item(4, 0), item(5, 0)]
    five = exam_rules(
        cells=[{"objective": "TT-01", "count": 5}],
        cut=0,
        objective_minimums=[{"objective": "TT-01", "share": 0.6}],
    )
    assert decide(five, marked).passed is passed


def test_an_objective_without_an_item_that_counts_fails_nobody() -> None:
    minimum = [{"objective": "TT-02", "share": 1}]
    assert decide(rules(objective_minimums=minimum), forty(40)).passed


def test_more_left_open_than_allowed_fails_and_exactly_as_many_do_not() -> None:
    answered = [
        replace(one, state=State.OMITTED) if one.position > 37 else one for one in forty(37)
    ]
    assert decide(rules(most_omitted=3), answered).passed
    assert decide(rules(most_omitted=2), answered).failures == (Failure(Reason.OMITTED, 3, 2),)


def test_what_is_on_trial_fails_nobody() -> None:
    trial = item(41, 0, critical=True, unsafe=True, state=State.OMITTED, scored=False)
    decision = decide(rules(unsafe_fails=True, most_omitted=0), [*forty(40), trial])
    assert decision.passed
    assert decision.unsafe_answers == ()


def test_every_reason_is_kept_and_not_only_the_first() -> None:
    everything = rules(
        unsafe_fails=True,
        most_omitted=0,
        objective_minimums=[{"objective": "TT-01", "share": 0.5}],
    )
    last = forty(3, critical=True, unsafe=True, state=State.OMITTED)
    assert reasons(decide(everything, last)) == [
        Reason.CUT,
        Reason.OBJECTIVE,
        Reason.CRITICAL,
        Reason.UNSAFE,
        Reason.OMITTED,
    ]


def test_a_decision_stored_before_there_were_reasons_reads_with_them() -> None:
    decided = decide(rules(), forty(39, critical=True))
    stored = asdict(decided)
    del stored["failures"], stored["unsafe_answers"]
    read = STORED.validate_python(stored)
    assert read.failures == ()
    assert explained(rules(), read).failures == decided.failures


def test_a_decision_is_the_same_after_it_was_stored() -> None:
    decided = decide(rules(unsafe_fails=True), forty(39, critical=True, unsafe=True))
    assert STORED.validate_json(STORED.dump_json(decided)) == decided
    assert explained(rules(), decided) is decided


# The laws, over any rule and any answers.

PARTS: list[dict[str, Any]] = [
    {"cut": 2},
    {"critical_must_pass": True},
    {"unsafe_fails": True},
    {"most_omitted": 1},
    {"objective_minimums": [{"objective": "TT-01", "share": 0.5}]},
    {"objective_minimums": [{"objective": "TT-02", "share": 0.75}]},
]
BLANK: dict[str, Any] = {
    "cells": [{"objective": "TT-01", "count": 3}, {"objective": "TT-02", "count": 3}],
    "cut": 0,
    "critical_must_pass": False,
}


@st.composite
def answers(draw: st.DrawFn) -> list[MarkedItem]:
    def one(position: int) -> MarkedItem:
        fraction = draw(st.sampled_from([0.0, 1 / 3, 0.5, 2 / 3, 1.0]))
        omitted = fraction == 0 and draw(st.booleans())
        return item(
            position,
            fraction,
            objective=draw(st.sampled_from(["TT-01", "TT-02"])),
            critical=draw(st.booleans()),
            unsafe=fraction < 1 and not omitted and draw(st.booleans()),
            scored=draw(st.integers(0, 4)) > 0,
            **({"state": State.OMITTED} if omitted else {}),
        )

    return [one(position) for position in range(1, draw(st.integers(0, 6)) + 1)]


@st.composite
def any_rules(draw: st.DrawFn) -> ExamRules:
    chosen = draw(st.lists(st.sampled_from(PARTS), max_size=5))
    return exam_rules(**{name: value for part in [BLANK, *chosen] for name, value in part.items()})


@given(any_rules(), answers())
@settings(max_examples=200, deadline=None)
def test_more_marks_never_turn_a_pass_into_a_fail(
    asked: ExamRules, marked: list[MarkedItem]
) -> None:
    before = decide(asked, marked)
    for place, one in enumerate(marked):
        better = replace(one, fraction=1.0, state=State.RIGHT, unsafe=False)
        after = decide(asked, [*marked[:place], better, *marked[place + 1 :]])
        assert after.marks >= before.marks
        assert after.passed or not before.passed
        assert len(after.failures) <= len(before.failures)


@given(any_rules(), answers(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_items_changes_nothing(
    asked: ExamRules, marked: list[MarkedItem], random: Any
) -> None:
    mixed = random.sample(marked, len(marked))
    assert decide(asked, mixed) == decide(asked, marked)


@given(any_rules(), answers())
@settings(max_examples=100, deadline=None)
def test_it_passes_exactly_where_nothing_failed(asked: ExamRules, marked: list[MarkedItem]) -> None:
    decision = decide(asked, marked)
    assert decision.passed is (decision.failures == ())


@pytest.mark.parametrize(
    ("part", "failing"),
    [
        ({"cut": 5}, [item(1), item(2), item(3), item(4)]),
        (PARTS[1], [item(1), item(2, 0, critical=True)]),
        (PARTS[2], [item(1), item(2, 0, unsafe=True)]),
        (PARTS[3], [item(1), *(item(place, 0, state=State.OMITTED) for place in (2, 3))]),
        (PARTS[4], [item(1, 0.4), item(2, objective="TT-02")]),
    ],
    ids=["cut", "critical", "unsafe", "omitted", "objective"],
)
def test_each_part_of_the_rule_can_fail_an_attempt_by_itself(
    part: dict[str, Any], failing: Sequence[MarkedItem]
) -> None:
    assert decide(exam_rules(**BLANK), failing).passed
    assert len(decide(exam_rules(**BLANK | part), failing).failures) == 1


# In words.


def test_the_shortest_rule_is_one_sentence() -> None:
    said = rule_in_words(rules(critical_must_pass=False), TITLES)
    assert said == "To pass, you need 32 of 40 marks."


def test_every_part_of_the_rule_is_said() -> None:
    minimums = [{"objective": "TT-01", "share": 0.6}, {"objective": "TT-02", "share": 0.755}]
    whole = rules(unsafe_fails=True, most_omitted=2, objective_minimums=minimums)
    assert rule_in_words(whole, TITLES) == (
        "To pass, you need 32 of 40 marks, at least 75.5% of the marks in “Consent”, "
        "at least 60% of the marks in “Skin”, every critical question fully right, "
        "no unsafe answer to any question and at most 2 questions left open. "
        "Missing any one of these fails the exam, whatever the score."
    )


def test_what_a_correction_took_out_is_said_with_the_rule() -> None:
    plain = rules(critical_must_pass=False)
    assert rule_applied(plain, 40, 32, TITLES) == rule_in_words(plain, TITLES)
    assert rule_applied(plain, 39, 31, TITLES) == (
        "To pass, you need 32 of 40 marks. "
        "1 question was taken out afterwards, so that 31 of 39 marks were needed."
    )
    assert "2 questions were taken out" in rule_applied(plain, 38, 30, TITLES)


def test_one_minimum_for_all_objectives_is_said_once() -> None:
    minimums = [{"objective": one, "share": 0.5} for one in ("TT-01", "TT-02")]
    said = rule_in_words(rules(objective_minimums=minimums, most_omitted=0), TITLES)
    assert "at least 50% of the marks in each objective" in said
    assert "no question left open" in said


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (Failure(Reason.CUT, 31.5, 32), "Marks: 31.5 reached, 32 needed."),
        (Failure(Reason.CUT, None, 32), "Marks: too few, 32 needed."),
        (
            Failure(Reason.OBJECTIVE, 0.5999, 0.6, "TT-01"),
            "Skin: 59.9% of its marks reached, at least 60% needed.",
        ),
        (
            Failure(Reason.OBJECTIVE, None, 0.6, "TT-01"),
            "Skin: too few of its marks reached, at least 60% needed.",
        ),
        (
            Failure(Reason.UNSAFE, 2, 0),
            "2 unsafe answers given: that would endanger a client.",
        ),
        (Failure(Reason.OMITTED, 3, 2), "3 questions left open, at most 2 allowed."),
        (Failure(Reason.OMITTED, None, 2), "Too many questions left open, at most 2 allowed."),
    ],
)
def test_each_failure_in_words(failure: Failure, said: str) -> None:
    assert failure_in_words(failure, TITLES) == said


@pytest.mark.parametrize(
    ("share", "said"), [(0.29, "29%"), (1, "100%"), (0.9999, "99.9%"), (2 / 3, "66.6%")]
)
def test_a_share_is_rounded_down(share: float, said: str) -> None:
    assert percent(share) == said


@pytest.mark.parametrize(
    ("marks", "said"),
    [(32.0, "32"), (31.5, "31.5"), (31 + 2 / 3, "31.67"), (31 + 299 / 300, "31.99"), (0.0, "0")],
)
def test_marks_just_below_a_whole_number_are_never_called_it(marks: float, said: str) -> None:
    assert number(marks) == said
