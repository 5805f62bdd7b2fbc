"""What a key correction would do: every affected attempt marked anew, and nothing stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.queries.corrections import affected_attempts, correction_row
from quizbank.queries.marked_attempts import marked_attempts
from quizbank.queries.remedies import remedy_of
from quizbank.remedies import Remedy
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import DecisionRow
from quizbank.tables.exams import ExamRow

_AT_ONCE = 200


@dataclass(frozen=True)
class Foreseen:
    """One attempt as it stands and as it would."""

    attempt_id: str
    person_id: str
    exam_title: str
    marks_before: float
    marks_after: float
    passed_before: bool
    passed_after: bool


@needs(Permission.KEY_CORRECT)
def dry_run(tx: Tx, correction_id: str) -> tuple[Foreseen, ...]:
    """Return what a proposed correction would do, those with another verdict first."""
    row = correction_row(tx, correction_id)
    instead = {row.item_version_id: remedy_of(row)}
    ids = [one.attempt_id for one in affected_attempts(tx, row.item_version_id)]
    found = [
        one
        for start in range(0, len(ids), _AT_ONCE)
        for one in _foreseen(tx, ids[start : start + _AT_ONCE], instead)
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.passed_before == one.passed_after,
                one.marks_before == one.marks_after,
            ),
        )
    )


def _foreseen(tx: Tx, ids: list[str], instead: Mapping[str, Remedy]) -> Iterator[Foreseen]:
    rows = tx.session.exec(
        select(AttemptRow, ExamRow.title, DecisionRow.marks, DecisionRow.passed)
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .join(DecisionRow, col(DecisionRow.id) == col(AttemptRow.decision_id))
        .where(col(AttemptRow.id).in_(ids))
        .order_by(col(AttemptRow.id))
    ).all()
    marked = marked_attempts(tx, [attempt for attempt, *_ in rows], instead)
    for (attempt, title, marks, passed), new in zip(rows, marked, strict=True):
        if new is not None:
            after = new.decision
            yield Foreseen(
                attempt.id, attempt.person_id, title, marks, after.marks, passed, after.passed
            )
    # Thousands follow; what was read of these is not needed again.
    tx.session.expunge_all()
