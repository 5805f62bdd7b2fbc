"""Slowing down guesses of a secret: how long to wait after so many failed ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
FREE_TRIES = 5
TRIES_PER_ADDRESS = 50
# More than a full room mistypes.
TRIES_PER_SITTING = 200
_LONGEST_WAIT = timedelta(minutes=15)


def wait_after(failures: Sequence[datetime], now: datetime, free: int = FREE_TRIES) -> timedelta:
    """Return how long the next try must still wait; zero when it may go on.

    The first `free` failures within 15 minutes cost nothing; each one more doubles the wait,
    from 2 seconds to 15 minutes, counted from the latest failure.
    """
    recent = [instant for instant in failures if now - instant < WINDOW]
    if len(recent) < free:
        return timedelta(0)
    # Past 2**10 s the wait is at its ceiling anyway; the bound keeps the power small.
    wait = min(timedelta(seconds=2 ** min(len(recent) - free + 1, 10)), _LONGEST_WAIT)
    return max(max(recent) + wait - now, timedelta(0))
