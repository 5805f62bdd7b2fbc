"""Noting, with a decision, the unsafe answers that were given with certainty."""

from collections.abc import Mapping, Sequence, Set

from sqlalchemy import insert, select
from sqlmodel import col

from base.audit import Fact, record_all
from base.db import Tx
from base.ids import new_id
from quizbank.attempts import Action
from quizbank.confidence import Confidence
from quizbank.queries.marked_attempts import MarkedAttempt
from quizbank.tables.attempts import StepRow
from quizbank.tables.corrections import RemediationRow

_AT_ONCE = 500
Place = tuple[str, int]


def note_certain_mistakes(tx: Tx, decided: Sequence[MarkedAttempt]) -> None:
    """Append one remediation for each; one that an earlier decision made is not made again.

    Part of storing decisions, in their transaction.
    """
    unsafe = {
        (one.attempt.id, item.position): one
        for one in decided
        for item in one.marked
        if item.unsafe and item.scored
    }
    attempts = sorted({attempt for attempt, _ in unsafe})
    certain = _certain_places(tx, attempts) - _noted_places(tx, attempts)
    rows = [_row(tx, place, unsafe[place]) for place in sorted(certain & unsafe.keys())]
    if rows:
        tx.session.connection().execute(insert(RemediationRow), rows)
        record_all(tx, [_fact(row) for row in rows])


def _certain_places(tx: Tx, attempts: Sequence[str]) -> Set[Place]:
    """Return the places of which the last that was said is that the answer is certain."""
    said: dict[Place, str] = {}
    for start in range(0, len(attempts), _AT_ONCE):
        query = (
            select(col(StepRow.attempt_id), col(StepRow.position), col(StepRow.confidence))
            .where(
                col(StepRow.attempt_id).in_(attempts[start : start + _AT_ONCE]),
                col(StepRow.action) == Action.ANSWERED,
                col(StepRow.confidence).is_not(None),
            )
            .order_by(col(StepRow.attempt_id), col(StepRow.number))
        )
        for attempt, position, confidence in tx.session.connection().execute(query):
            said[attempt, int(position or 0)] = str(confidence)
    return {place for place, confidence in said.items() if confidence == Confidence.CERTAIN}


def _noted_places(tx: Tx, attempts: Sequence[str]) -> Set[Place]:
    noted: set[Place] = set()
    for start in range(0, len(attempts), _AT_ONCE):
        query = select(col(RemediationRow.attempt_id), col(RemediationRow.position)).where(
            col(RemediationRow.attempt_id).in_(attempts[start : start + _AT_ONCE])
        )
        noted |= {(attempt, at) for attempt, at in tx.session.connection().execute(query)}
    return noted


def _row(tx: Tx, place: Place, one: MarkedAttempt) -> dict[str, object]:
    versions = {
        item.position: version for version, item in zip(one.versions, one.marked, strict=True)
    }
    return {
        "id": new_id(),
        "person_id": one.attempt.person_id,
        "exam_id": one.attempt.exam_id,
        "attempt_id": place[0],
        "position": place[1],
        "item_version_id": versions[place[1]],
        "at": tx.now,
    }


def _fact(row: Mapping[str, object]) -> Fact:
    facts = {"remediation": str(row["id"]), "position": int(str(row["position"]))}
    return Fact("attempt:certain-mistake", str(row["attempt_id"]), facts)
