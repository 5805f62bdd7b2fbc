"""Certificates and how they stand."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import bindparam, func
from sqlmodel import col, select

from accounts.queries import is_demo_academy, printed_name
from base.audit import audit_entries_of
from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs, public
from certs.report import ReportFace
from certs.status import Revocation, Status, status_at
from certs.tables import CredentialEventRow, CredentialFileRow, CredentialRow
from certs.terms import Facts
from courses.queries.exam_course import objective_titles
from quizbank.objective_lines import objective_lines
from quizbank.queries.own_results import own_verdict
from quizbank.rule_words import failure_in_words, number, rule_applied

_AT_ONCE = 500
NOT_YOURS = "There is no such certificate of yours. Look under My certificates."


@dataclass(frozen=True)
class CredentialStanding:
    """A certificate as anyone may see it: never an e-mail, never a mark."""

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
    revoked_at: datetime | None
    reason: str | None

    def as_data(self) -> dict[str, JsonValue]:
        """Return the same as plain data: what the API and the command line report."""
        return {
            "status": self.status,
            "serial": self.serial,
            "name": self.holder,
            "achievement": self.achievement,
            "scope": [*self.scope],
            "limits": [*self.limits],
            "issued": self.issued_at.isoformat(),
            "expires": self.expires_at.isoformat(),
            "issuer": self.issuer,
            "demo": self.demo,
            "revoked_at": self.revoked_at.isoformat() if self.revoked_at else None,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class OwnCredential:
    """One's own certificate, with the attempt that earned it."""

    standing: CredentialStanding
    attempt_id: str
    verify_url: str


# Asked by anyone at any time, so they are built once and run below the session's object mapping.
_FACTS = select(CredentialRow.facts).where(col(CredentialRow.serial) == bindparam("serial"))
_REVOCATIONS = (
    select(CredentialEventRow.at, CredentialEventRow.reason)
    .where(
        col(CredentialEventRow.serial) == bindparam("serial"),
        col(CredentialEventRow.kind) == "revoked",
    )
    .order_by(col(CredentialEventRow.at))
)


@public
def credential_standing(tx: Tx, serial: str) -> CredentialStanding | None:
    """Return how the certificate stands now, or None where there is none with this serial."""
    stored = tx.session.connection().execute(_FACTS, {"serial": serial}).scalar()
    return _standing(tx, Facts.model_validate_json(stored)) if stored else None


@needs(Permission.CREDENTIAL_OWN)
def my_credentials(tx: Tx) -> tuple[OwnCredential, ...]:
    """Return one's own certificates, newest first."""
    rows = tx.session.exec(
        select(CredentialRow)
        .where(CredentialRow.person_id == tx.actor.own_id)
        .order_by(col(CredentialRow.issued_at).desc())
    )
    return tuple(_own(tx, row) for row in rows)


@needs(Permission.CREDENTIAL_OWN)
def credential_of_attempt(tx: Tx, attempt_id: str) -> OwnCredential | None:
    """Return the certificate that one's own attempt earned, or None."""
    row = tx.session.exec(
        select(CredentialRow).where(
            CredentialRow.attempt_id == attempt_id, CredentialRow.person_id == tx.actor.own_id
        )
    ).first()
    return _own(tx, row) if row else None


@needs(Permission.CREDENTIAL_OWN)
def own_credential_pdf(tx: Tx, serial: str) -> bytes:
    """Return the PDF of one's own certificate, as issued; raises `NotFound`."""
    pdf = tx.session.exec(
        select(CredentialFileRow.pdf)
        .join(CredentialRow, col(CredentialRow.serial) == col(CredentialFileRow.serial))
        .where(CredentialRow.serial == serial, CredentialRow.person_id == tx.actor.own_id)
    ).first()
    if pdf is None:
        raise NotFound(NOT_YOURS)
    return pdf


