"""Sitting: start, answer, flag, end."""

import json
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import bindparam, insert
from sqlalchemy import update as update_columns
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, update

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Expired, Invalid, NotAllowed, NotFound
from base.ids import new_id, new_seed
from base.permissions import Permission, needs
from quizbank.attempts import Action
from quizbank.commands.forms import draw_form
from quizbank.confidence import UNASKED_KINDS, Confidence
from quizbank.exams import Purpose
from quizbank.items import Item
from quizbank.queries.attempts import item_at, owned_attempt, position_exists, progress_of
from quizbank.queries.exams import exam_offer, refusal_sentence
from quizbank.queries.published import exam_version
from quizbank.sittings import Timing
from quizbank.tables.attempts import AttemptRow, StepRow
from quizbank.tables.exams import ExamRow

# Far above any honest response (an essay of 20 pages); stops a client that sends a novel.
LARGEST_RESPONSE = 100_000
TIME_IS_UP = "The time is up, so this answer came too late. What you saved before counts."
CHANGED_ELSEWHERE = (
    "This attempt went on in another tab or on another device. "
    "Nothing was overwritten: the newest answers are shown now; go on from here."
)
ENDED = "This attempt has ended. Its answers cannot be changed any more."
NO_SUCH_QUESTION = "This attempt has no such question. Reload the page."
SAY_HOW_SURE = "Say how sure you are first; then your answer is checked."


# Run at every click, so they are built once and run below the session's object mapping.
# One conditional statement decides, so that no two tabs can both believe they were first.
_MOVE_ON = (
    update_columns(AttemptRow)
    .where(
        col(AttemptRow.id) == bindparam("attempt"),
        col(AttemptRow.person_id) == bindparam("person"),
        col(AttemptRow.revision) == bindparam("shown"),
        col(AttemptRow.closed_at).is_(None),
        col(AttemptRow.deadline).is_(None) | (col(AttemptRow.deadline) >= bindparam("now")),
    )
    .values(revision=col(AttemptRow.revision) + 1)
    .returning(col(AttemptRow.form_id), col(AttemptRow.exam_version_id))
)
_APPEND = insert(StepRow)


