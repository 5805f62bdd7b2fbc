"""The time of a sitting: its end, its breaks, and the windows that admit somebody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.attempts import Action
from quizbank.sittings import (
    Adjustment,
    Pause,
    Timing,
    Window,
    next_window,
    open_windows,
    pauses_among,
    time_to_sit,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WHOLE = settings(max_examples=200, deadline=None)
seconds = st.integers(0, 7_200).map(lambda count: timedelta(seconds=count))
timings = st.builds(
    lambda limit, factor, rest, window: Timing(
        NOON, time_to_sit(limit, factor), rest, None if window is None else NOON + window
    ),
    st.integers(1, 600),
    st.sampled_from((1.0, 1.1, 1.25, 4 / 3, 1.5, 2.0, 4.0)),
    seconds,
    st.none() | st.integers(1, 90_000).map(lambda count: timedelta(seconds=count)),
)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def rested(
    timing: Timing, plan: list[tuple[timedelta, timedelta]]
) -> list[tuple[Pause, list[Pause]]]:
    """Take the breaks of a plan (wait, then rest at most so long); each with those before it."""
    taken: list[Pause] = []
    told: list[tuple[Pause, list[Pause]]] = []
    now = NOON
    for wait, most in plan:
        now += wait
        deadline = timing.deadline(taken)
        assert deadline is not None
        if now >= deadline:
            break
        whole = timing.pause(taken, now)
        told.append((whole, list(taken)))
        taken.append(replace(whole, ends=min(whole.ends, now + most)))
        now = taken[-1].ends
    return told


plans = st.lists(st.tuples(seconds, seconds), max_size=5)


def test_the_deadline_is_start_and_limit_times_factor_or_the_end_of_the_window() -> None:
    limit = time_to_sit(60, 1.5)
    assert Timing(NOON, limit).deadline() == NOON + minutes(90)
    assert Timing(NOON, limit, window_end=NOON + minutes(45)).deadline() == NOON + minutes(45)
    assert Timing(NOON, limit, window_end=NOON + minutes(95)).deadline() == NOON + minutes(90)
    assert Timing(NOON, None).deadline() is None


@WHOLE
@given(timings, plans)
def test_a_deadline_never_lies_before_the_start_nor_after_the_window(
    timing: Timing, plan: list[tuple[timedelta, timedelta]]
) -> None:
    taken = [pause for pause, _ in rested(timing, plan)]
    deadline = timing.deadline(taken)
    assert deadline is not None
    assert deadline > timing.started_at
    assert timing.window_end is None or deadline <= timing.window_end


@WHOLE
@given(timings, plans)
def test_a_pause_moves_the_deadline_by_exactly_its_length_and_never_brings_it_forward(
    timing: Timing, plan: list[tuple[timedelta, timedelta]]
) -> None:
    for whole, before in rested(timing, plan):
        free = replace(timing, window_end=None)
        then, now = free.deadline(before), free.deadline([*before, whole])
        assert then is not None
        assert now is not None
        assert now - then == whole.length
        bound_then, bound_now = timing.deadline(before), timing.deadline([*before, whole])
        assert bound_then is not None
        assert bound_now is not None
        assert bound_now >= bound_then
        # Whoever sleeps through a break wakes before the exam is over, or just as it is.
        assert whole.ends <= bound_now


@WHOLE
@given(timings, plans)
def test_all_pauses_together_never_rest_longer_than_was_granted(
    timing: Timing, plan: list[tuple[timedelta, timedelta]]
) -> None:
    told = rested(timing, plan)
    for whole, before in told:
        assert sum((one.length for one in [*before, whole]), timedelta(0)) <= timing.rest
        assert timing.rest_left([*before, whole]) >= timedelta(0)


def test_ending_a_break_early_gives_the_rest_of_it_back() -> None:
    timing = Timing(NOON, minutes(60), minutes(10))
    whole = timing.pause([], NOON + minutes(20))
    assert whole.ends == NOON + minutes(30)
    early = replace(whole, ends=NOON + minutes(24))
    assert timing.deadline([early]) == NOON + minutes(64)
    assert timing.rest_left([early]) == minutes(6)


def test_a_break_ends_with_its_window_at_the_latest() -> None:
    timing = Timing(NOON, minutes(60), minutes(30), window_end=NOON + minutes(65))
    whole = timing.pause([], NOON + minutes(50))
    assert whole.ends == NOON + minutes(65) == timing.deadline([whole])


def test_pauses_are_read_from_the_steps_and_a_running_one_ends_where_it_would() -> None:
    log = [
        (Action.PAUSED, NOON),
        (Action.RESUMED, NOON + minutes(2)),
        (Action.PAUSED, NOON + minutes(9)),
    ]
    first, second = Pause(NOON, NOON + minutes(2)), Pause(NOON + minutes(9), NOON + minutes(15))
    assert pauses_among(log, NOON + minutes(15)) == (first, second)
    assert pauses_among(log[:2], None) == (first,)
    assert pauses_among([], None) == ()


def test_only_time_and_pauses_change_the_clock() -> None:
    assert not Adjustment(larger_text=True).changes_time
    assert Adjustment(time_factor=1.25).changes_time
    assert Adjustment(pause_minutes=5).changes_time


ROOM = Window("w1", "Room 1", NOON, NOON + minutes(90))


def test_a_window_is_open_from_its_first_instant_and_shut_at_its_last() -> None:
    assert not ROOM.is_open(NOON - timedelta(microseconds=1))
    assert ROOM.is_open(NOON)
    assert not ROOM.is_open(ROOM.closes_at)


def test_of_open_windows_ones_own_comes_first_then_what_asks_least_and_leaves_most_time() -> None:
    later = replace(ROOM, id="w2", closes_at=ROOM.closes_at + minutes(10))
    locked = replace(ROOM, id="w3", closes_at=ROOM.closes_at + minutes(60), asks_password=True)
    invited = replace(ROOM, id="w4", closes_at=ROOM.closes_at + minutes(90), invited_only=True)
    names = [one.id for one in open_windows([ROOM, locked, invited, later], NOON)]
    assert names == ["w2", "w1", "w3"]
    told = open_windows([ROOM, replace(invited, invited=True)], NOON)
    assert [one.id for one in told] == ["w4", "w1"]
    mine = replace(invited, closes_at=ROOM.closes_at, invited=True, asks_password=True)
    assert [one.id for one in open_windows([ROOM, mine], NOON)] == ["w4", "w1"]


def test_the_next_window_is_one_that_admits_the_person() -> None:
    closed_to_me = replace(ROOM, id="w0", opens_at=NOON - minutes(5), invited_only=True)
    windows = [replace(ROOM, id="w9", opens_at=NOON + minutes(9)), ROOM, closed_to_me]
    told = next_window(windows, NOON - minutes(10))
    assert told == ROOM
    assert next_window([ROOM], NOON) is None
