"""Taking one step of an attempt: one statement decides whose it is, then it is appended.

Part of the commands beside it; they say who may call them.
"""

import json
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import String, bindparam, func, insert
from sqlalchemy import update as update_columns
from sqlmodel import col, update

from base.db import Tx
from base.errors import Conflict, Expired, Invalid, NotFound
from base.prepared import Prepared
from quizbank.attempts import Action, Step
from quizbank.commands.late_answers import late_answer
from quizbank.confidence import UNASKED_KINDS
from quizbank.items import Item
from quizbank.queries.attempts import (
    item_at,
    owned_attempt,
    position_exists,
    progress_of,
)
from quizbank.queries.published import exam_version
from quizbank.tables.attempts import AttemptRow, StepRow

TIME_IS_UP = "The time is up, so this answer came too late. What you saved before counts."
OPEN_ELSEWHERE = (
    "This exam is open in another tab or on another device, so nothing was saved here. "
    "What is saved there counts. To go on in this tab, choose “Go on here”."
)
CHANGED_ELSEWHERE = (
    "This attempt went on in another tab or on another device. "
    "Nothing was overwritten: the newest answers are shown now; go on from here."
)
ON_BREAK = "You are on a break, so nothing was saved. Choose “Go on” first."
FROZEN = (
    "This question was seen before your break, so its answer stands as it was. "
    "Go on with the questions that you have not seen yet."
)
ENDED = "This attempt has ended. Its answers cannot be changed any more."
NO_SUCH_QUESTION = "This attempt has no such question. Reload the page."


# Run at every click, so they are prepared. One conditional statement decides, so that no two tabs
# can both believe they were first.
_OWN_AND_RUNNING = (
    col(AttemptRow.id) == bindparam("attempt"),
    col(AttemptRow.person_id) == bindparam("person"),
    col(AttemptRow.closed_at).is_(None),
    col(AttemptRow.deadline).is_(None) | (col(AttemptRow.deadline) >= bindparam("now")),
)
_SCREEN = bindparam("screen", type_=String)
_MOVE_ON = Prepared(
    update_columns(AttemptRow)
    .where(
        *_OWN_AND_RUNNING,
        col(AttemptRow.revision) == bindparam("shown"),
        col(AttemptRow.paused_until).is_(None),
        col(AttemptRow.tab).is_(None) | (col(AttemptRow.tab) == _SCREEN),
    )
    .values(
        revision=col(AttemptRow.revision) + 1,
        # An attempt that no tab has yet belongs to the first that writes.
        tab=func.coalesce(col(AttemptRow.tab), _SCREEN),
    )
    .returning(
        col(AttemptRow.form_id), col(AttemptRow.exam_version_id), col(AttemptRow.pause_seconds)
    )
)
_TAKE = Prepared(
    update_columns(AttemptRow)
    .where(*_OWN_AND_RUNNING, col(AttemptRow.tab).is_distinct_from(_SCREEN))
    .values(revision=col(AttemptRow.revision) + 1, tab=_SCREEN)
    .returning(col(AttemptRow.revision))
)
_APPEND = Prepared(insert(StepRow))


def take_step(tx: Tx, attempt_id: str, step: Step, tab: str | None) -> int:
    """Append a step to one's own attempt and return its number, the attempt's new revision.

    Raises as `commands.attempts.save_answer` does. The same step sent again is not taken again.
    """
    position = step.position or 0
    shown = _asked(tx, attempt_id, tab) | {"shown": step.number - 1}
    moved = _MOVE_ON.run(tx.connection, shown)
    if moved is None:
        if _is_replay(tx, attempt_id, step):
            return step.number
        raise _refused_step(tx, attempt_id, step, tab)
    if not position_exists(tx, moved[0], position):
        raise NotFound(NO_SUCH_QUESTION)
    if step.action is Action.ANSWERED:
        item = item_at(tx, moved[0], position)
        if moved[2]:
            _refuse_frozen(tx, attempt_id, position)
        _refuse_to_go_back(tx, attempt_id, item, position, step.response)
        if step.confidence and not asks_confidence(tx, moved[1], item):
            raise Invalid(["Nobody asks how sure you are of this answer. Reload the page."])
    append_step(tx, attempt_id, step, tx.now)
    return step.number


