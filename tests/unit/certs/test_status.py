"""A certificate stands, ends or is withdrawn: derived for every instant."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certs.status import Standing, Status, StatusChange, StatusEvent, misfit, standing_at

END = datetime(2028, 11, 23, 9, tzinfo=UTC)
TICK = timedelta(microseconds=1)
REVOKED, SUSPENDED, REINSTATED = StatusChange
instants = st.integers(-1_000, 1_000).map(lambda hours: END + timedelta(hours=hours))


events = st.lists(
    st.builds(StatusEvent, st.sampled_from(StatusChange), instants, st.just("A reason."))
)


def happened(kind: StatusChange, at: datetime) -> StatusEvent:
    return StatusEvent(kind, at, "Identity not confirmed.")


@pytest.mark.parametrize(
    ("now", "revoked_at", "status"),
    [
        (END - TICK, None, Status.VALID),
        (END, None, Status.EXPIRED),
        (END + TICK, None, Status.EXPIRED),
        (END - 2 * TICK, END - TICK, Status.VALID),
        (END - TICK, END - TICK, Status.REVOKED),
        (END + TICK, END - TICK, Status.REVOKED),
        (END + TICK, END + TICK, Status.REVOKED),
    ],
)
def test_the_status_at_every_turn(
    now: datetime, revoked_at: datetime | None, status: Status
) -> None:
    revocations = [happened(REVOKED, revoked_at)] if revoked_at else []
    standing = standing_at(now, END, revocations)
    assert standing.status is status
    assert (standing.event is not None) == (status is Status.REVOKED)


FIRST, SECOND, THIRD = (END - timedelta(days=days) for days in (30, 20, 10))


@pytest.mark.parametrize(
    ("past", "status"),
    [
        ([(SUSPENDED, FIRST)], Status.SUSPENDED),
        ([(SUSPENDED, FIRST), (REINSTATED, SECOND)], Status.VALID),
        ([(SUSPENDED, FIRST), (REINSTATED, FIRST)], Status.VALID),
        ([(SUSPENDED, FIRST), (REINSTATED, SECOND), (SUSPENDED, THIRD)], Status.SUSPENDED),
        ([(SUSPENDED, FIRST), (REVOKED, SECOND)], Status.REVOKED),
        ([(REVOKED, FIRST), (SUSPENDED, SECOND)], Status.REVOKED),
    ],
)
def test_a_suspension_holds_until_it_is_lifted(
    past: list[tuple[StatusChange, datetime]], status: Status
) -> None:
    said = [happened(kind, at) for kind, at in past]
    assert standing_at(END - TICK, END, said).status is status
    assert standing_at(END - TICK, END, said[::-1]).status is status
    ended = Status.REVOKED if status is Status.REVOKED else Status.EXPIRED
    assert standing_at(END, END, said).status is ended


def test_what_is_told_is_the_event_that_counts() -> None:
    said = [happened(SUSPENDED, FIRST), happened(REINSTATED, SECOND), happened(SUSPENDED, THIRD)]
    assert standing_at(END - TICK, END, said) == Standing(Status.SUSPENDED, said[2])
    said += [happened(REVOKED, THIRD)]
    assert standing_at(END - TICK, END, said) == Standing(Status.REVOKED, said[3])


@given(instants, instants, events)
@settings(max_examples=150, deadline=None)
def test_what_has_ended_or_was_withdrawn_never_becomes_valid_again(
    one: datetime, other: datetime, past: list[StatusEvent]
) -> None:
    before, after = (standing_at(at, END, past).status for at in sorted((one, other)))
    assert before in {Status.VALID, Status.SUSPENDED} or after is not Status.VALID
    assert before is not Status.REVOKED or after is Status.REVOKED


@given(instants, events)
@settings(max_examples=150, deadline=None)
def test_the_order_in_which_events_are_read_does_not_matter(
    now: datetime, past: list[StatusEvent]
) -> None:
    told = standing_at(now, END, past)
    assert standing_at(now, END, past[::-1]).status is told.status


@pytest.mark.parametrize(
    ("status", "possible"),
    [
        (Status.VALID, {REVOKED, SUSPENDED}),
        (Status.EXPIRED, {REVOKED}),
        (Status.SUSPENDED, {REVOKED, REINSTATED}),
        (Status.REVOKED, set[StatusChange]()),
    ],
)
def test_what_can_happen_to_a_certificate(status: Status, possible: set[StatusChange]) -> None:
    assert {change for change in StatusChange if misfit(status, change) is None} == possible
