"""Whether a certificate stands at an instant: derived from its facts and events, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """The one word that a clinic reads first."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Revocation:
    """A withdrawal: when, and why."""

    at: datetime
    reason: str


def status_at(now: datetime, expires_at: datetime, revocations: Sequence[Revocation]) -> Status:
    """Return how a certificate stands; a revocation is final, and outweighs the end date."""
    if any(revocation.at <= now for revocation in revocations):
        return Status.REVOKED
    return Status.EXPIRED if now >= expires_at else Status.VALID
