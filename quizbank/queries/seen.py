"""Which window an ended exam stands in for its trainee, and so what may be seen of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, or_, select

from base.db import Tx
from quizbank.disclosure import ReviewWindow, may_see, window_at
from quizbank.exams import ExamRules
from quizbank.queries.published import exam_version
from quizbank.review_windows import Part
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.corrections import ReleaseEventRow
from quizbank.tables.decisions import DecisionRow
from quizbank.tables.sittings import ExamWindowRow


@dataclass(frozen=True)
class Seen:
    """The window now, when it ends (None where it does not), and what it shows."""

    window: ReviewWindow
    until: datetime | None
    parts: frozenset[Part]


def seen_of(tx: Tx, attempt: AttemptRow, released: DecisionRow) -> Seen:
    """Return what a released decision's trainee may see now. For queries that asked whose it is."""
    rules = exam_version(tx.session, attempt.exam_version_id)
    closes_at = _closes_at(tx, rules, attempt.exam_id)
    window, until = window_at(rules.review, _released_at(tx, released), closes_at, tx.now)
    return Seen(window, until, may_see(rules, window))


def _closes_at(tx: Tx, rules: ExamRules, exam_id: str) -> datetime | None:
    """Return when nobody sits the exam any more: on its date, and never before a window ends."""
    if not rules.windowed:
        return rules.review.closes_at
    # Who was sitting when a window was cancelled goes on.
    began = col(ExamWindowRow.cancelled_at) > col(ExamWindowRow.opens_at)
    last = tx.session.exec(
        select(func.max(ExamWindowRow.closes_at)).where(
            ExamWindowRow.exam_id == exam_id, or_(col(ExamWindowRow.cancelled_at).is_(None), began)
        )
    ).one()
    known = [one for one in (rules.review.closes_at, last) if one]
    return max(known) if known else None


def _released_at(tx: Tx, released: DecisionRow) -> datetime:
    # What nobody needs to release is out from the instant of the decision.
    by_somebody = tx.session.exec(
        select(ReleaseEventRow.at)
        .where(ReleaseEventRow.decision_id == released.id, ReleaseEventRow.action == "released")
        .order_by(col(ReleaseEventRow.number).desc())
        .limit(1)
    ).first()
    return by_somebody or released.at
