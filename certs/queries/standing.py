"""How a certificate stands: what anyone may know of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import JsonValue
from sqlalchemy import bindparam, exists, func
from sqlalchemy import select as columns
from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs, public
from base.prepared import Prepared
from certs.checking.names import initials
from certs.status import Status, StatusChange, StatusEvent, standing_at
from certs.tables.credentials import CredentialEventRow, CredentialRow
from certs.tables.sharing import PrivacyRow
from certs.terms import Facts
from courses.coverage import Coverage


@dataclass(frozen=True)
class CredentialStanding:
    """A certificate as anyone may see it: never an e-mail, never a mark.

    `since` and `reason` are those of its revocation or suspension, and None where it has none.
    What is `private` is shown to nobody who has no more than its serial.
    """

    serial: str
    holder: str
    achievement: str
    scope: tuple[str, ...]
    limits: tuple[str, ...]
    issued_at: datetime
    expires_at: datetime
    issuer: str
    demo: bool
    status: Status
    since: datetime | None
    reason: str | None
    course: str = ""
    coverage: Coverage | None = None
    private: bool = False

    @property
    def revoked_at(self) -> datetime | None:
        """When it was revoked, None where it was not."""
        return self.since if self.status is Status.REVOKED else None

    @property
    def suspended_at(self) -> datetime | None:
        """Since when it is suspended, None where it is not."""
        return self.since if self.status is Status.SUSPENDED else None

    def as_data(self, in_full: bool = True) -> dict[str, JsonValue]:
        """Return the same as plain data: what the API and the command line report.

        The holder's name is cut to initials unless `in_full`, and `name_shown` says so.
        """
        return {
            "status": self.status,
            "serial": self.serial,
            "name": self.holder if in_full else initials(self.holder),
            "name_shown": "full" if in_full else "initials",
            "achievement": self.achievement,
            "scope": [*self.scope],
            "limits": [*self.limits],
            "coverage": self.coverage.model_dump(mode="json") if self.coverage else None,
            "issued": self.issued_at.isoformat(),
            "expires": self.expires_at.isoformat(),
            "issuer": self.issuer,
            "demo": self.demo,
            "revoked_at": self.revoked_at.isoformat() if self.revoked_at else None,
            "suspended_at": self.suspended_at.isoformat() if self.suspended_at else None,
            "reason": self.reason,
        }


# Whether its holder keeps it private now; correlated to the certificate that is asked for.
IS_PRIVATE = (
    exists()
    .where(col(PrivacyRow.serial) == col(CredentialRow.serial), col(PrivacyRow.until).is_(None))
    .label("private")
)
_EVENT = (col(CredentialEventRow.kind), col(CredentialEventRow.at), col(CredentialEventRow.reason))
_FACTS = Prepared(
    columns(*_EVENT, col(CredentialRow.facts), IS_PRIVATE)
    .select_from(CredentialRow)
    .outerjoin(CredentialEventRow, col(CredentialEventRow.serial) == col(CredentialRow.serial))
    .where(col(CredentialRow.serial) == bindparam("serial"))
)
_EVENTS = Prepared(columns(*_EVENT).where(col(CredentialEventRow.serial) == bindparam("serial")))


@public
def credential_standing(tx: Tx, serial: str) -> CredentialStanding | None:
    """Return how the certificate stands now, or None where there is none with this serial."""
    rows = _FACTS.rows(tx.connection, {"serial": serial})
    if not rows:
        return None
    stored, private = rows[0][3:]
    standing = standing_after(Facts.model_validate_json(stored), tx.now, rows)
    return replace(standing, private=bool(private))


@needs(Permission.CREDENTIAL_READ)
def credentials(tx: Tx, search: str = "", limit: int = 200) -> tuple[CredentialStanding, ...]:
    """Return issued certificates, newest first, whose serial or holder contains `search`."""
    query = select(CredentialRow.facts).order_by(col(CredentialRow.issued_at).desc()).limit(limit)
    if search.strip():
        wanted = search.strip().casefold()
        query = query.where(func.lower(CredentialRow.facts).contains(wanted, autoescape=True))
    rows = tx.session.exec(query).all()
    return tuple(standing_of(tx, Facts.model_validate_json(stored)) for stored in rows)


def standing_of(tx: Tx, facts: Facts) -> CredentialStanding:
    """Return how the certificate with these facts stands now; for queries that checked who asks."""
    return standing_after(facts, tx.now, _EVENTS.rows(tx.connection, {"serial": facts.serial}))


def standing_after(
    facts: Facts, now: datetime, rows: Sequence[tuple[Any, ...]]
) -> CredentialStanding:
    """Return how the certificate with these facts stands.

    Each row begins with an event's kind, instant and reason, or with None where there is none.
    """
    events = [StatusEvent(StatusChange(kind), at, why) for kind, at, why, *_ in rows if kind]
    standing = standing_at(now, facts.expires_at, events)
    return CredentialStanding(
        serial=facts.serial,
        holder=facts.holder,
        achievement=facts.achievement,
        scope=facts.scope,
        limits=facts.limits,
        issued_at=facts.issued_at,
        expires_at=facts.expires_at,
        issuer=facts.issuer,
        demo=facts.demo,
        status=standing.status,
        since=standing.event.at if standing.event else None,
        reason=standing.event.reason if standing.event else None,
        course=facts.course,
        coverage=facts.coverage,
    )
