"""Marking again what an approved correction affects, a batch a transaction.

An attempt is either as it was or wholly remarked, so that a replay may be killed at any moment and
gone on with by whoever comes next.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.commands.deciding import NewDecision, store_decisions
from quizbank.exams import Release
from quizbank.queries.corrections import correction_row
from quizbank.queries.marked_attempts import MarkedAttempt
from quizbank.queries.published import exam_version
from quizbank.queries.remarked_attempts import Changed, remarked_attempts
from quizbank.queries.remedies import remedy_of
from quizbank.queries.results import Verdict, verdict_on
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.corrections import CorrectionOutcomeRow
from quizbank.tables.decisions import DecisionRow


@needs(Permission.KEY_CORRECT)
def remark_listed(tx: Tx, limit: int) -> tuple[int, tuple[Verdict, ...]]:
    """Remark up to `limit` attempts that wait for it; returns how many were, and new verdicts.

    Those are of attempts that pass now, had not, and whose trainees see it at once.
    """
    listed = _listed(tx, limit)
    attempts = _attempts(tx, [one.attempt_id for one in listed])
    numbers = _numbers(tx, [one.before_id for one in listed])
    decisions = [
        NewDecision(one, numbers[line.before_id][0] + 1, line.correction_id)
        for line, one in zip(listed, _remarked(tx, listed, attempts), strict=True)
    ]
    stored = store_decisions(tx, decisions) if decisions else []
    passing: list[str] = []
    for row, attempt, decision, new_id in zip(listed, attempts, decisions, stored, strict=True):
        row.after_id = attempt.decision_id = new_id
        if exam_version(tx.session, attempt.exam_version_id).release is Release.IMMEDIATE:
            attempt.released_id = new_id
            if decision.marked.decision.passed and not numbers[row.before_id][1]:
                passing.append(attempt.id)
    tx.session.flush()
    return len(listed), tuple(verdict_on(tx, one) for one in passing)


def _remarked(
    tx: Tx, listed: Sequence[CorrectionOutcomeRow], attempts: Sequence[AttemptRow]
) -> Iterator[MarkedAttempt]:
    for correction_id, lines in groupby(
        zip(listed, attempts, strict=True), key=lambda line: line[0].correction_id
    ):
        row = correction_row(tx, correction_id)
        changed = Changed(row.item_version_id, remedy_of(row))
        for one in remarked_attempts(tx, [attempt for _, attempt in lines], changed):
            yield _whole(one)


def _listed(tx: Tx, limit: int) -> Sequence[CorrectionOutcomeRow]:
    return tx.session.exec(
        select(CorrectionOutcomeRow)
        .where(col(CorrectionOutcomeRow.after_id).is_(None))
        .order_by(col(CorrectionOutcomeRow.attempt_id))
        .limit(limit)
        # Another process goes on with others meanwhile.
        .with_for_update(skip_locked=True)
    ).all()


def _attempts(tx: Tx, ids: Sequence[str]) -> Sequence[AttemptRow]:
    return tx.session.exec(
        select(AttemptRow)
        .where(col(AttemptRow.id).in_(ids))
        .order_by(col(AttemptRow.id))
        .with_for_update()
    ).all()


def _numbers(tx: Tx, decision_ids: Sequence[str]) -> dict[str, tuple[int, bool]]:
    rows = tx.session.exec(
        select(DecisionRow.id, DecisionRow.number, DecisionRow.passed).where(
            col(DecisionRow.id).in_(decision_ids)
        )
    )
    return {one: (number, passed) for one, number, passed in rows}


def _whole(one: MarkedAttempt | None) -> MarkedAttempt:
    if one is None:
        raise RuntimeError("A decided attempt waits for markers.")
    return one
