"""The errors a person may read.

`str(error)` is always one or more plain sentences that say what happened and what to do next.
Anything that is not an `AppError` is a defect: it is logged with an incident id, never shown.
Verdicts (failed, revoked, expired certificate) are return values, not errors.
"""

from collections.abc import Callable, Sequence
from typing import Any


class AppError(Exception):
    """Something the person can act on; its text is shown as it stands.

    A refusal undoes its transaction; its `evidence` is written afterwards, in one of its own:
    it is called with that transaction's session.
    """

    # Rules raise errors too, and know no database.
    evidence: Callable[[Any], None] | None = None


class Invalid(AppError):
    """The input breaks one or more rules; `problems` lists every one, a sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


class NotFound(AppError):
    """No such thing, or not yours: the two are not told apart."""


class NotAllowed(AppError):
    """Signed in (or not) without the permission that this needs."""


class Conflict(AppError):
    """Somebody, perhaps you in another tab, was faster; nothing was overwritten."""


class Expired(AppError):
    """The time for this has passed."""


class Throttled(AppError):
    """Too many tries; the text says how long to wait, `seconds` the same where it is known."""

    def __init__(self, sentence: str, seconds: int | None = None) -> None:
        self.seconds = seconds
        super().__init__(sentence)


class Unavailable(AppError):
    """The academy's database cannot do this now; nothing was changed."""
