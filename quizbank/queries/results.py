"""Verdicts on everybody's attempts, for those who may read results."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.decisions import Decision, explained
from quizbank.exams import ExamRules
from quizbank.queries.attempts import NOT_YOURS
from quizbank.queries.published import exam_version
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import DecisionRow
from quizbank.tables.exams import ExamRow

_DECISION = TypeAdapter(Decision)


@dataclass(frozen=True)
class Verdict:
    """A decided attempt: whose, when, by which rules, with which outcome.

    For those who decide and read results; the trainee has `OwnVerdict`. `released` tells whether
    this decision is the one that the trainee may see.
    """

    attempt_id: str
    decision_id: str
    person_id: str
    exam_id: str
    rules: ExamRules
    started_at: datetime
    closed_at: datetime
    decision: Decision
    released: bool


@dataclass(frozen=True)
class ResultLine:
    """One attempt in the list of results; marks and verdict are None until it is decided."""

    attempt_id: str
    person_id: str
    exam_id: str
    exam_title: str
    started_at: datetime
    closed_at: datetime | None
    marks: float | None
    items: int
    passed: bool | None
    critical_misses: int


@needs(Permission.RESULT_READ)
def result_lines(tx: Tx, exam_id: str | None = None, limit: int = 1_000) -> tuple[ResultLine, ...]:
    """Return exam attempts, newest first."""
    query = (
        select(AttemptRow, ExamRow.title, DecisionRow)
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .outerjoin(DecisionRow, col(DecisionRow.id) == col(AttemptRow.decision_id))
        .where(ExamRow.purpose == "exam")
        .order_by(col(AttemptRow.started_at).desc())
        .limit(limit)
    )
    if exam_id is not None:
        query = query.where(AttemptRow.exam_id == exam_id)
    return tuple(
        ResultLine(
            attempt_id=attempt.id,
            person_id=attempt.person_id,
            exam_id=attempt.exam_id,
            exam_title=title,
            started_at=attempt.started_at,
            closed_at=attempt.closed_at,
            marks=decision.marks if decision else None,
            items=exam_version(tx.session, attempt.exam_version_id).size,
            passed=decision.passed if decision else None,
            critical_misses=_misses(decision),
        )
        for attempt, title, decision in tx.session.exec(query)
    )


@needs(Permission.RESULT_READ)
def verdict(tx: Tx, attempt_id: str) -> Verdict:
    """Return the verdict on anybody's attempt; raises `NotFound` while there is none."""
    return verdict_on(tx, attempt_id)


def verdict_on(tx: Tx, attempt_id: str) -> Verdict:
    """Return the verdict on an attempt that the caller may see; raises `NotFound`."""
    verdict = find_verdict(tx, attempt_id)
    if verdict is None:
        raise NotFound(NOT_YOURS)
    return verdict


def find_verdict(tx: Tx, attempt_id: str) -> Verdict | None:
    """Return the verdict on an attempt that the caller may see, or None while there is none."""
    found = tx.session.exec(
        select(AttemptRow, DecisionRow)
        .join(DecisionRow, col(DecisionRow.id) == col(AttemptRow.decision_id))
        .where(AttemptRow.id == attempt_id)
    ).first()
    if found is None:
        return None
    attempt, decision = found
    rules = exam_version(tx.session, attempt.exam_version_id)
    return Verdict(
        attempt_id=attempt.id,
        decision_id=decision.id,
        person_id=attempt.person_id,
        exam_id=attempt.exam_id,
        rules=rules,
        started_at=attempt.started_at,
        closed_at=attempt.closed_at or decision.at,
        decision=explained(rules, _DECISION.validate_json(decision.result)),
        released=attempt.released_id == decision.id,
    )


def _misses(decision: DecisionRow | None) -> int:
    return len(_DECISION.validate_json(decision.result).critical_misses) if decision else 0
