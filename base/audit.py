"""The audit log: appended in the same transaction as what it records, and hash-chained.

Entry n holds SHA-256(hash of entry n-1, SHA-256(number, instant, actor, action, subject, facts)),
so that a changed, removed or inserted entry shows. The log proves order and content; it holds no
answer text, no password and no e-mail address.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import func, insert
from sqlmodel import Field, col, select

from base.db import Row, Tx, UtcInstant
from base.permissions import Permission, needs

GENESIS = "0" * 64
# Any constant will do: PostgreSQL serialises writers of logs on it.
_LOCK_KEY = 7_310_578
_LONGEST_STRETCH = 20_000
EXPORT = "dossier:export"


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

    @property
    def fields(self) -> list[str]:
        """What the entry says, as its digest is made of it."""
        at = self.at.isoformat()
        return [str(self.number), at, self.actor, self.action, self.subject, self.facts]


@dataclass(frozen=True)
class Fact:
    """One thing to record: `action` is `area:verb`, `subject` the id of what was acted on."""

    action: str
    subject: str
    facts: Mapping[str, JsonValue]


def record(tx: Tx, action: str, subject: str, facts: Mapping[str, JsonValue]) -> None:
    """Append one entry; `action` is `area:verb`, `subject` the id of what was acted on."""
    record_all(tx, [Fact(action, subject, facts)])


def record_all(tx: Tx, done: Sequence[Fact]) -> None:
    """Append an entry for each of these, in order."""
    take_turn(tx)
    before, previous = newest_link(tx)
    rows: list[dict[str, object]] = []
    for number, one in enumerate(done, start=before + 1):
        entry = _entry(tx, number, one)
        previous = entry_hash(entry, previous)
        rows.append({**asdict(entry), "hash": previous})
    tx.session.connection().execute(insert(AuditRow), rows)


def take_turn(tx: Tx) -> None:
    """Wait until nobody else appends to a log of ours, and keep others waiting until the commit.

    One turn for every log, so that two who append to two of them never wait for each other.
    SQLite has one writer anyway.
    """
    if tx.session.get_bind().dialect.name == "postgresql":
        tx.session.exec(select(func.pg_advisory_xact_lock(_LOCK_KEY))).all()


def _entry(tx: Tx, number: int, one: Fact) -> AuditEntry:
    facts = json.dumps(one.facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    actor = tx.actor.person_id or tx.actor.name
    return AuditEntry(number, tx.now, actor, one.action, one.subject, facts, "")


def entry_hash(entry: AuditEntry, previous: str) -> str:
    """Return the hash, in hex, that this entry must carry after `previous`."""
    return hashlib.sha256((previous + entry_digest(entry)).encode()).hexdigest()


def entry_digest(entry: AuditEntry) -> str:
    """Return the SHA-256 of what the entry says, in hex.

    The chain is made of these, so that an extract proves the place of an entry without telling
    what others say.
    """
    said = json.dumps(entry.fields, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


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


def audit_extract(tx: Tx, subjects: Sequence[str]) -> JsonValue:
    """Return the entries about these subjects, and what proves their place in the chain.

    Between them stand the digests of the others; a stretch of more than 20,000 others is a jump to
    the hash at its end. Whoever was given an extract is not a part of it.
    """
    about = tx.session.exec(
        select(AuditRow)
        .where(col(AuditRow.subject).in_(subjects), AuditRow.action != EXPORT)
        .order_by(col(AuditRow.number))
    ).all()
    links: list[JsonValue] = []
    first = about[0].number if about else 1
    reached = first - 1
    for row in about:
        links += _between(tx, reached, row.number)
        links.append({"entry": [*_frozen(row).fields], "hash": row.hash})
        reached = row.number
    return {"before": _hash_at(tx, first - 1), "links": links}


def newest_link(tx: Tx) -> tuple[int, str]:
    """Return the number and the hash of the log's last entry."""
    found = tx.session.exec(
        select(AuditRow.number, AuditRow.hash).order_by(col(AuditRow.number).desc()).limit(1)
    ).first()
    return found or (0, GENESIS)


def _between(tx: Tx, reached: int, number: int) -> list[JsonValue]:
    if number - reached > _LONGEST_STRETCH:
        return [{"jump": _hash_at(tx, number - 1)}]
    rows = tx.session.exec(
        select(AuditRow)
        .where(col(AuditRow.number) > reached, col(AuditRow.number) < number)
        .order_by(col(AuditRow.number))
    ).yield_per(1000)
    return [{"digest": entry_digest(_frozen(row))} for row in rows]


def _hash_at(tx: Tx, number: int) -> str:
    found = select(AuditRow.hash).where(AuditRow.number == number)
    return tx.session.exec(found).first() or GENESIS


def _frozen(row: AuditRow) -> AuditEntry:
    return AuditEntry(row.number, row.at, row.actor, row.action, row.subject, row.facts, row.hash)
