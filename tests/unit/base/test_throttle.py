"""How long a guesser waits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.throttle import FREE_TRIES, WINDOW, wait_after

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ZERO = timedelta(0)
failures = st.lists(
    st.integers(0, 2_000).map(lambda seconds: NOON - timedelta(seconds=seconds)), max_size=60
)


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (13, 512), (14, 900), (15, 900), (10_000, 900)],
)
def test_the_wait_doubles_from_2_seconds_to_15_minutes(tries: int, seconds: int) -> None:
    assert wait_after([NOON] * tries, NOON) == timedelta(seconds=seconds)


def test_failures_older_than_the_window_are_forgotten() -> None:
    assert wait_after([NOON - WINDOW] * 100, NOON) == ZERO
    assert wait_after([NOON - WINDOW + timedelta(seconds=1)] * 100, NOON) > ZERO


def test_an_address_has_its_own_number_of_free_tries() -> None:
    assert wait_after([NOON] * 49, NOON, free=50) == ZERO
    assert wait_after([NOON] * 50, NOON, free=50) > ZERO


@given(failures, st.integers(0, 3_600))
@settings(max_examples=200, deadline=None)
def test_the_wait_is_never_negative_never_above_the_ceiling_and_runs_down(
    tries: list[datetime], later: int
) -> None:
    now, then = wait_after(tries, NOON), wait_after(tries, NOON + timedelta(seconds=later))
    assert ZERO <= then <= now <= timedelta(minutes=15)
    assert then <= max(ZERO, now - timedelta(seconds=later))


@given(failures)
@settings(max_examples=200, deadline=None)
def test_one_more_failure_never_shortens_the_wait(tries: list[datetime]) -> None:
    assert wait_after([*tries, NOON], NOON) >= wait_after(tries, NOON)


@given(failures)
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_failures_does_not_matter(tries: list[datetime]) -> None:
    assert wait_after(tries, NOON) == wait_after(sorted(tries), NOON)


@given(st.lists(st.just(NOON), max_size=FREE_TRIES - 1))
def test_the_first_tries_cost_nothing(tries: list[datetime]) -> None:
    assert wait_after(tries, NOON) == ZERO
