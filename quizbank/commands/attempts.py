"""Sitting: start, answer, flag, take over, end."""

from pydantic import JsonValue
from sqlalchemy.exc import IntegrityError

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.ids import new_id, new_seed
from base.permissions import Permission, needs
from quizbank.attempts import Action, Step
from quizbank.commands.admission import window_to_sit_in
from quizbank.commands.forms import draw_form
from quizbank.commands.hall import take_seat
from quizbank.commands.steps import (
    NO_SUCH_QUESTION,
    append_step,
    asks_confidence,
    end_attempt,
    take_step,
    take_tab,
)
from quizbank.confidence import Confidence
from quizbank.exams import Purpose
from quizbank.queries.attempts import (
    item_at,
    owned_attempt,
    position_exists,
    progress_of,
)
from quizbank.queries.exams import ExamOffer, exam_offer, refusal_sentence
from quizbank.queries.published import exam_version
from quizbank.sittings import Timing, Window
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.exams import ExamRow

SAY_HOW_SURE = "Say how sure you are first; then your answer is checked."


@needs(Permission.EXAM_SIT)
def start_attempt(
    tx: Tx, exam_id: str, consent: bool, tab: str | None = None, password: str = ""
) -> str:
    """Start an attempt, or return the one that is running; its form is drawn and stored.

    `tab` names the screen that may write to it; None leaves that open to the first that does.
    `password` is the window's, where it has one. Raises `Invalid` without consent to an exam,
    `NotAllowed` where the retake policy or the windows refuse.
    """
    offer = exam_offer(tx, exam_id)
    if offer.running:
        return offer.running
    if offer.refusal:
        raise NotAllowed(refusal_sentence(offer))
    if offer.rules.consent and not consent:
        raise Invalid(["Read the rules and tick the box before you start."])
    if offer.rules.purpose is Purpose.EXAM:
        take_seat(tx)
    attempt = _begin(tx, offer, tab, window_to_sit_in(tx, offer, password))
    if attempt is None:
        # A double click: the other one was faster, and its attempt is the one that runs.
        return str(exam_offer(tx, exam_id).running)
    consented: JsonValue = {"consent": offer.rules.consent} if consent else None
    append_step(tx, attempt.id, Step(1, Action.STARTED, response=consented), tx.now)
    record(tx, "attempt:start", attempt.id, {"exam": exam_id, "form": attempt.form_id})
    return attempt.id


def _begin(tx: Tx, offer: ExamOffer, tab: str | None, window: Window | None) -> AttemptRow | None:
    """Draw a form and begin to sit it; None where another click has begun one just now."""
    timing = Timing(tx.now, offer.time, offer.rest, window.closes_at if window else None)
    version_id = tx.session.get_one(ExamRow, offer.exam_id).version_id
    try:
        # Together, so that a form that nobody sits is not counted as drawn.
        with tx.session.begin_nested():
            attempt = AttemptRow(
                id=new_id(),
                person_id=tx.actor.own_id,
                exam_id=offer.exam_id,
                exam_version_id=version_id,
                form_id=draw_form(tx, version_id, offer.rules, new_seed()),
                started_at=tx.now,
                deadline=timing.deadline(),
                tab=tab,
                time_factor=offer.adjustment.time_factor,
                pause_seconds=int(timing.rest.total_seconds()),
                window_id=window.id if window else None,
            )
            tx.session.add(attempt)
    except IntegrityError:
        return None
    return attempt


@needs(Permission.EXAM_SIT)
def save_answer(
    tx: Tx,
    attempt_id: str,
    revision: int,
    position: int,
    response: JsonValue,
    confidence: Confidence | None = None,
    tab: str | None = None,
) -> int:
    """Append an answer and return the attempt's new revision.

    `tab` names the screen, `revision` is the one that it shows: `Conflict` where another tab has
    the attempt or went on since, and `Expired` past the deadline. Sent twice, it is saved once.
    A response of None takes the answer back. A case only goes on: `Conflict` where a response
    changes a stage that is done, or skips ahead. A confidence is kept with the answer; without
    one, what was said before stands.
    """
    step = Step(revision + 1, Action.ANSWERED, position, response, confidence)
    return take_step(tx, attempt_id, step, tab)


@needs(Permission.EXAM_SIT)
def save_confidence(
    tx: Tx,
    attempt_id: str,
    revision: int,
    position: int,
    confidence: Confidence,
    tab: str | None = None,
) -> int:
    """Append how sure one is of the answer that stands, given or not; returns the new revision."""
    owned_attempt(tx, attempt_id)
    response = progress_of(tx, attempt_id).responses.get(position)
    step = Step(revision + 1, Action.ANSWERED, position, response, confidence)
    return take_step(tx, attempt_id, step, tab)


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
    asks = asks_confidence(tx, attempt.exam_version_id, item)
    said = confidence or progress.confidences.get(position)
    if asks and said is None and item.complete(response):
        raise Invalid([SAY_HOW_SURE])
    step = Step(revision + 1, Action.ANSWERED, position, response, confidence)
    return take_step(tx, attempt_id, step, tab=None)


@needs(Permission.EXAM_SIT)
def set_flag(
    tx: Tx,
    attempt_id: str,
    revision: int,
    position: int,
    flagged: bool,
    tab: str | None = None,
) -> int:
    """Mark an item to come back to, or unmark it; returns the new revision."""
    action = Action.FLAGGED if flagged else Action.UNFLAGGED
    return take_step(tx, attempt_id, Step(revision + 1, action, position), tab)


@needs(Permission.EXAM_SIT)
def take_over(tx: Tx, attempt_id: str, tab: str) -> None:
    """Let this tab alone write to the attempt from now on.

    Nothing is changed where it has the attempt already. Raises as `save_answer` does.
    """
    number = take_tab(tx, attempt_id, tab)
    if number is not None:
        record(tx, "attempt:take-over", attempt_id, {"step": number})


@needs(Permission.EXAM_SIT)
def finish_practice(tx: Tx, attempt_id: str) -> None:
    """End a practice attempt; ending it twice changes nothing."""
    attempt = owned_attempt(tx, attempt_id)
    if exam_version(tx.session, attempt.exam_version_id).purpose is not Purpose.PRACTICE:
        raise NotAllowed("An exam is ended by submitting it.")
    end_attempt(tx, attempt, tx.now, Action.SUBMITTED)
