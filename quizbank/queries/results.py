"""Verdicts on everybody's attempts, for those who may read results."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.decisions import Decision, ObjectiveResult, explained
from quizbank.exams import ExamRules
from quizbank.queries.attempts import NOT_YOURS
from quizbank.queries.published import exam_version
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import DecisionRow
from quizbank.tables.exams import ExamRow, ExamVersionRow

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


class Standing(StrEnum):
    """How far an attempt has come."""

    RUNNING = "running"
    TO_MARK = "to be marked"
    HELD = "not released"
    RELEASED = "released"


@dataclass(frozen=True)
class ResultFilter:
    """Which attempts are asked for; None where it does not matter. `until` is not included."""

    people: frozenset[str] | None = None
    exam_id: str | None = None
    passed: bool | None = None
    standing: Standing | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = ResultFilter()


@dataclass(frozen=True)
class ResultLine:
    """One attempt in the list of results; marks and verdict are None until it is decided.

    `items` are the questions that counted, or that will.
    """

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
    objectives: tuple[ObjectiveResult, ...] = ()
    released: bool = False

    @property
    def standing(self) -> Standing:
        """How far the attempt has come."""
        if self.passed is None:
            return Standing.RUNNING if self.closed_at is None else Standing.TO_MARK
        return Standing.RELEASED if self.released else Standing.HELD


@needs(Permission.RESULT_READ)
def result_lines(
    tx: Tx, wanted: ResultFilter = EVERYTHING, limit: int = 1_000
) -> tuple[ResultLine, ...]:
    """Return the exam attempts that are asked for, newest first."""
    query = (
        select(AttemptRow, ExamRow.title, DecisionRow)
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .outerjoin(DecisionRow, col(DecisionRow.id) == col(AttemptRow.decision_id))
        .where(ExamRow.purpose == "exam", *_conditions(wanted))
        .order_by(col(AttemptRow.started_at).desc(), col(AttemptRow.id))
        .limit(limit)
    )
    return tuple(
        _line(attempt, title, row, exam_version(tx.session, attempt.exam_version_id).size)
        for attempt, title, row in tx.session.exec(query)
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


def attempts_at(tx: Tx, exam_id: str, person_id: str) -> tuple[str, ...]:
    """Return the ids of a person's attempts at an exam. Part of the commands that award."""
    own = select(AttemptRow.id).where(
        AttemptRow.exam_id == exam_id, AttemptRow.person_id == person_id
    )
    return tuple(tx.session.exec(own))


def decided_pass(tx: Tx, decision_id: str) -> str | None:
    """Return whose attempt this decision passed, None where it is none that passes anybody.

    Part of the commands that sign.
    """
    query = (
        select(AttemptRow.person_id)
        .join(DecisionRow, col(DecisionRow.attempt_id) == col(AttemptRow.id))
        .where(DecisionRow.id == decision_id, col(DecisionRow.passed))
    )
    return tx.session.exec(query).first()


def exam_version_number(tx: Tx, attempt_id: str) -> int:
    """Return which version of its exam an attempt sat. Part of the commands that award."""
    query = (
        select(ExamVersionRow.number)
        .join(AttemptRow, col(AttemptRow.exam_version_id) == col(ExamVersionRow.id))
        .where(AttemptRow.id == attempt_id)
    )
    return tx.session.exec(query).one()


def _conditions(wanted: ResultFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.people is not None:
        yield col(AttemptRow.person_id).in_(sorted(wanted.people))
    if wanted.exam_id is not None:
        yield col(AttemptRow.exam_id) == wanted.exam_id
    if wanted.passed is not None:
        yield col(DecisionRow.passed).is_(wanted.passed)
    if wanted.since is not None:
        yield col(AttemptRow.started_at) >= wanted.since
    if wanted.until is not None:
        yield col(AttemptRow.started_at) < wanted.until
    if wanted.standing is not None:
        yield _STANDING[wanted.standing]


_STANDING: dict[Standing, ColumnElement[bool]] = {
    Standing.RUNNING: col(AttemptRow.closed_at).is_(None),
    Standing.TO_MARK: and_(
        col(AttemptRow.closed_at).is_not(None), col(AttemptRow.decision_id).is_(None)
    ),
    Standing.HELD: and_(
        col(AttemptRow.decision_id).is_not(None),
        or_(
            col(AttemptRow.released_id).is_(None),
            col(AttemptRow.released_id) != col(AttemptRow.decision_id),
        ),
    ),
    Standing.RELEASED: col(AttemptRow.released_id) == col(AttemptRow.decision_id),
}


def _line(attempt: AttemptRow, title: str, row: DecisionRow | None, size: int) -> ResultLine:
    decision = _DECISION.validate_json(row.result) if row else None
    return ResultLine(
        attempt_id=attempt.id,
        person_id=attempt.person_id,
        exam_id=attempt.exam_id,
        exam_title=title,
        started_at=attempt.started_at,
        closed_at=attempt.closed_at,
        marks=row.marks if row else None,
        items=decision.items if decision else size,
        passed=row.passed if row else None,
        critical_misses=len(decision.critical_misses) if decision else 0,
        objectives=decision.objectives if decision else (),
        released=row is not None and attempt.released_id == row.id,
    )
