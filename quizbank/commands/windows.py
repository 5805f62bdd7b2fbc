"""Planning windows for exams, moving them, and inviting people to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, update

from base.audit import Fact, record, record_all
from base.db import Tx
from base.errors import Conflict, Expired, Invalid, NotFound
from base.ids import code_digest, new_code, new_id
from base.permissions import Permission, needs
from quizbank.queries.breaks import pauses_of, timing_of
from quizbank.queries.published import exam_version
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.exams import ExamRow
from quizbank.tables.sittings import ExamWindowRow, InvitationRow

MOST_CODES = 500
LONGEST_TITLE = 120
LONGEST_PASSWORD = 60


@dataclass(frozen=True)
class WindowPlan:
    """A window to be: which exam, its name, from when to when, its password, whom it admits."""

    exam_id: str
    title: str
    opens_at: datetime
    closes_at: datetime
    password: str = ""
    invited_only: bool = False


@needs(Permission.EXAM_SCHEDULE)
def plan_window(tx: Tx, plan: WindowPlan) -> str:
    """Plan a window and return its id; raises `Invalid` with everything that is wrong with it."""
    if problems := _problems(tx, plan):
        raise Invalid(problems)
    row = ExamWindowRow(
        id=new_id(),
        exam_id=plan.exam_id,
        title=plan.title.strip(),
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        password=plan.password.strip() or None,
        invited_only=plan.invited_only,
        created_at=tx.now,
        created_by=tx.actor.name,
    )
    tx.session.add(row)
    tx.session.flush()
    times = {"opens": plan.opens_at.isoformat(), "closes": plan.closes_at.isoformat()}
    record(tx, "window:plan", row.id, {"exam": plan.exam_id, **times})
    return row.id


@needs(Permission.EXAM_SCHEDULE)
def move_window(tx: Tx, window_id: str, opens_at: datetime, closes_at: datetime) -> int:
    """Move a window that has not opened; extend one that is open, in everybody's favour.

    Returns how many people who sit in it have a later deadline by it: none has an earlier one.
    Raises `Invalid` where an open one would begin or end otherwise than later, or for times that no
    window may have; `Conflict` or `Expired` for one that is cancelled or over.
    """
    window = _coming(tx, window_id)
    before = {"opened": window.opens_at.isoformat(), "closed": window.closes_at.isoformat()}
    extends = opens_at == window.opens_at and closes_at > window.closes_at
    if window.opens_at <= tx.now and not extends:
        raise Invalid(["This window is open already, so it can only close later than planned."])
    if problems := _problems_of_times(tx, opens_at, closes_at):
        raise Invalid(problems)
    window.opens_at, window.closes_at = opens_at, closes_at
    tx.session.flush()
    later = _follow_window(tx, window)
    times = {"opens": opens_at.isoformat(), "closes": closes_at.isoformat()}
    record(tx, "window:move", window.id, {**times, **before, "attempts": len(later)})
    if later:
        record_all(tx, later)
    return len(later)


def _follow_window(tx: Tx, window: ExamWindowRow) -> list[Fact]:
    """Move the deadlines of who sits in it, as they are made of the window's end."""
    running = tx.session.exec(
        select(AttemptRow)
        .where(AttemptRow.window_id == window.id, col(AttemptRow.closed_at).is_(None))
        .order_by(col(AttemptRow.id))
        .with_for_update()
    ).all()
    moved: list[Fact] = []
    for attempt in running:
        before = attempt.deadline
        after = timing_of(tx, attempt).deadline(pauses_of(tx, attempt))
        if before is None or after is None or after <= before:
            continue
        attempt.deadline = after
        said = {"window": window.id, "from": before.isoformat(), "to": after.isoformat()}
        moved.append(Fact("attempt:extend", attempt.id, dict[str, JsonValue](said)))
    tx.session.flush()
    return moved


@needs(Permission.EXAM_SCHEDULE)
def cancel_window(tx: Tx, window_id: str) -> None:
    """Let nobody begin in the window any more; who is sitting goes on, to their own deadline.

    Cancelling twice changes nothing; raises `Expired` for one that is over.
    """
    window = _window(tx, window_id)
    if window.cancelled_at:
        return
    if window.closes_at <= tx.now:
        raise Expired("This window is over already; there is nothing to cancel.")
    window.cancelled_at = tx.now
    record(tx, "window:cancel", window.id, {})


