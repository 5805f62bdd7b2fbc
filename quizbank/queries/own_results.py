"""One's own exams after they ended: that they wait, or the verdict as far as it may be seen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.decisions import Decision, explained
from quizbank.disclosure import ShownResult, shown
from quizbank.exams import ExamRules, Purpose, Release
from quizbank.queries.attempts import (
    NOT_YOURS,
    owned_attempt,
)
from quizbank.queries.published import exam_version
from quizbank.queries.seen import Seen, seen_of
from quizbank.review_windows import Part
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.corrections import ReleaseEventRow
from quizbank.tables.decisions import DecisionRow
from quizbank.tables.exams import ExamVersionRow

_DECISION = TypeAdapter(Decision)


@dataclass(frozen=True)
class HandedIn:
    """One's own exam that has ended and has no result yet.

    It waits to be marked by people, or, once `decided`, to be released.
    """

    attempt_id: str
    exam_id: str
    rules: ExamRules
    closed_at: datetime
    decided: bool


@dataclass(frozen=True)
class OwnVerdict:
    """The released verdict on one's own exam; `result` holds what `seen` allows now."""

    attempt_id: str
    decision_id: str
    exam_id: str
    version: int
    rules: ExamRules
    started_at: datetime
    closed_at: datetime
    seen: Seen
    result: ShownResult


@dataclass(frozen=True)
class AttemptSummary:
    """One line of one's own attempts; the verdict is None until it is released.

    The marks are None where they may not be seen, as then. `items` and `cut` are those of the
    verdict, which a key correction may have brought down.
    """

    id: str
    started_at: datetime
    closed_at: datetime | None
    marks: float | None
    items: int
    cut: int
    passed: bool | None


@dataclass(frozen=True)
class VerdictTold:
    """A verdict as one was told it; `marks` is None where it may not be seen now."""

    passed: bool
    marks: float | None
    items: int
    cut: int


@dataclass(frozen=True)
class Corrected:
    """What the correction of a key made of one's own verdict, and when it was decided anew."""

    at: datetime
    before: VerdictTold
    after: VerdictTold


@needs(Permission.EXAM_SIT)
def own_corrections_of(tx: Tx, attempt_id: str) -> tuple[Corrected, ...]:
    """Return what corrections changed of one's own released verdict, oldest first.

    None of what was decided before the first verdict that one was told; raises `NotFound`.
    """
    attempt = owned_attempt(tx, attempt_id)
    released = released_decision(tx, attempt)
    rules = exam_version(tx.session, attempt.exam_version_id)
    total = Part.TOTAL in seen_of(tx, attempt, released).parts
    rows = [one for one in _decided(tx, released) if _was_told(tx, one, rules)]
    told = [_verdict_told(one, total=total) for one in rows]
    return tuple(
        Corrected(row.at, before, after)
        for row, before, after in zip(rows[1:], told, told[1:], strict=False)
        if before != after
    )


@needs(Permission.EXAM_SIT)
def attempts_of_mine(tx: Tx, exam_id: str) -> tuple[AttemptSummary, ...]:
    """Return one's own attempts at an exam, newest first."""
    rows = tx.session.exec(
        select(AttemptRow, DecisionRow)
        .outerjoin(DecisionRow, col(DecisionRow.id) == col(AttemptRow.released_id))
        .where(AttemptRow.person_id == tx.actor.own_id, AttemptRow.exam_id == exam_id)
        .order_by(col(AttemptRow.started_at).desc())
    ).all()
    return tuple(_summary(tx, attempt, decision) for attempt, decision in rows)


@needs(Permission.EXAM_SIT)
def passed_exams(tx: Tx, exam_ids: Collection[str]) -> frozenset[str]:
    """Return those of the exams that one has passed, ever, by a verdict that is released."""
    rows = tx.session.exec(
        select(AttemptRow.exam_id)
        .join(DecisionRow, col(DecisionRow.id) == col(AttemptRow.released_id))
        .where(
            AttemptRow.person_id == tx.actor.own_id,
            col(AttemptRow.exam_id).in_(exam_ids),
            col(DecisionRow.passed),
        )
    )
    return frozenset(rows)


@needs(Permission.EXAM_SIT)
def handed_in(tx: Tx, attempt_id: str) -> HandedIn | None:
    """Return one's own exam while it has ended without a result; raises `NotFound`."""
    attempt = owned_attempt(tx, attempt_id)
    rules = exam_version(tx.session, attempt.exam_version_id)
    if attempt.closed_at is None or attempt.released_id or rules.purpose is not Purpose.EXAM:
        return None
    decided = attempt.decision_id is not None
    return HandedIn(attempt.id, attempt.exam_id, rules, attempt.closed_at, decided)


@needs(Permission.EXAM_SIT)
def own_verdict(tx: Tx, attempt_id: str) -> OwnVerdict:
    """Return the released verdict on one's own attempt; raises `NotFound` while there is none.

    It carries what the review windows show now, and never who marked one's essays.
    """
    attempt = owned_attempt(tx, attempt_id)
    released = released_decision(tx, attempt)
    rules = exam_version(tx.session, attempt.exam_version_id)
    seen = seen_of(tx, attempt, released)
    decision = explained(rules, _DECISION.validate_json(released.result))
    return OwnVerdict(
        attempt_id=attempt.id,
        decision_id=released.id,
        exam_id=attempt.exam_id,
        version=tx.session.get_one(ExamVersionRow, attempt.exam_version_id).number,
        rules=rules,
        started_at=attempt.started_at,
        closed_at=attempt.closed_at or released.at,
        seen=seen,
        result=shown(decision, seen.parts),
    )


def released_decision(tx: Tx, attempt: AttemptRow) -> DecisionRow:
    """Return the decision that an attempt's trainee may see; raises `NotFound`."""
    if attempt.released_id is None:
        raise NotFound(NOT_YOURS)
    return tx.session.get_one(DecisionRow, attempt.released_id)


def _decided(tx: Tx, released: DecisionRow) -> Sequence[DecisionRow]:
    return tx.session.exec(
        select(DecisionRow)
        .where(
            DecisionRow.attempt_id == released.attempt_id,
            col(DecisionRow.number) <= released.number,
        )
        .order_by(col(DecisionRow.number))
    ).all()


def _was_told(tx: Tx, decision: DecisionRow, rules: ExamRules) -> bool:
    if rules.release is Release.IMMEDIATE:
        return True
    by_somebody = select(ReleaseEventRow.at).where(
        ReleaseEventRow.decision_id == decision.id, ReleaseEventRow.action == "released"
    )
    return tx.session.exec(by_somebody).first() is not None


def _verdict_told(decision: DecisionRow, *, total: bool) -> VerdictTold:
    found = _DECISION.validate_json(decision.result)
    marks = decision.marks if total else None
    return VerdictTold(decision.passed, marks, found.items, found.cut)


def _summary(tx: Tx, attempt: AttemptRow, released: DecisionRow | None) -> AttemptSummary:
    rules = exam_version(tx.session, attempt.exam_version_id)
    if released is None:
        begun = (attempt.id, attempt.started_at, attempt.closed_at)
        return AttemptSummary(*begun, None, rules.size, rules.cut, None)
    decision = _DECISION.validate_json(released.result)
    total = Part.TOTAL in seen_of(tx, attempt, released).parts
    return AttemptSummary(
        attempt.id,
        attempt.started_at,
        attempt.closed_at,
        released.marks if total else None,
        decision.items,
        decision.cut,
        released.passed,
    )
