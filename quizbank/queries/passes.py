"""Every decision that passed somebody: what certificates are counted against."""

from dataclasses import dataclass

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import DecisionRow


@dataclass(frozen=True)
class Pass:
    """A recorded decision by which somebody passed an exam."""

    decision_id: str
    attempt_id: str
    person_id: str
    exam_id: str


@needs(Permission.AUDIT_READ)
def recorded_passes(tx: Tx) -> dict[str, Pass]:
    """Return by id the decisions that passed somebody, also those that a later one replaced."""
    rows = tx.session.exec(
        select(DecisionRow.id, AttemptRow.id, AttemptRow.person_id, AttemptRow.exam_id)
        .join(AttemptRow, col(AttemptRow.id) == col(DecisionRow.attempt_id))
        .where(col(DecisionRow.passed))
    ).yield_per(1000)
    return {row[0]: Pass(*row) for row in rows}
