"""An exam's rules: what is refused, when it ends, when it may be taken again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from quizbank.exams import Outcome, Purpose, Refusal, RetakePolicy, retake_refusal
from quizbank.kinds.item import Pool
from tests.factories import exam_rules

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PASSED, FAILED = Outcome.PASSED, Outcome.FAILED
TWICE_A_DAY_APART = RetakePolicy(max_attempts=2, wait_hours=24)


def ended(*hours_ago_and_outcome: tuple[float, Outcome]) -> list[tuple[datetime, Outcome]]:
    return [(NOON - timedelta(hours=hours), outcome) for hours, outcome in hours_ago_and_outcome]


@pytest.mark.parametrize(
    ("history", "refusal", "opens"),
    [
        ([], None, None),
        ([(1, FAILED)], Refusal.WAIT, NOON + timedelta(hours=23)),
        ([(24, FAILED)], None, None),
        ([(23.99, FAILED)], Refusal.WAIT, NOON + timedelta(hours=24 - 23.99)),
        ([(100, FAILED), (50, FAILED)], Refusal.NO_ATTEMPTS_LEFT, None),
        ([(100, FAILED), (1, PASSED)], Refusal.PASSED, None),
        ([(100, PASSED)], Refusal.PASSED, None),
        ([(1, PASSED), (100, FAILED), (90, FAILED)], Refusal.PASSED, None),
        ([(1, Outcome.BEING_MARKED)], Refusal.BEING_MARKED, None),
        ([(1, Outcome.TO_BE_RELEASED)], Refusal.TO_BE_RELEASED, None),
        ([(90, Outcome.TO_BE_RELEASED), (1, FAILED)], Refusal.TO_BE_RELEASED, None),
    ],
)
def test_the_table_of_retakes(
    history: list[tuple[float, Outcome]], refusal: Refusal | None, opens: datetime | None
) -> None:
    told = retake_refusal(TWICE_A_DAY_APART, ended(*history), NOON)
    assert told == (None if refusal is None else (refusal, opens))


def test_the_wait_counts_from_the_latest_end_in_whatever_order_they_come() -> None:
    policy = RetakePolicy(max_attempts=9, wait_hours=24)
    told = retake_refusal(policy, ended((1, FAILED), (30, FAILED)), NOON)
    assert told == (Refusal.WAIT, NOON + timedelta(hours=23))


RENEWED = RetakePolicy(max_attempts=2, wait_hours=24, renew_after_days=600)


@pytest.mark.parametrize(
    ("history", "refusal", "opens"),
    [
        ([(599 * 24, PASSED)], Refusal.PASSED, NOON + timedelta(days=1)),
        ([(600 * 24, PASSED)], None, None),
        # Attempts of the first time do not count against the renewal, nor does its waiting time.
        ([(605 * 24, FAILED), (602 * 24, FAILED), (601 * 24, PASSED)], None, None),
        ([(601 * 24, PASSED), (1, FAILED)], Refusal.WAIT, NOON + timedelta(hours=23)),
        ([(601 * 24, PASSED), (90, FAILED), (50, FAILED)], Refusal.NO_ATTEMPTS_LEFT, None),
        ([(601 * 24, PASSED), (1, Outcome.BEING_MARKED)], Refusal.BEING_MARKED, None),
        ([(1300 * 24, PASSED), (10 * 24, PASSED)], Refusal.PASSED, NOON + timedelta(days=590)),
    ],
)
def test_a_pass_is_renewed_after_its_days(
    history: list[tuple[float, Outcome]], refusal: Refusal | None, opens: datetime | None
) -> None:
    told = retake_refusal(RENEWED, ended(*history), NOON)
    assert told == (None if refusal is None else (refusal, opens))


def test_without_a_wait_the_next_attempt_opens_at_once() -> None:
    policy = RetakePolicy(max_attempts=2, wait_hours=0)
    assert retake_refusal(policy, ended((0, FAILED)), NOON) is None


@given(st.integers(0, 1_000), st.integers(0, 2_000))
@settings(max_examples=100, deadline=None)
def test_a_wait_that_is_over_stays_over(wait: int, later: int) -> None:
    policy = RetakePolicy(max_attempts=2, wait_hours=wait)
    opens = NOON + timedelta(hours=wait)
    assert retake_refusal(policy, [(NOON, FAILED)], opens + timedelta(hours=later)) is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"cut": 4}, "cut is 4, but the exam has only 3 items"),
        ({"minutes": None}, "an exam needs minutes, retakes and a consent sentence"),
        ({"retakes": None}, "an exam needs minutes, retakes and a consent sentence"),
        ({"consent": ""}, "an exam needs minutes, retakes and a consent sentence"),
        (
            {"cells": [{"objective": "TT-01", "count": 1, "critical": 2}]},
            "critical must not be larger than count",
        ),
        (
            {"cells": [{"objective": "TT-01", "count": 1}] * 2, "cut": 1},
            "two cells ask for the same items; join them",
        ),
        (
            {
                "cells": [
                    {"objective": "TT-01", "kinds": ["numeric", "essay"], "count": 1},
                    {"objective": "TT-01", "kinds": ["essay", "numeric"], "count": 2},
                ]
            },
            "two cells ask for the same items; join them",
        ),
        ({"time_budget": 11}, "the time budget is longer than the exam; shorten it"),
        ({"exposure_cap": 1.1}, "less than or equal to 1"),
        (
            {"cut_basis": {"method": "entered", "rationale": " ", "signed_by": "Cato"}},
            "at least 1 character",
        ),
        ({"cells": []}, "at least 1 item"),
        ({"title": ""}, "at least 1 character"),
        ({"cells": [{"objective": "TT-01", "count": 0}]}, "greater than or equal to 1"),
        ({"minutes": 0}, "greater than or equal to 1"),
        ({"cut": -1}, "greater than or equal to 0"),
        (
            {"objective_minimums": [{"objective": "TT-09", "share": 0.5}]},
            "TT-09 has a minimum, but no cell examines it",
        ),
        (
            {"objective_minimums": [{"objective": "TT-01", "share": 0.5}] * 2},
            "an objective has two minimums; drop one",
        ),
        ({"objective_minimums": [{"objective": "TT-01", "share": 1.1}]}, "less than or equal to 1"),
        ({"most_omitted": -1}, "greater than or equal to 0"),
        ({"release": "by post"}, "Input should be 'immediate', 'held' or 'second person'"),
        (
            {"review": {"later": ["own response"]}},
            "answers without their question tell nothing; show it as well",
        ),
        ({"colour": "red"}, "Extra inputs are not permitted"),
    ],
)
def test_unsound_rules_are_refused_with_a_sentence(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        exam_rules(**changes)


def test_practice_needs_no_clock_no_consent_and_draws_from_its_own_pool() -> None:
    practice = exam_rules(purpose="practice", minutes=None, retakes=None, consent="")
    assert practice.purpose is Purpose.PRACTICE
    assert practice.pool is Pool.PRACTICE
    assert exam_rules().pool is Pool.EXAM


@pytest.mark.parametrize("changes", [{"windowed": True}, {"break_minutes": 5}])
def test_practice_has_neither_windows_nor_breaks(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="neither windows nor breaks"):
        exam_rules(purpose="practice", **changes)


def test_rules_read_back_from_json_are_equal() -> None:
    rules = exam_rules()
    assert type(rules).model_validate_json(rules.model_dump_json()) == rules


def test_one_objective_may_stand_in_several_cells_that_ask_for_different_items() -> None:
    cells = [
        {"objective": "TT-02", "level": "recall", "count": 1},
        {"objective": "TT-01", "level": "apply", "count": 2},
        {"objective": "TT-01", "level": "apply", "tags": ["eye"], "count": 1},
    ]
    rules = exam_rules(cells=cells)
    assert rules.size == 4
    assert rules.objectives == ("TT-02", "TT-01")


def test_rules_that_were_stored_before_there_were_levels_read_as_they_meant() -> None:
    rules = exam_rules()
    stored = rules.model_dump(mode="json")
    came_later = ("objective_minimums", "unsafe_fails", "most_omitted", "release", "review")
    for name in ("time_budget", "exposure_cap", "cut_basis", *came_later):
        del stored[name]
    for cell in stored["cells"]:
        del cell["level"], cell["kinds"], cell["tags"]
    assert type(rules).model_validate(stored) == rules
