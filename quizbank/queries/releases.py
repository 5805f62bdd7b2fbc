"""Decided exams that their trainees may not see yet, for those who release them."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import col, or_, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.decisions import Decision, Failure, explained
from quizbank.exams import Purpose, Release
from quizbank.queries.published import exam_version
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.corrections import ReleaseEventRow
from quizbank.tables.decisions import DecisionRow
from quizbank.tables.exams import ExamRow

_DECISION = TypeAdapter(Decision)


@dataclass(frozen=True)
class Agreement:
    """Somebody agreed to a decision, so that another person may release it."""

    person_id: str | None
    person: str
    at: datetime


@dataclass(frozen=True)
class ToRelease:
    """A decision that waits to be released; `mine` tells that one agreed to it oneself.

    `anew` tells that a correction made it: the trainee still sees the decision before it.
    """

    attempt_id: str
    decision_id: str
    person_id: str
    exam_title: str
    closed_at: datetime
    decided_at: datetime
    passed: bool
    marks: float
    items: int
    cut: int
    failures: tuple[Failure, ...]
    release: Release
    agreed: Agreement | None
    mine: bool
    anew: bool

    @property
    def needs_agreement(self) -> bool:
        """Whether a first person must agree before another one releases it."""
        return self.release is Release.SECOND_PERSON and self.agreed is None


@dataclass(frozen=True)
class ReleaseEvent:
    """What somebody did so that a trainee sees a decision: agreed to it, or released it."""

    action: str
    person: str
    at: datetime


@needs(Permission.RESULT_READ)
def release_events(tx: Tx, decision_id: str) -> tuple[ReleaseEvent, ...]:
    """Return who agreed to a decision and who released it, in order; empty where nobody had to."""
    rows = tx.session.exec(
        select(ReleaseEventRow)
        .where(ReleaseEventRow.decision_id == decision_id)
        .order_by(col(ReleaseEventRow.number))
    )
    return tuple(ReleaseEvent(row.action, row.person, row.at) for row in rows)


@needs(Permission.RESULT_RELEASE)
def release_queue(tx: Tx, limit: int = 200) -> tuple[ToRelease, ...]:
    """Return what waits to be released, decided longest ago first; never one's own attempt."""
    rows = tx.session.exec(
        select(AttemptRow, DecisionRow, ExamRow.title)
        .join(DecisionRow, col(DecisionRow.id) == col(AttemptRow.decision_id))
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .where(
            ExamRow.purpose == Purpose.EXAM,
            AttemptRow.person_id != tx.actor.own_id,
            or_(
                col(AttemptRow.released_id).is_(None),
                col(AttemptRow.released_id) != col(AttemptRow.decision_id),
            ),
        )
        .order_by(col(DecisionRow.at), col(DecisionRow.id))
        .limit(limit)
    ).all()
    agreed = _agreements(tx, [decision.id for _, decision, _ in rows])
    return tuple(
        _line(tx, attempt, decision, title, agreed.get(decision.id))
        for attempt, decision, title in rows
    )


def agreement_on(tx: Tx, decision_id: str) -> Agreement | None:
    """Return who agreed to a decision, for commands that asked who acts."""
    return _agreements(tx, [decision_id]).get(decision_id)


def _agreements(tx: Tx, decision_ids: list[str]) -> dict[str, Agreement]:
    rows = tx.session.exec(
        select(ReleaseEventRow).where(
            col(ReleaseEventRow.decision_id).in_(decision_ids),
            ReleaseEventRow.action == "agreed",
        )
    )
    return {row.decision_id: Agreement(row.person_id, row.person, row.at) for row in rows}


def _line(
    tx: Tx, attempt: AttemptRow, row: DecisionRow, title: str, agreed: Agreement | None
) -> ToRelease:
    rules = exam_version(tx.session, attempt.exam_version_id)
    decision = explained(rules, _DECISION.validate_json(row.result))
    return ToRelease(
        attempt_id=attempt.id,
        decision_id=row.id,
        person_id=attempt.person_id,
        exam_title=title,
        closed_at=attempt.closed_at or row.at,
        decided_at=row.at,
        passed=decision.passed,
        marks=decision.marks,
        items=decision.items,
        cut=decision.cut,
        failures=decision.failures,
        release=rules.release,
        agreed=agreed,
        mine=agreed is not None and agreed.person_id == tx.actor.person_id,
        anew=attempt.released_id is not None,
    )