@needs(Permission.EXAM_SCHEDULE)
def invite(tx: Tx, window_id: str, person_ids: Sequence[str]) -> int:
    """Invite people to a window by name; returns how many were not invited before."""
    window = _coming(tx, window_id)
    invited = set(
        tx.session.exec(
            select(InvitationRow.person_id).where(
                InvitationRow.window_id == window.id, col(InvitationRow.withdrawn_at).is_(None)
            )
        )
    )
    fresh = [one for one in dict.fromkeys(person_ids) if one not in invited]
    try:
        with tx.session.begin_nested():
            tx.session.add_all([_invitation(tx, window.id, person_id=one) for one in fresh])
    except IntegrityError:
        raise NotFound("One of these people is no longer here. Reload the page.") from None
    if fresh:
        record(tx, "window:invite", window.id, {"people": list[JsonValue](fresh)})
    return len(fresh)


@needs(Permission.EXAM_SCHEDULE)
def make_codes(tx: Tx, window_id: str, number: int) -> tuple[str, ...]:
    """Make so many codes, each of which admits one person to the window.

    Only their digests are kept, so they can be shown this once.
    """
    if not 1 <= number <= MOST_CODES:
        raise Invalid([f"Make 1 to {MOST_CODES} codes at a time."])
    window = _coming(tx, window_id)
    codes = tuple(new_code() for _ in range(number))
    for code in codes:
        tx.session.add(_invitation(tx, window.id, code=code_digest(code)))
    tx.session.flush()
    record(tx, "window:codes", window.id, {"number": number})
    return codes


@needs(Permission.EXAM_SCHEDULE)
def withdraw_invitation(tx: Tx, invitation_id: str) -> None:
    """Admit this person, or this code, no longer; an attempt that has begun goes on."""
    withdrawn = tx.session.exec(
        update(InvitationRow)
        .where(col(InvitationRow.id) == invitation_id, col(InvitationRow.withdrawn_at).is_(None))
        .values(withdrawn_at=tx.now)
        .returning(col(InvitationRow.window_id))
    ).first()
    if withdrawn:
        record(tx, "window:withdraw", withdrawn[0], {"invitation": invitation_id})


def _invitation(
    tx: Tx, window_id: str, person_id: str | None = None, code: str | None = None
) -> InvitationRow:
    return InvitationRow(
        id=new_id(),
        window_id=window_id,
        person_id=person_id,
        code=code,
        created_at=tx.now,
        created_by=tx.actor.name,
    )


def _window(tx: Tx, window_id: str) -> ExamWindowRow:
    row = tx.session.get(ExamWindowRow, window_id)
    if row is None:
        raise NotFound("There is no such window. Go back to the list and choose one.")
    return row


def _coming(tx: Tx, window_id: str) -> ExamWindowRow:
    window = _window(tx, window_id)
    if window.cancelled_at:
        raise Conflict("This window is cancelled. Plan another one, and invite people to that.")
    if window.closes_at <= tx.now:
        raise Expired("This window is over. Plan another one, and invite people to that.")
    return window


def _problems(tx: Tx, plan: WindowPlan) -> list[str]:
    problems: list[str] = []
    exam = tx.session.get(ExamRow, plan.exam_id)
    if exam is None or not exam_version(tx.session, exam.version_id).windowed:
        problems.append("Choose an exam that is sat in windows; its blueprint says whether it is.")
    if not plan.title.strip() or len(plan.title) > LONGEST_TITLE:
        problems.append(f"Give the window a title of at most {LONGEST_TITLE} characters.")
    problems += _problems_of_times(tx, plan.opens_at, plan.closes_at)
    if len(plan.password) > LONGEST_PASSWORD:
        problems.append(f"Shorten the password to {LONGEST_PASSWORD} characters.")
    return problems


def _problems_of_times(tx: Tx, opens_at: datetime, closes_at: datetime) -> list[str]:
    if closes_at <= opens_at:
        return ["The window must close after it opens."]
    if closes_at <= tx.now:
        return ["The window would be over already. Choose a later end."]
    return []
