"""Windows in which exams are sat: all of them for who plans them, one's own as one finds them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.queries.published import exam_version
from quizbank.sittings import Window
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.exams import ExamRow
from quizbank.tables.sittings import ExamWindowRow, InvitationRow

MOST_LISTED = 500


@dataclass(frozen=True)
class WindowedExam:
    """An exam that is sat in windows only."""

    exam_id: str
    title: str


@dataclass(frozen=True)
class PlannedWindow:
    """A window as who plans it sees it.

    `invited` counts invitations by name, `codes` those by code, `used` the codes that somebody
    gave; `running` and `ended` count the attempts in it.
    """

    id: str
    exam_id: str
    exam_title: str
    title: str
    opens_at: datetime
    closes_at: datetime
    password: str | None
    invited_only: bool
    created_by: str
    cancelled_at: datetime | None
    invited: int
    codes: int
    used: int
    running: int
    ended: int


@dataclass(frozen=True)
class Invitation:
    """Who is admitted to a window: by name, or by a code that nobody, or this person, gave."""

    id: str
    person_id: str | None
    by_code: bool
    used_at: datetime | None


@needs(Permission.EXAM_SCHEDULE)
def windowed_exams(tx: Tx) -> tuple[WindowedExam, ...]:
    """Return the exams that windows can be planned for, by title."""
    rows = tx.session.exec(select(ExamRow).order_by(col(ExamRow.title), col(ExamRow.id))).all()
    return tuple(
        WindowedExam(row.id, row.title)
        for row in rows
        if exam_version(tx.session, row.version_id).windowed
    )


@needs(Permission.EXAM_SCHEDULE)
def planned_windows(tx: Tx) -> tuple[PlannedWindow, ...]:
    """Return the windows, the latest first, at most `MOST_LISTED`."""
    newest = select(ExamWindowRow).order_by(col(ExamWindowRow.opens_at).desc()).limit(MOST_LISTED)
    return _planned(tx, tx.session.exec(newest).all())


@needs(Permission.EXAM_SCHEDULE)
def planned_window(tx: Tx, window_id: str) -> PlannedWindow:
    """Return one window; raises `NotFound`."""
    row = tx.session.get(ExamWindowRow, window_id)
    if row is None:
        raise NotFound("There is no such window. Go back to the list and choose one.")
    (told,) = _planned(tx, [row])
    return told


@needs(Permission.EXAM_SCHEDULE)
def invitations_to(tx: Tx, window_id: str) -> tuple[Invitation, ...]:
    """Return the standing invitations to a window, in the order they were made."""
    rows = tx.session.exec(
        select(InvitationRow)
        .where(InvitationRow.window_id == window_id, col(InvitationRow.withdrawn_at).is_(None))
        .order_by(col(InvitationRow.created_at), col(InvitationRow.id))
    )
    return tuple(
        Invitation(row.id, row.person_id, row.code is not None, row.used_at) for row in rows
    )


def windows_for(tx: Tx, exam_id: str) -> tuple[Window, ...]:
    """Return the exam's windows that are not over, as the acting person finds them."""
    mine = (
        select(InvitationRow.id)
        .where(
            InvitationRow.window_id == ExamWindowRow.id,
            InvitationRow.person_id == tx.actor.own_id,
            col(InvitationRow.withdrawn_at).is_(None),
        )
        .exists()
    )
    rows = tx.session.exec(
        select(ExamWindowRow, mine).where(
            ExamWindowRow.exam_id == exam_id,
            col(ExamWindowRow.cancelled_at).is_(None),
            ExamWindowRow.closes_at > tx.now,
        )
    )
    return tuple(
        Window(
            id=row.id,
            title=row.title,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            asks_password=row.password is not None,
            invited_only=row.invited_only,
            invited=bool(invited),
        )
        for row, invited in rows
    )


def _planned(tx: Tx, rows: Iterable[ExamWindowRow]) -> tuple[PlannedWindow, ...]:
    windows = list(rows)
    ids = [row.id for row in windows]
    titles = dict(tx.session.exec(select(ExamRow.id, ExamRow.title)).all())
    invited, sat = _invitations(tx, ids), _attempts(tx, ids)
    none = (0, 0, 0)
    return tuple(
        PlannedWindow(
            id=row.id,
            exam_id=row.exam_id,
            exam_title=titles[row.exam_id],
            title=row.title,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            password=row.password,
            invited_only=row.invited_only,
            created_by=row.created_by,
            cancelled_at=row.cancelled_at,
            invited=invited.get(row.id, none)[0],
            codes=invited.get(row.id, none)[1],
            used=invited.get(row.id, none)[2],
            running=sat.get(row.id, (0, 0))[0],
            ended=sat.get(row.id, (0, 0))[1],
        )
        for row in windows
    )


def _invitations(tx: Tx, ids: list[str]) -> dict[str, tuple[int, int, int]]:
    by_code = col(InvitationRow.code).is_not(None)
    query = (
        select_columns(
            col(InvitationRow.window_id),
            func.sum(case((by_code, 0), else_=1)),
            func.sum(case((by_code, 1), else_=0)),
            func.sum(case((by_code & col(InvitationRow.used_at).is_not(None), 1), else_=0)),
        )
        .where(col(InvitationRow.window_id).in_(ids), col(InvitationRow.withdrawn_at).is_(None))
        .group_by(col(InvitationRow.window_id))
    )
    rows = tx.session.connection().execute(query)
    return {window: (named, codes, used) for window, named, codes, used in rows}


def _attempts(tx: Tx, ids: list[str]) -> dict[str, tuple[int, int]]:
    running = func.sum(case((col(AttemptRow.closed_at).is_(None), 1), else_=0))
    query = (
        select_columns(col(AttemptRow.window_id), running, func.count())
        .where(col(AttemptRow.window_id).in_(ids))
        .group_by(col(AttemptRow.window_id))
    )
    rows = tx.session.connection().execute(query)
    return {window: (sitting, every - sitting) for window, sitting, every in rows if window}
