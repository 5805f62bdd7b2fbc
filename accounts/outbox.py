"""Mail that waits to be sent: how long to wait after a try, and when to stop trying."""

from dataclasses import dataclass
from datetime import timedelta

MOST_TRIES = 10
_MINUTES = (2, 5, 15, 60, 180, 360, 720)


@dataclass(frozen=True)
class Letter:
    """One mail as it is handed to the mail server; `id` stays the same at every try."""

    id: str
    recipient: str
    subject: str
    body: str


def wait_after_try(tried: int) -> timedelta:
    """Return how long to wait after so many tries: minutes at first, half a day at last.

    Even the first wait outlasts a try that hangs, so that no other process begins the same.
    """
    return timedelta(minutes=_MINUTES[min(max(tried, 1), len(_MINUTES)) - 1])
