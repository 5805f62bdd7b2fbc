"""Whether a certificate stands at an instant: derived from its facts and events, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """The one word that a clinic reads first."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class StatusChange(StrEnum):
    """What can happen to a certificate after its issue; revocation is final."""

    REVOKED = "revoked"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"


@dataclass(frozen=True)
class StatusEvent:
    """Something that happened to a certificate: what, when, and why."""

    kind: StatusChange
    at: datetime
    reason: str


@dataclass(frozen=True)
class Standing:
    """How a certificate stands, and the event that made it so where one did."""

    status: Status
    event: StatusEvent | None = None


def standing_at(now: datetime, expires_at: datetime, events: Sequence[StatusEvent]) -> Standing:
    """Return how a certificate stands.

    A revocation is final and outweighs everything. The end date outweighs a suspension, which
    could be lifted. A certificate is suspended while it was suspended more often than reinstated,
    so that two events of one instant have no order to get wrong.
    """
    past = sorted((event for event in events if event.at <= now), key=lambda event: event.at)
    by_kind = {kind: [event for event in past if event.kind is kind] for kind in StatusChange}
    if by_kind[StatusChange.REVOKED]:
        return Standing(Status.REVOKED, by_kind[StatusChange.REVOKED][0])
    if now >= expires_at:
        return Standing(Status.EXPIRED)
    suspended = by_kind[StatusChange.SUSPENDED]
    if len(suspended) > len(by_kind[StatusChange.REINSTATED]):
        return Standing(Status.SUSPENDED, suspended[-1])
    return Standing(Status.VALID)


def misfit(standing: Status, change: StatusChange) -> str | None:
    """Return why this cannot happen to a certificate that stands so, or None where it can."""
    if standing is Status.REVOKED:
        return "This certificate is revoked already; nothing was changed."
    if change is StatusChange.SUSPENDED and standing is Status.SUSPENDED:
        return "This certificate is suspended already; nothing was changed."
    if change is StatusChange.SUSPENDED and standing is Status.EXPIRED:
        return "This certificate has ended, so there is nothing to suspend."
    if change is StatusChange.REINSTATED and standing is not Status.SUSPENDED:
        return "This certificate is not suspended; nothing was changed."
    return None
