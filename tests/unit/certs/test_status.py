"""A certificate stands, ends or is withdrawn: derived for every instant."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certs.status import Revocation, Status, status_at

END = datetime(2028, 11, 23, 9, tzinfo=UTC)
TICK = timedelta(microseconds=1)
instants = st.integers(-1_000, 1_000).map(lambda hours: END + timedelta(hours=hours))


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
    revocations = [Revocation(revoked_at, "Identity not confirmed.")] if revoked_at else []
    assert status_at(now, END, revocations) is status


@given(instants, instants, st.lists(instants, max_size=3))
@settings(max_examples=150, deadline=None)
def test_what_has_ended_or_was_withdrawn_never_becomes_valid_again(
    one: datetime, other: datetime, revoked: list[datetime]
) -> None:
    revocations = [Revocation(at, "A reason.") for at in revoked]
    before, after = (status_at(at, END, revocations) for at in sorted((one, other)))
    assert before is Status.VALID or after is not Status.VALID
    assert before is not Status.REVOKED or after is Status.REVOKED
