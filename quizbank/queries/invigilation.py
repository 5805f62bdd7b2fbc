"""Who is where in running exams, for those who watch over them; never a question or an answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, Subquery, case, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.attempts import Action
from quizbank.queries.published import exam_version
from quizbank.tables.attempts import AttemptRow, LateAnswerRow, StepRow
from quizbank.tables.exams import ExamRow, FormItemRow
from quizbank.tables.sittings import ExamWindowRow, IncidentRow

MOST_SEATS = 1_000
# Long enough to write a report, short enough for a list.
_WATCHED = timedelta(days=7)
_EVENTS = (
    Action.STARTED,
    Action.PAUSED,
    Action.RESUMED,
    Action.TAKEN_OVER,
    Action.SUBMITTED,
    Action.CLOSED_AT_DEADLINE,
)


@dataclass(frozen=True)
class WatchedWindow:
    """A window whose sittings can be watched, or were lately."""

    id: str
    title: str
    exam_title: str
    opens_at: datetime


@dataclass(frozen=True)
class Seat:
    """One attempt as an invigilator sees it.

    `adjusted` says that its clock runs otherwise than for others, not why. `last_sign` is when
    anything was last saved in it; `taken_over` counts changes of the screen, `late` answers
    that came after the end, `notes` the incidents noted about it.
    """

    attempt_id: str
    person_id: str
    exam_title: str
    window_title: str | None
    started_at: datetime
    deadline: datetime | None
    closed_at: datetime | None
    paused_until: datetime | None
    adjusted: bool
    questions: int
    answered: int
    last_sign: datetime
    taken_over: int
    late: int
    notes: int


@dataclass(frozen=True)
class SeatEvent:
    """Something that happened in an attempt: begun, paused, taken over, ended."""

    action: Action
    at: datetime


@needs(Permission.EXAM_INVIGILATE)
def watched_windows(tx: Tx) -> tuple[WatchedWindow, ...]:
    """Return the windows that are open or were lately, and those of the next day; latest first."""
    rows = tx.session.exec(
        select(ExamWindowRow, ExamRow.title)
        .join(ExamRow, col(ExamRow.id) == col(ExamWindowRow.exam_id))
        .where(
            ExamWindowRow.closes_at > tx.now - _WATCHED,
            ExamWindowRow.opens_at < tx.now + timedelta(days=1),
        )
        .order_by(col(ExamWindowRow.opens_at).desc(), col(ExamWindowRow.id))
    )
    return tuple(WatchedWindow(row.id, row.title, title, row.opens_at) for row, title in rows)


@needs(Permission.EXAM_INVIGILATE)
def seats(tx: Tx, window_id: str | None = None) -> tuple[Seat, ...]:
    """Return every attempt in a window, or every running exam; at most `MOST_SEATS`."""
    if window_id is None:
        chosen = select_columns(col(AttemptRow.id)).where(col(AttemptRow.closed_at).is_(None))
    else:
        chosen = select_columns(col(AttemptRow.id)).where(col(AttemptRow.window_id) == window_id)
    return _seats(tx, chosen)


@needs(Permission.EXAM_INVIGILATE)
def seat(tx: Tx, attempt_id: str) -> Seat:
    """Return one attempt at an exam; raises `NotFound`."""
    found = _seats(tx, select_columns(col(AttemptRow.id)).where(col(AttemptRow.id) == attempt_id))
    if not found:
        raise NotFound("There is no such attempt. Go back to the board and choose one.")
    return found[0]


@needs(Permission.EXAM_INVIGILATE)
def events_of(tx: Tx, attempt_id: str) -> tuple[SeatEvent, ...]:
    """Return what happened in an attempt, but for what was asked and answered; oldest first."""
    rows = tx.session.exec(
        select(StepRow.action, StepRow.at)
        .where(StepRow.attempt_id == attempt_id, col(StepRow.action).in_(_EVENTS))
        .order_by(col(StepRow.number))
    )
    return tuple(SeatEvent(Action(action), at) for action, at in rows)


def _seats(tx: Tx, chosen: Select[str]) -> tuple[Seat, ...]:
    # One statement for everybody: it is asked every few seconds while a room is watched.
    given, signs = _answers(chosen), _signs(chosen)
    late, notes = _counts(LateAnswerRow, chosen), _counts(IncidentRow, chosen)
    places = (
        select_columns(func.count())
        .where(col(FormItemRow.form_id) == col(AttemptRow.form_id))
        .scalar_subquery()
    )
    query = (
        select_columns(
            AttemptRow,
            col(ExamRow.title),
            col(ExamWindowRow.title),
            places,
            func.coalesce(given.c.answered, 0),
            func.coalesce(signs.c.last, col(AttemptRow.started_at)),
            func.coalesce(signs.c.taken_over, 0),
            func.coalesce(late.c.number, 0),
            func.coalesce(notes.c.number, 0),
        )
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .outerjoin(ExamWindowRow, col(ExamWindowRow.id) == col(AttemptRow.window_id))
        .where(col(AttemptRow.id).in_(chosen), col(ExamRow.purpose) == "exam")
        .order_by(col(AttemptRow.started_at), col(AttemptRow.id))
        .limit(MOST_SEATS)
    )
    for found in (given, signs, late, notes):
        query = query.outerjoin(found, found.c.attempt_id == col(AttemptRow.id))
    return tuple(_seat(tx, *row) for row in tx.session.execute(query))  # pyright: ignore[reportDeprecated] SQLModel's own takes no such columns


def _seat(
    tx: Tx,
    attempt: AttemptRow,
    exam_title: str,
    window_title: str | None,
    places: int,
    answered: int,
    last_sign: datetime,
    taken_over: int,
    late: int,
    notes: int,
) -> Seat:
    rules = exam_version(tx.session, attempt.exam_version_id)
    return Seat(
        attempt_id=attempt.id,
        person_id=attempt.person_id,
        exam_title=exam_title,
        window_title=window_title,
        started_at=attempt.started_at,
        deadline=attempt.deadline,
        closed_at=attempt.closed_at,
        paused_until=attempt.paused_until if attempt.closed_at is None else None,
        adjusted=attempt.time_factor > 1 or attempt.pause_seconds > 60 * rules.break_minutes,
        questions=places - len(rules.descriptions),
        answered=answered,
        last_sign=last_sign,
        taken_over=taken_over,
        late=late,
        notes=notes,
    )


def _answers(chosen: Select[str]) -> Subquery:
    newest_first = func.row_number().over(
        partition_by=(col(StepRow.attempt_id), col(StepRow.position)),
        order_by=col(StepRow.number).desc(),
    )
    latest = (
        select_columns(col(StepRow.attempt_id), col(StepRow.response), newest_first.label("place"))
        .where(col(StepRow.attempt_id).in_(chosen), col(StepRow.action) == Action.ANSWERED)
        .subquery()
    )
    return (
        select_columns(latest.c.attempt_id, func.count().label("answered"))
        .where(latest.c.place == 1, latest.c.response.is_not(None))
        .group_by(latest.c.attempt_id)
        .subquery()
    )


def _signs(chosen: Select[str]) -> Subquery:
    taken_over = case((col(StepRow.action) == Action.TAKEN_OVER, 1), else_=0)
    return (
        select_columns(
            col(StepRow.attempt_id),
            func.max(col(StepRow.at)).label("last"),
            func.sum(taken_over).label("taken_over"),
        )
        .where(col(StepRow.attempt_id).in_(chosen))
        .group_by(col(StepRow.attempt_id))
        .subquery()
    )


def _counts(rows: Any, chosen: Select[str]) -> Subquery:
    return (
        select_columns(rows.attempt_id, func.count().label("number"))
        .where(rows.attempt_id.in_(chosen))
        .group_by(rows.attempt_id)
        .subquery()
    )