@needs(Permission.EXAM_SIT)
def start_attempt(tx: Tx, exam_id: str, consent: bool) -> str:
    """Start an attempt, or return the one that is running; its form is drawn and stored.

    Raises `Invalid` without consent to an exam, `NotAllowed` where the retake policy refuses.
    """
    offer = exam_offer(tx, exam_id)
    if offer.running:
        return offer.running
    if offer.refusal:
        raise NotAllowed(refusal_sentence(offer))
    if offer.rules.consent and not consent:
        raise Invalid(["Read the rules and tick the box before you start."])
    version_id = tx.session.get_one(ExamRow, exam_id).version_id
    attempt = AttemptRow(
        id=new_id(),
        person_id=tx.actor.own_id,
        exam_id=exam_id,
        exam_version_id=version_id,
        form_id=draw_form(tx, version_id, offer.rules, new_seed()),
        started_at=tx.now,
        deadline=Timing(tx.now, offer.time).deadline(),
        revision=1,
        time_factor=offer.adjustment.time_factor,
        pause_seconds=int(offer.rest.total_seconds()),
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(attempt)
    except IntegrityError:
        raise Conflict("This was started in another tab just now. Reload the page.") from None
    consented: JsonValue = {"consent": offer.rules.consent} if consent else None
    _append(tx, attempt.id, 1, tx.now, Action.STARTED, None, consented)
    record(tx, "attempt:start", attempt.id, {"exam": exam_id, "form": attempt.form_id})
    return attempt.id


@needs(Permission.EXAM_SIT)
def save_answer(
    tx: Tx,
    attempt_id: str,
    revision: int,
    position: int,
    response: JsonValue,
    confidence: Confidence | None = None,
) -> int:
    """Append an answer and return the attempt's new revision.

    `revision` is the one that the screen shows: `Conflict` where another tab went on since, and
    `Expired` past the deadline. A response of None takes the answer back. A case only goes on:
    `Conflict` where a response changes a stage that is done, or skips ahead. A confidence is kept
    with the answer; without one, what was said before stands.
    """
    stored = json.dumps(response, ensure_ascii=False)
    if len(stored) > LARGEST_RESPONSE:
        raise Invalid(["This answer is too long to save. Shorten it."])
    return _step(tx, attempt_id, revision, Action.ANSWERED, position, response, confidence)


@needs(Permission.EXAM_SIT)
def save_confidence(
    tx: Tx, attempt_id: str, revision: int, position: int, confidence: Confidence
) -> int:
    """Append how sure one is of the answer that stands, given or not; returns the new revision."""
    owned_attempt(tx, attempt_id)
    response = progress_of(tx, attempt_id).responses.get(position)
    return _step(tx, attempt_id, revision, Action.ANSWERED, position, response, confidence)


@needs(Permission.EXAM_SIT)
def answer_practice(
    tx: Tx,
    attempt_id: str,
    revision: int,
    position: int,
    response: JsonValue,
    confidence: Confidence | None = None,
) -> int:
    """Append the one answer to a practice item, after which its feedback may be seen.

    A case has one for every step; its feedback comes after the last one. Where the quiz asks how
    sure one is, that must be said before the feedback, and stays as it was said.
    """
    attempt = owned_attempt(tx, attempt_id)
    if response is None:
        raise Invalid(["Choose an answer first."])
    if not position_exists(tx, attempt.form_id, position):
        raise NotFound(NO_SUCH_QUESTION)
    progress = progress_of(tx, attempt.id)
    standing = progress.responses.get(position)
    item = item_at(tx, attempt.form_id, position)
    if standing is not None and item.complete(standing):
        raise Conflict("This question is answered already; its feedback is shown now.")
    asks = _asks_confidence(tx, attempt.exam_version_id, item)
    said = confidence or progress.confidences.get(position)
    if asks and said is None and item.complete(response):
        raise Invalid([SAY_HOW_SURE])
    return _step(tx, attempt_id, revision, Action.ANSWERED, position, response, confidence)


@needs(Permission.EXAM_SIT)
def set_flag(tx: Tx, attempt_id: str, revision: int, position: int, flagged: bool) -> int:
    """Mark an item to come back to, or unmark it; returns the new revision."""
    action = Action.FLAGGED if flagged else Action.UNFLAGGED
    return _step(tx, attempt_id, revision, action, position, None)


def end_attempt(tx: Tx, attempt: AttemptRow, at: datetime, action: Action) -> bool:
    """End an attempt at this instant; False where it had ended before. For `commands.results`."""
    closed = tx.session.exec(
        update(AttemptRow)
        .where(col(AttemptRow.id) == attempt.id, col(AttemptRow.closed_at).is_(None))
        .values(closed_at=at, revision=AttemptRow.revision + 1)
        .returning(col(AttemptRow.revision))
    ).first()
    if closed is None:
        return False
    _append(tx, attempt.id, closed[0], at, action, None, None)
    return True


def _step(
    tx: Tx,
    attempt_id: str,
    revision: int,
    action: Action,
    position: int,
    response: JsonValue,
    confidence: Confidence | None = None,
) -> int:
    shown = {"attempt": attempt_id, "person": tx.actor.own_id, "shown": revision, "now": tx.now}
    moved = tx.session.connection().execute(_MOVE_ON, shown).first()
    if moved is None:
        raise _why_refused(tx, attempt_id)
    if not position_exists(tx, moved[0], position):
        raise NotFound(NO_SUCH_QUESTION)
    if action is Action.ANSWERED:
        item = item_at(tx, moved[0], position)
        _refuse_to_go_back(tx, attempt_id, item, position, response)
        if confidence and not _asks_confidence(tx, moved[1], item):
            raise Invalid(["Nobody asks how sure you are of this answer. Reload the page."])
    _append(tx, attempt_id, revision + 1, tx.now, action, position, response, confidence)
    return revision + 1


def _refuse_to_go_back(
    tx: Tx, attempt_id: str, item: Item, position: int, response: JsonValue
) -> None:
    if not item.staged:
        return
    standing = progress_of(tx, attempt_id).responses.get(position)
    if response == standing:
        return
    if why := item.follows(standing, response):
        raise Conflict(why)


def _asks_confidence(tx: Tx, exam_version_id: str, item: Item) -> bool:
    return exam_version(tx.session, exam_version_id).confidence and item.kind not in UNASKED_KINDS


def _why_refused(tx: Tx, attempt_id: str) -> Conflict | Expired:
    attempt = owned_attempt(tx, attempt_id)
    if attempt.deadline and tx.now > attempt.deadline:
        return Expired(TIME_IS_UP)
    return Conflict(ENDED if attempt.closed_at else CHANGED_ELSEWHERE)


def _append(
    tx: Tx,
    attempt_id: str,
    number: int,
    at: datetime,
    action: Action,
    position: int | None,
    response: JsonValue,
    confidence: Confidence | None = None,
) -> None:
    step = {
        "attempt_id": attempt_id,
        "number": number,
        "at": at,
        "action": action,
        "position": position,
        "response": None if response is None else json.dumps(response, ensure_ascii=False),
        "actor": tx.actor.person_id or tx.actor.name,
        "confidence": confidence,
    }
    tx.session.connection().execute(_APPEND, step)


@needs(Permission.EXAM_SIT)
def finish_practice(tx: Tx, attempt_id: str) -> None:
    """End a practice attempt; ending it twice changes nothing."""
    attempt = owned_attempt(tx, attempt_id)
    if exam_version(tx.session, attempt.exam_version_id).purpose is not Purpose.PRACTICE:
        raise NotAllowed("An exam is ended by submitting it.")
    end_attempt(tx, attempt, tx.now, Action.SUBMITTED)


def overdue(tx: Tx, limit: int) -> list[AttemptRow]:
    """Return running attempts past their deadline, the longest overdue first."""
    return list(
        tx.session.exec(
            select(AttemptRow)
            .where(col(AttemptRow.closed_at).is_(None), col(AttemptRow.deadline) < tx.now)
            .order_by(col(AttemptRow.deadline))
            .limit(limit)
        )
    )
