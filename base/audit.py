"""The audit log: appended in the same transaction as what it records, and hash-chained.

Entry n holds SHA-256(hash of entry n-1, number, instant, actor, action, subject, facts), so that
a changed, removed or inserted entry shows. The log proves order and content; it holds no answer
text, no password and no e-mail address.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import func
from sqlmodel import Field, col, select

from base.db import Row, Tx, UtcInstant
from base.permissions import Permission, needs

GENESIS = "0" * 64
# Any constant will do: PostgreSQL serialises writers of the log on it.
_LOCK_KEY = 7_310_578


class AuditRow(Row, table=True):
    """One entry; `number` counts from 1 without gaps."""

    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)
    actor: str
    action: str = Field(index=True)
    subject: str = Field(index=True)
    facts: str
    hash: str = Field(unique=True)


@dataclass(frozen=True)
class AuditEntry:
    """What was done, by whom, to what, when."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    facts: str
    hash: str


def record(tx: Tx, action: str, subject: str, facts: Mapping[str, JsonValue]) -> None:
    """Append one entry; `action` is `area:verb`, `subject` the id of what was acted on."""
    if tx.session.get_bind().dialect.name == "postgresql":
        tx.session.exec(select(func.pg_advisory_xact_lock(_LOCK_KEY))).all()
    last = tx.session.exec(select(AuditRow).order_by(col(AuditRow.number).desc()).limit(1)).first()
    entry = AuditRow(
        number=last.number + 1 if last else 1,
        at=tx.now,
        actor=tx.actor.person_id or tx.actor.name,
        action=action,
        subject=subject,
        facts=json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
        hash="",
    )
    entry.hash = entry_hash(_frozen(entry), last.hash if last else GENESIS)
    tx.session.add(entry)
    tx.session.flush()


def entry_hash(entry: AuditEntry, previous: str) -> str:
    """Return the hash, in hex, that this entry must carry after `previous`."""
    fields = [
        previous,
        str(entry.number),
        entry.at.isoformat(),
        entry.actor,
        entry.action,
        entry.subject,
        entry.facts,
    ]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def first_break(entries: Iterable[AuditEntry]) -> int | None:
    """Return the number of the first entry that does not fit the chain, or None."""
    previous = GENESIS
    for expected, entry in enumerate(entries, start=1):
        if entry.number != expected or entry.hash != entry_hash(entry, previous):
            return expected
        previous = entry.hash
    return None


@needs(Permission.AUDIT_READ)
def audit_break(tx: Tx) -> int | None:
    """Return the number of the first damaged entry of the stored log, or None if it is whole."""
    rows = tx.session.exec(select(AuditRow).order_by(col(AuditRow.number))).yield_per(1000)
    return first_break(_frozen(row) for row in rows)


@needs(Permission.AUDIT_READ)
def audit_entries(tx: Tx, subject: str) -> tuple[AuditEntry, ...]:
    """Return the entries about one subject, oldest first."""
    rows = tx.session.exec(
        select(AuditRow).where(AuditRow.subject == subject).order_by(col(AuditRow.number))
    )
    return tuple(_frozen(row) for row in rows)


@needs(Permission.AUDIT_READ)
def audit_entries_of(tx: Tx, action: str) -> Iterator[AuditEntry]:
    """Go through the entries of one action, oldest first."""
    rows = tx.session.exec(
        select(AuditRow).where(AuditRow.action == action).order_by(col(AuditRow.number))
    ).yield_per(1000)
    return (_frozen(row) for row in rows)


def _frozen(row: AuditRow) -> AuditEntry:
    return AuditEntry(row.number, row.at, row.actor, row.action, row.subject, row.facts, row.hash)
