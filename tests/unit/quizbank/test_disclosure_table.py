"""The table that alone decides what a trainee may see, frozen."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from quizbank.decisions import (
    CriticalMiss,
    Decision,
    Failure,
    ObjectiveResult,
    Reason,
    UnsafeAnswer,
)
from quizbank.disclosure import FIXED, ReviewWindow, ShownResult, may_see, shown, window_at
from quizbank.exams import ExamRules, Purpose
from quizbank.review_windows import EVERYTHING, OWN_ANSWERS, SUMMARY, Part, ReviewWindows
from tests.factories import exam_rules

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHOICES = {"summary": SUMMARY, "own answers": OWN_ANSWERS, "everything": EVERYTHING}

#                     question response correctness answer marks objectives total verdict
FROZEN = {
    "exam: summary": {
        "running, not answered": "        x x . . . . . .",
        "running, answered": "            x x . . . . . .",
        "handed in": "                    . . . . . . . .",
        "right after the release": "      . . . . . x x x",
        "later, while the exam is open": ". . . . . x x x",
        "once the exam is closed": "      . . . . . x x x",
    },
    "exam: own answers": {
        "running, not answered": "        x x . . . . . .",
        "running, answered": "            x x . . . . . .",
        "handed in": "                    . . . . . . . .",
        "right after the release": "      x x x . x x x x",
        "later, while the exam is open": "x x x . x x x x",
        "once the exam is closed": "      x x x . x x x x",
    },
    "exam: everything": {
        "running, not answered": "        x x . . . . . .",
        "running, answered": "            x x . . . . . .",
        "handed in": "                    . . . . . . . .",
        "right after the release": "      x x x x x x x x",
        "later, while the exam is open": "x x x x x x x x",
        "once the exam is closed": "      x x x x x x x x",
    },
    "practice: summary": {
        "running, not answered": "        x x . . . . . .",
        "running, answered": "            x x x x . . . .",
        "handed in": "                    x x x x x x x x",
        "right after the release": "      x x x x x x x x",
        "later, while the exam is open": "x x x x x x x x",
        "once the exam is closed": "      x x x x x x x x",
    },
    "remediation: summary": {
        "running, not answered": "        x x . . . . . .",
        "running, answered": "            x x x x . . . .",
        "handed in": "                    x x x x x x x x",
        "right after the release": "      x x x x x x x x",
        "later, while the exam is open": "x x x x x x x x",
        "once the exam is closed": "      x x x x x x x x",
    },
}


def reviewing(**parts: Any) -> ExamRules:
    return exam_rules(review=parts)


@pytest.mark.parametrize("name", FROZEN)
def test_the_table_of_window_and_part_stands_as_it_was_agreed(name: str) -> None:
    purpose, choice = name.split(": ")
    same = dict.fromkeys(("right_after", "later", "closed"), CHOICES[choice])
    rules = exam_rules(purpose=purpose, review=same)
    told = {
        str(window): ["x" if part in may_see(rules, window) else "." for part in Part]
        for window in ReviewWindow
    }
    assert told == {window: row.split() for window, row in FROZEN[name].items()}


@pytest.mark.parametrize(
    ("window", "named", "part"),
    [
        (window, named, part)
        for (window, named), part in product(
            [
                (ReviewWindow.RIGHT_AFTER, "right_after"),
                (ReviewWindow.LATER, "later"),
                (ReviewWindow.CLOSED, "closed"),
            ],
            Part,
        )
    ],
)
def test_each_part_is_seen_in_the_one_window_that_shows_it(
    window: ReviewWindow, named: str, part: Part
) -> None:
    nothing: dict[str, Any] = {"right_after": (), "later": (), "closed": ()}
    rules = reviewing(**nothing | {named: (part, Part.QUESTION)})
    for one in (ReviewWindow.RIGHT_AFTER, ReviewWindow.LATER, ReviewWindow.CLOSED):
        chosen = {part, Part.QUESTION} if one is window else set[Part]()
        assert may_see(rules, one) == chosen | {Part.VERDICT}


def test_no_choice_shows_more_of_an_exam_while_it_runs_or_waits() -> None:
    everything = dict.fromkeys(("right_after", "later", "closed"), EVERYTHING)
    for window in (ReviewWindow.OPEN, ReviewWindow.ANSWERED, ReviewWindow.HANDED_IN):
        assert may_see(reviewing(**everything), window) <= {Part.QUESTION, Part.RESPONSE}


def test_nothing_unanswered_is_explained() -> None:
    for purpose in Purpose:
        assert Part.ANSWER not in FIXED[purpose, ReviewWindow.OPEN]


def test_an_exam_shows_no_question_again_unless_its_rules_say_so() -> None:
    assert ReviewWindows() == ReviewWindows(right_after=SUMMARY, later=SUMMARY, closed=SUMMARY)
    assert Part.QUESTION not in SUMMARY


def test_the_parts_are_stored_once_and_in_one_order_with_the_verdict() -> None:
    mixed = ReviewWindows(later=(Part.TOTAL, Part.QUESTION, Part.TOTAL))
    assert mixed.later == (Part.QUESTION, Part.TOTAL, Part.VERDICT)


def test_an_answer_is_not_shown_without_its_question() -> None:
    with pytest.raises(ValidationError, match="show it as well"):
        ReviewWindows(closed=(Part.ANSWER,))


# When which window is.


@pytest.mark.parametrize(
    ("minutes_ago", "closes_in", "window", "ends_in"),
    [
        (0, None, ReviewWindow.RIGHT_AFTER, 60),
        (59, None, ReviewWindow.RIGHT_AFTER, 1),
        (60, None, ReviewWindow.LATER, None),
        (60, 10, ReviewWindow.LATER, 10),
        (0, 10, ReviewWindow.RIGHT_AFTER, 10),
        (0, 90, ReviewWindow.RIGHT_AFTER, 60),
        (0, 0, ReviewWindow.CLOSED, None),
        (1_000, -1, ReviewWindow.CLOSED, None),
    ],
)
def test_the_windows_follow_each_other(
    minutes_ago: int, closes_in: int | None, window: ReviewWindow, ends_in: int | None
) -> None:
    def later(minutes: int | None) -> datetime | None:
        return None if minutes is None else NOON + timedelta(minutes=minutes)

    released = NOON - timedelta(minutes=minutes_ago)
    told = window_at(ReviewWindows(), released, later(closes_in), NOON)
    assert told == (window, later(ends_in))


def test_a_closing_day_begins_at_midnight_utc() -> None:
    review = ReviewWindows(closed_on=date(2026, 12, 1))
    assert review.closes_at == datetime(2026, 12, 1, tzinfo=UTC)
    assert ReviewWindows().closes_at is None


# What the parts tell of a decision.

FAILED = Decision(
    marks=31.0,
    items=40,
    cut=32,
    passed=False,
    omitted=3,
    objectives=(ObjectiveResult("TT-01", 31.0, 40),),
    critical_misses=(CriticalMiss("TT-01", "Depth", False),),
    unsafe_answers=(UnsafeAnswer("TT-01", "Eyelid"),),
    failures=(
        Failure(Reason.CUT, 31, 32),
        Failure(Reason.OBJECTIVE, 0.77, 0.8, "TT-01"),
        Failure(Reason.CRITICAL, 1, 0),
        Failure(Reason.OMITTED, 3, 2),
    ),
)


def test_the_verdict_alone_says_what_failed_and_no_number_that_is_hidden() -> None:
    told = shown(FAILED, {Part.VERDICT})
    assert (told.marks, told.omitted, told.objectives, told.unsafe_answers) == (None,) * 3 + ((),)
    assert [one.reached for one in told.failures] == [None, None, 1, None]
    assert told.critical_misses == FAILED.critical_misses


def test_everything_tells_the_whole_decision() -> None:
    told = shown(FAILED, {*Part})
    assert told.failures == FAILED.failures
    assert (told.marks, told.omitted, told.objectives) == (31.0, 3, FAILED.objectives)


def test_unsafe_answers_are_named_where_they_failed_the_attempt() -> None:
    assert shown(FAILED, {*Part}).unsafe_answers == ()
    unsafe = Decision(**{**FAILED.__dict__, "failures": (Failure(Reason.UNSAFE, 1, 0),)})
    assert shown(unsafe, {Part.VERDICT}).unsafe_answers == FAILED.unsafe_answers


@given(st.sets(st.sampled_from(Part)), st.sets(st.sampled_from(Part)))
@settings(max_examples=100, deadline=None)
def test_more_parts_never_tell_less(few: set[Part], more: set[Part]) -> None:
    def told(result: ShownResult) -> int:
        values = (result.marks, result.omitted, result.objectives)
        reached = [one.reached for one in result.failures]
        return sum(one is not None for one in (*values, *reached))

    assert told(shown(FAILED, few)) <= told(shown(FAILED, few | more))
