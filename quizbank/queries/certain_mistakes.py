"""Unsafe answers that were given with certainty, by topic: never which question it was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select as select_columns
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.queries.attempts import owned_attempt
from quizbank.queries.published import exam_version, item_version
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.corrections import RemediationRow
from quizbank.tables.decisions import MarkRow


@dataclass(frozen=True)
class CertainMistake:
    """An unsafe answer that its trainee was certain of, and how far it is put right.

    `practice_id` is the last round of fresh questions; `fresh_items` is how many a first one asks.
    """

    attempt_id: str
    objective: str
    topic: str
    read_at: datetime | None
    practice_id: str | None
    done_at: datetime | None
    fresh_items: int


@needs(Permission.EXAM_SIT)
def own_certain_mistakes(tx: Tx, attempt_id: str) -> tuple[CertainMistake, ...]:
    """Return those of one's own attempt, once its decision may be seen; raises `NotFound`."""
    owned_attempt(tx, attempt_id)
    return _mistakes(tx, _released().where(col(RemediationRow.attempt_id) == attempt_id))


@needs(Permission.RESULT_READ)
def certain_mistakes(tx: Tx, attempt_id: str) -> tuple[CertainMistake, ...]:
    """Return those of anybody's attempt, by the decision that stands."""
    return _mistakes(
        tx, _among(col(AttemptRow.decision_id)).where(col(RemediationRow.attempt_id) == attempt_id)
    )


@needs(Permission.EXAM_SIT)
def open_certain_mistakes(tx: Tx, exam_id: str) -> tuple[CertainMistake, ...]:
    """Return one's own that are still to be put right before the exam is taken again, in order."""
    return _mistakes(
        tx,
        _released().where(
            col(RemediationRow.person_id) == tx.actor.own_id,
            col(RemediationRow.exam_id) == exam_id,
            col(RemediationRow.done_at).is_(None),
        ),
    )


def open_rows(tx: Tx, exam_id: str, objective: str) -> list[RemediationRow]:
    """Return one's own open rows of an objective, locked, for the commands that put them right."""
    # Locked in one order, so that two tabs cannot wait for each other.
    rows = tx.session.exec(
        select(RemediationRow)
        .where(
            RemediationRow.person_id == tx.actor.own_id,
            RemediationRow.exam_id == exam_id,
            col(RemediationRow.done_at).is_(None),
        )
        .order_by(col(RemediationRow.id))
        .with_for_update()
    ).all()
    return [
        row for row in rows if item_version(tx.session, row.item_version_id).objective == objective
    ]


def _released() -> Any:
    return _among(col(AttemptRow.released_id))


def _among(decision_id: Mapped[str | None]) -> Any:
    """Return the query of those that this decision of their attempt still calls unsafe."""
    return (
        select_columns(
            col(RemediationRow.attempt_id),
            col(RemediationRow.item_version_id),
            col(RemediationRow.read_at),
            col(RemediationRow.practice_id),
            col(RemediationRow.done_at),
            col(AttemptRow.exam_version_id),
        )
        .join(AttemptRow, col(AttemptRow.id) == col(RemediationRow.attempt_id))
        .join(MarkRow, col(MarkRow.decision_id) == decision_id)
        .where(
            col(MarkRow.position) == col(RemediationRow.position),
            col(MarkRow.unsafe),
            col(MarkRow.scored),
        )
    )


def _mistakes(tx: Tx, query: Any) -> tuple[CertainMistake, ...]:
    rows = tx.session.connection().execute(query)
    found = [_mistake(tx, *row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.objective, one.topic, one.attempt_id)))


def _mistake(
    tx: Tx,
    attempt_id: str,
    item_version_id: str,
    read_at: datetime | None,
    practice_id: str | None,
    done_at: datetime | None,
    exam_version_id: str,
) -> CertainMistake:
    item = item_version(tx.session, item_version_id)
    fresh = exam_version(tx.session, exam_version_id).sureness.fresh_items
    return CertainMistake(
        attempt_id, item.objective, item.topic, read_at, practice_id, done_at, fresh
    )