@needs(Permission.EXAM_SIT)
def own_report(tx: Tx, attempt_id: str) -> ReportFace:
    """Return what a report on one's own released exam prints: what may be seen of it now.

    Raises `NotFound` before the release.
    """
    verdict = own_verdict(tx, attempt_id)
    titles, result = objective_titles(tx, verdict.exam_id), verdict.result
    reached = ""
    if result.marks is not None:
        reached = f"{number(result.marks)} of {result.items} marks; the cut score is {result.cut}."
    return ReportFace(
        holder=printed_name(tx, tx.actor.own_id),
        exam=verdict.rules.title,
        version=verdict.version,
        sat_on=verdict.closed_at.date(),
        issuer=tx.config.academy_name,
        passed=result.passed,
        reached=reached,
        failures=tuple(failure_in_words(one, titles) for one in result.failures),
        rule=rule_applied(verdict.rules, result.items, result.cut, titles),
        lines=objective_lines(result, verdict.rules, titles),
        printed_on=tx.now.date(),
        demo=is_demo_academy(tx),
    )


@needs(Permission.KEY_CORRECT)
def certificates_of(tx: Tx, attempt_ids: Sequence[str]) -> dict[str, str]:
    """Return by attempt the serials of the certificates that these earned and that stand."""
    found: dict[str, str] = {}
    revoked = select(CredentialEventRow.serial).where(CredentialEventRow.kind == "revoked")
    for start in range(0, len(attempt_ids), _AT_ONCE):
        rows = tx.session.exec(
            select(CredentialRow.attempt_id, CredentialRow.serial).where(
                col(CredentialRow.attempt_id).in_(attempt_ids[start : start + _AT_ONCE]),
                col(CredentialRow.serial).not_in(revoked),
            )
        )
        found |= dict(rows.all())
    return found


@needs(Permission.CREDENTIAL_READ)
def credentials(tx: Tx, search: str = "", limit: int = 200) -> tuple[CredentialStanding, ...]:
    """Return issued certificates, newest first, whose serial or holder contains `search`."""
    query = select(CredentialRow.facts).order_by(col(CredentialRow.issued_at).desc()).limit(limit)
    if search.strip():
        wanted = search.strip().casefold()
        query = query.where(func.lower(CredentialRow.facts).contains(wanted, autoescape=True))
    rows = tx.session.exec(query).all()
    return tuple(_standing(tx, Facts.model_validate_json(stored)) for stored in rows)


@needs(Permission.AUDIT_READ)
def damaged_credentials(tx: Tx) -> tuple[str, ...]:
    """Return the serials whose stored PDF is not the one that the audit log says was issued.

    That also finds certificates without an entry: of a log cut short, or put in by hand.
    """
    rows = tx.session.exec(
        select(CredentialFileRow.serial, CredentialFileRow.pdf).order_by(CredentialFileRow.serial)
    ).yield_per(100)
    stored = {serial: hashlib.sha256(pdf).hexdigest() for serial, pdf in rows}
    issued = {
        entry.subject: json.loads(entry.facts)["pdf"]
        for entry in audit_entries_of(tx, "credential:issue")
    }
    serials = tx.session.exec(select(CredentialRow.serial)).all()
    return tuple(
        serial for serial in sorted({*serials, *issued}) if stored.get(serial) != issued.get(serial)
    )


def _own(tx: Tx, row: CredentialRow) -> OwnCredential:
    facts = Facts.model_validate_json(row.facts)
    return OwnCredential(_standing(tx, facts), row.attempt_id, facts.verify_url)


def _standing(tx: Tx, facts: Facts) -> CredentialStanding:
    events = tx.session.connection().execute(_REVOCATIONS, {"serial": facts.serial})
    revocations = [Revocation(at, reason) for at, reason in events]
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
        status=status_at(tx.now, facts.expires_at, revocations),
        revoked_at=revocations[0].at if revocations else None,
        reason=revocations[0].reason if revocations else None,
    )
