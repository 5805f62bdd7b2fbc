"""What a key correction would do: every affected attempt marked anew, and nothing stored."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.queries.corrections import (
    Reached,
    affected_attempts,
    being_replayed,
    correction_row,
    reached,
    reached_as_stored,
)
from quizbank.queries.marked_attempts import marked_attempts
from quizbank.queries.remarked_attempts import Changed, remarked_attempts
from quizbank.queries.remedies import remedy_of
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
    before: Reached
    after: Reached


@dataclass(frozen=True)
class _Decided:
    """An attempt and its decision that stands."""

    id: str
    person_id: str
    exam_id: str
    exam_version_id: str
    form_id: str
    title: str
    result: str


@needs(Permission.KEY_CORRECT)
def dry_run(
    tx: Tx, correction_id: str, tell: Callable[[int, int], None] | None = None
) -> tuple[Foreseen, ...]:
    """Return what a proposed correction would do, those with another verdict first.

    `tell` is told on the way how many attempts are marked, of how many.
    """
    row = correction_row(tx, correction_id)
    changed = Changed(row.item_version_id, remedy_of(row))
    # Until a replay is done, not every decision that stands follows all that was corrected.
    anew = being_replayed(tx)
    ids = [one.attempt_id for one in affected_attempts(tx, row.item_version_id)]
    found: list[Foreseen] = []
    for start in range(0, len(ids), _AT_ONCE):
        if tell:
            tell(start, len(ids))
        found += _foreseen(tx, ids[start : start + _AT_ONCE], changed, anew)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.before.passed == one.after.passed,
                one.before.marks == one.after.marks,
            ),
        )
    )


def _foreseen(tx: Tx, ids: Sequence[str], changed: Changed, anew: bool) -> Iterator[Foreseen]:
    decided = _decided(tx, ids)
    instead = {changed.version_id: changed.remedy}
    found = (
        marked_attempts(tx, decided, instead) if anew else remarked_attempts(tx, decided, changed)
    )
    for one, new in zip(decided, found, strict=True):
        if new is not None:
            was, now = reached_as_stored(one.result), reached(new.decision)
            yield Foreseen(one.id, one.person_id, one.title, was, now)
    # Thousands follow; what was read of these is not needed again.
    tx.session.expunge_all()


def _decided(tx: Tx, ids: Sequence[str]) -> list[_Decided]:
    rows = tx.session.connection().execute(
        select(
            col(AttemptRow.id),
            col(AttemptRow.person_id),
            col(AttemptRow.exam_id),
            col(AttemptRow.exam_version_id),
            col(AttemptRow.form_id),
            col(ExamRow.title),
            col(DecisionRow.result),
        )
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .join(DecisionRow, col(DecisionRow.id) == col(AttemptRow.decision_id))
        .where(col(AttemptRow.id).in_(ids))
        .order_by(col(AttemptRow.id))
    )
    return [_Decided(*row) for row in rows]
