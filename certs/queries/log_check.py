"""The issuance log against what is stored: credentials, decisions, an earlier checkpoint."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from certs.canonical import NotCanonical, jcs
from certs.keys import KeyPurpose
from certs.merkle import leaf_hash
from certs.queries.keys import public_keys
from certs.queries.log_nodes import log_size
from certs.queries.log_tree import recomputed_root, tree_problems
from certs.tables.credentials import CredentialDataRow, CredentialFileRow, CredentialRow
from certs.tables.issuing import ManualIssueRow
from certs.tables.log import LogLeafRow
from courses.queries.terms import courses_by_exam
from quizbank.queries.passes import Pass, recorded_passes

# What waits to be signed is signed within minutes; after a day something keeps it.
_WAITING_FOR = timedelta(days=1)


@dataclass(frozen=True)
class CourseCount:
    """One course: who passed its exam, what was issued for that, by hand, and for nothing."""

    course: str
    passes: int
    earned: int
    by_hand: int
    unearned: int


@dataclass(frozen=True)
class LogReport:
    """The log as its leaves make it, every problem in a sentence, and the courses' counts.

    `waiting` counts the credentials that were issued and are not signed yet.
    """

    size: int
    root: str
    problems: tuple[str, ...]
    waiting: int
    courses: tuple[CourseCount, ...]


@dataclass(frozen=True)
class _Issued:
    """A credential, and how it came to be."""

    serial: str
    course: str
    earned: bool
    by_hand: bool


@needs(Permission.AUDIT_READ)
def log_report(tx: Tx, earlier: str | None = None) -> LogReport:
    """Check the whole log: its tree, the credentials in it, the decisions behind them.

    `earlier` is a checkpoint that somebody kept (a signed note): the log must extend it.
    """
    keys = [key.raw for key in public_keys(tx, KeyPurpose.LOG) if key.revoked_at is None]
    passes = recorded_passes(tx)
    issued = [*_issued(tx, passes)]
    waiting, forgotten = _unsigned(tx)
    problems = [
        *tree_problems(tx, keys, earlier),
        *_changed_since(tx),
        *_entries_of_nothing(tx),
        *forgotten,
        *_unearned(issued),
    ]
    size = log_size(tx)
    root = recomputed_root(tx, size).hex()
    return LogReport(size, root, tuple(problems), waiting, _counts(tx, issued, passes))


def _changed_since(tx: Tx) -> Iterator[str]:
    """Credentials whose stored data is not what the log holds in their place."""
    rows = tx.session.exec(
        select(CredentialDataRow.serial, CredentialDataRow.document, LogLeafRow.hash)
        .outerjoin(LogLeafRow, col(LogLeafRow.number) == col(CredentialDataRow.leaf))
        .order_by(col(CredentialDataRow.leaf))
    ).yield_per(500)
    for serial, document, logged in rows:
        if _leaf_of(document) != logged:
            yield f"{serial} is not in the log: what is stored of it is not what was logged."


def _leaf_of(document: str) -> str | None:
    try:
        return leaf_hash(jcs(json.loads(document))).hex()
    except (NotCanonical, ValueError):
        return None


def _entries_of_nothing(tx: Tx) -> Iterator[str]:
    rows = tx.session.exec(
        select(LogLeafRow.number)
        .outerjoin(CredentialDataRow, col(CredentialDataRow.leaf) == col(LogLeafRow.number))
        .where(col(CredentialDataRow.serial).is_(None))
        .order_by(col(LogLeafRow.number))
    )
    for number in rows:
        yield f"Entry {number} of the log is of no stored credential: one was taken out."


def _unsigned(tx: Tx) -> tuple[int, list[str]]:
    """How many are still to be signed, and those that should have been long ago."""
    rows = tx.session.exec(
        select(CredentialRow.serial, CredentialRow.issued_at, CredentialFileRow.sealed_at)
        .outerjoin(CredentialDataRow, col(CredentialDataRow.serial) == col(CredentialRow.serial))
        .outerjoin(CredentialFileRow, col(CredentialFileRow.serial) == col(CredentialRow.serial))
        .where(col(CredentialDataRow.serial).is_(None), col(CredentialRow.uuid).is_not(None))
        .order_by(col(CredentialRow.serial))
    ).all()
    problems: list[str] = []
    for serial, issued_at, sealed_at in rows:
        if sealed_at is not None:
            problems.append(f"{serial} is sealed, but not in the log.")
        elif issued_at < tx.now - _WAITING_FOR:
            problems.append(f"{serial} was issued over a day ago and is not in the log.")
    return len(rows), problems


def _issued(tx: Tx, passes: Mapping[str, Pass]) -> Iterator[_Issued]:
    approved = _approved(tx)
    for row in tx.session.exec(select(CredentialRow)).yield_per(500):
        facts = json.loads(row.facts)
        by = passes.get(row.decision_id or "")
        earned = by is not None and (by.attempt_id, by.person_id) == (row.attempt_id, row.person_id)
        by_hand = approved.get(row.grant_id or "") == row.person_id
        course = facts.get("course") or facts["achievement"]
        yield _Issued(row.serial, course, earned, by_hand)


def _approved(tx: Tx) -> dict[str, str]:
    """For whom two people agreed to issue by hand, by the request."""
    rows = tx.session.exec(select(ManualIssueRow).where(col(ManualIssueRow.approved).is_(True)))
    return {row.id: row.person_id for row in rows if row.answered_by not in {None, row.asked_by}}


def _unearned(issued: Sequence[_Issued]) -> Iterator[str]:
    for one in issued:
        if not (one.earned or one.by_hand):
            yield f"{one.serial} rests on no recorded decision and on no approval by two people."


def _counts(
    tx: Tx, issued: Sequence[_Issued], passes: Mapping[str, Pass]
) -> tuple[CourseCount, ...]:
    courses = courses_by_exam(tx)
    passed = Counter(
        courses[exam]
        for exam, _ in {(one.exam_id, one.attempt_id) for one in passes.values()}
        if exam in courses
    )
    earned = Counter(one.course for one in issued if one.earned)
    by_hand = Counter(one.course for one in issued if one.by_hand and not one.earned)
    unearned = Counter(one.course for one in issued if not (one.earned or one.by_hand))
    return tuple(
        CourseCount(name, passed[name], earned[name], by_hand[name], unearned[name])
        for name in sorted({*passed, *earned, *by_hand, *unearned})
    )