def take_tab(tx: Tx, attempt_id: str, tab: str) -> int | None:
    """Give one's own attempt to this tab; returns the step's number, None where it had it."""
    taken = _TAKE.run(tx.connection, _asked(tx, attempt_id, tab))
    if taken is None:
        attempt = owned_attempt(tx, attempt_id)
        if attempt.closed_at is None and attempt.tab == tab:
            return None
        raise why_refused(tx, attempt_id, tab)
    append_step(tx, attempt_id, Step(taken[0], Action.TAKEN_OVER), tx.now)
    return taken[0]


def append_step(tx: Tx, attempt_id: str, step: Step, at: datetime) -> None:
    """Append a step to an attempt that the caller has moved on to its number."""
    row = {
        "attempt_id": attempt_id,
        "number": step.number,
        "at": at,
        "action": step.action,
        "position": step.position,
        "response": _stored(step.response),
        "actor": tx.actor.person_id or tx.actor.name,
        "confidence": step.confidence,
    }
    _APPEND.run(tx.connection, row)


def locked_attempt(tx: Tx, attempt_id: str) -> AttemptRow:
    """Hold one's own attempt until the end, so that no other click changes it meanwhile."""
    tx.session.get(AttemptRow, attempt_id, with_for_update=True)
    return owned_attempt(tx, attempt_id)


def end_attempt(tx: Tx, attempt: AttemptRow, at: datetime, action: Action) -> bool:
    """End an attempt at this instant; False where it had ended before."""
    closed = tx.session.exec(
        update(AttemptRow)
        .where(col(AttemptRow.id) == attempt.id, col(AttemptRow.closed_at).is_(None))
        .values(closed_at=at, revision=AttemptRow.revision + 1)
        .returning(col(AttemptRow.revision))
    ).first()
    if closed is None:
        return False
    append_step(tx, attempt.id, Step(closed[0], action), at)
    return True


def asks_confidence(tx: Tx, exam_version_id: str, item: Item) -> bool:
    """Tell whether an exam asks how sure one is of the answer to this item."""
    return exam_version(tx.session, exam_version_id).confidence and item.kind not in UNASKED_KINDS


def _asked(tx: Tx, attempt_id: str, tab: str | None) -> dict[str, object]:
    return {"attempt": attempt_id, "person": tx.actor.own_id, "now": tx.now, "screen": tab}


def _is_replay(tx: Tx, attempt_id: str, step: Step) -> bool:
    """Tell whether this very step was taken before: its acknowledgement may have been lost."""
    row = tx.session.get(StepRow, (attempt_id, step.number))
    return (
        row is not None
        and (row.action, row.position, row.actor) == (step.action, step.position, tx.actor.own_id)
        and (row.response, row.confidence) == (_stored(step.response), step.confidence)
    )


def _refuse_frozen(tx: Tx, attempt_id: str, position: int) -> None:
    if position in progress_of(tx, attempt_id).frozen:
        raise Conflict(FROZEN)


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


def _refused_step(tx: Tx, attempt_id: str, step: Step, tab: str | None) -> Conflict | Expired:
    error = why_refused(tx, attempt_id, tab)
    attempt = owned_attempt(tx, attempt_id)
    late = str(error) in {TIME_IS_UP, ENDED} and step.action is Action.ANSWERED
    if late and position_exists(tx, attempt.form_id, step.position or 0):
        stored = _stored(step.response)
        error.evidence = late_answer(attempt_id, step, stored, tx.actor.own_id, tx.now)
    return error


def may_write(attempt: AttemptRow, revision: int, tab: str | None, now: datetime) -> bool:
    """Tell whether this tab, which shows this revision, may write to an attempt that is held."""
    return (
        attempt.closed_at is None
        and attempt.revision == revision
        and attempt.tab in {None, tab}
        and (attempt.deadline is None or attempt.deadline >= now)
    )


def why_refused(tx: Tx, attempt_id: str, tab: str | None) -> Conflict | Expired:
    """Return why one's own attempt could not be written to."""
    attempt = owned_attempt(tx, attempt_id)
    if attempt.deadline and tx.now > attempt.deadline:
        return Expired(TIME_IS_UP)
    if attempt.closed_at:
        return Conflict(ENDED)
    if attempt.paused_until and attempt.tab in {None, tab}:
        return Conflict(ON_BREAK)
    return Conflict(CHANGED_ELSEWHERE if attempt.tab in {None, tab} else OPEN_ELSEWHERE)


def _stored(response: JsonValue) -> str | None:
    return None if response is None else json.dumps(response, ensure_ascii=False)
