"""Taking one step of an attempt: one statement decides whose it is, then it is appended.

Part of the commands beside it; they say who may call them.
"""

import json
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import String, bindparam, insert, inspect
from sqlalchemy import select as select_columns
from sqlalchemy import update as update_columns

# SQLAlchemy has no neutral word for it, and SQLite understands PostgreSQL's.
from sqlalchemy.dialects.postgresql import insert as insert_for_either
from sqlmodel import col, update

from base.db import Tx
from base.errors import Conflict, Expired, Invalid, NotFound
from base.prepared import Prepared
from quizbank.attempts import Action, Step
from quizbank.commands.late_answers import late_answer
from quizbank.confidence import UNASKED_KINDS
from quizbank.items import Item
from quizbank.queries.attempts import (
    begun_with,
    item_at,
    last_number,
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
# Far above any honest response (an essay of 20 pages); stops a client that sends a novel.
LARGEST_RESPONSE = 100_000
_BEYOND_ALL = 1_000_000


# Run at every click, so they are prepared.
_APPEND = Prepared(insert(StepRow))
_OWN_AND_RUNNING = (
    col(AttemptRow.id) == bindparam("attempt_id"),
    col(AttemptRow.person_id) == bindparam("actor"),
    col(AttemptRow.closed_at).is_(None),
    col(AttemptRow.deadline).is_(None) | (col(AttemptRow.deadline) >= bindparam("at")),
)
_WRITABLE = (*_OWN_AND_RUNNING, col(AttemptRow.paused_until).is_(None))
_SCREEN = bindparam("screen", type_=String)
_SHOWN = select_columns(col(StepRow.number)).where(
    col(StepRow.attempt_id) == bindparam("attempt_id"),
    col(StepRow.number) == bindparam("shown"),
)
_STEP = tuple(inspect(StepRow).columns)
_MAY_FOLLOW = (
    select_columns(*(bindparam(column.key, type_=column.type) for column in _STEP))
    .where(*_WRITABLE, col(AttemptRow.tab).is_not_distinct_from(_SCREEN), _SHOWN.exists())
    .with_for_update(key_share=True)
)
# One statement decides and appends. It holds the attempt, so that who ends it or moves its clock
# comes before or after; of two tabs that show the same, the step's number lets one in.
_TAKE_STEP = Prepared(
    insert_for_either(StepRow)
    .from_select([column.key for column in _STEP], _MAY_FOLLOW)
    .on_conflict_do_nothing()
    .returning(col(StepRow.number))
)
_BE_FIRST_TAB = Prepared(
    update_columns(AttemptRow)
    .where(*_WRITABLE, col(AttemptRow.tab).is_(None))
    .values(tab=_SCREEN)
    .returning(col(AttemptRow.id))
)
_TAKE_TAB = Prepared(
    update_columns(AttemptRow)
    .where(*_OWN_AND_RUNNING, col(AttemptRow.tab).is_distinct_from(_SCREEN))
    .values(tab=_SCREEN)
    .returning(col(AttemptRow.id))
)


def take_step(tx: Tx, attempt_id: str, step: Step, tab: str | None) -> int:
    """Append a step to one's own attempt and return its number, the attempt's new revision.

    Raises as `commands.attempts.save_answer` does. The same step sent again is not taken again.
    """
    position = step.position or 0
    # A database's whole numbers end before Python's; what no form has is refused below.
    if not _taken(tx, attempt_id, step._replace(position=min(position, _BEYOND_ALL)), tab):
        if _is_replay(tx, attempt_id, step):
            return step.number
        raise _refused_step(tx, attempt_id, step, tab)
    form_id, exam_version_id, pause_seconds = begun_with(tx, attempt_id)
    if not position_exists(tx, form_id, position):
        raise NotFound(NO_SUCH_QUESTION)
    if step.action is Action.ANSWERED:
        item = item_at(tx, form_id, position)
        if pause_seconds:
            _refuse_frozen(tx, attempt_id, step)
        _refuse_to_go_back(tx, attempt_id, item, step)
        if step.confidence and not asks_confidence(tx, exam_version_id, item):
            raise Invalid(["Nobody asks how sure you are of this answer. Reload the page."])
    return step.number


def _taken(tx: Tx, attempt_id: str, step: Step, tab: str | None) -> bool:
    given = {**_values(tx, attempt_id, step, tx.now), "screen": tab, "shown": step.number - 1}
    taken = _TAKE_STEP.run(tx.connection, given)
    # An attempt that no tab has yet belongs to the first that writes.
    if taken is None and tab is not None and _BE_FIRST_TAB.run(tx.connection, given):
        taken = _TAKE_STEP.run(tx.connection, given)
    return taken is not None


def take_tab(tx: Tx, attempt_id: str, tab: str) -> int | None:
    """Give one's own attempt to this tab; returns the step's number, None where it had it."""
    asked = {"attempt_id": attempt_id, "actor": tx.actor.own_id, "at": tx.now, "screen": tab}
    if _TAKE_TAB.run(tx.connection, asked) is None:
        attempt = owned_attempt(tx, attempt_id)
        if attempt.closed_at is None and attempt.tab == tab:
            return None
        raise why_refused(tx, attempt_id, tab)
    return append_next(tx, attempt_id, Action.TAKEN_OVER, tx.now)


def append_next(tx: Tx, attempt_id: str, action: Action, at: datetime) -> int:
    """Append a step behind the last one of an attempt that the caller holds; returns its number."""
    number = last_number(tx, attempt_id) + 1
    append_step(tx, attempt_id, Step(number, action), at)
    return number


def append_step(tx: Tx, attempt_id: str, step: Step, at: datetime) -> None:
    """Append a step to an attempt that the caller holds or has just begun."""
    _APPEND.run(tx.connection, _values(tx, attempt_id, step, at))


def _values(tx: Tx, attempt_id: str, step: Step, at: datetime) -> dict[str, object]:
    return {
        "attempt_id": attempt_id,
        "number": step.number,
        "at": at,
        "action": step.action,
        "position": step.position,
        "response": _stored(step.response),
        "actor": tx.actor.person_id or tx.actor.name,
        "confidence": step.confidence,
    }


def locked_attempt(tx: Tx, attempt_id: str) -> AttemptRow:
    """Hold one's own attempt until the end, so that no other click changes it meanwhile."""
    tx.session.get(AttemptRow, attempt_id, with_for_update=True)
    return owned_attempt(tx, attempt_id)


def end_attempt(tx: Tx, attempt: AttemptRow, at: datetime, action: Action) -> bool:
    """End an attempt at this instant; False where it had ended before."""
    closed = tx.session.exec(
        update(AttemptRow)
        .where(col(AttemptRow.id) == attempt.id, col(AttemptRow.closed_at).is_(None))
        .values(closed_at=at)
        .returning(col(AttemptRow.id))
    ).first()
    if closed is None:
        return False
    append_next(tx, attempt.id, action, at)
    return True


def asks_confidence(tx: Tx, exam_version_id: str, item: Item) -> bool:
    """Tell whether an exam asks how sure one is of the answer to this item."""
    return exam_version(tx.session, exam_version_id).confidence and item.kind not in UNASKED_KINDS


def _is_replay(tx: Tx, attempt_id: str, step: Step) -> bool:
    """Tell whether this very step was taken before: its acknowledgement may have been lost."""
    row = tx.session.get(StepRow, (attempt_id, step.number))
    return (
        row is not None
        and (row.action, row.position, row.actor) == (step.action, step.position, tx.actor.own_id)
        and (row.response, row.confidence) == (_stored(step.response), step.confidence)
    )


def _refuse_frozen(tx: Tx, attempt_id: str, step: Step) -> None:
    if step.position in progress_of(tx, attempt_id, before=step.number).frozen:
        raise Conflict(FROZEN)


def _refuse_to_go_back(tx: Tx, attempt_id: str, item: Item, step: Step) -> None:
    if not item.staged or step.position is None:
        return
    standing = progress_of(tx, attempt_id, before=step.number).responses.get(step.position)
    if step.response == standing:
        return
    if why := item.follows(standing, step.response):
        raise Conflict(why)


def _refused_step(tx: Tx, attempt_id: str, step: Step, tab: str | None) -> Conflict | Expired:
    error = why_refused(tx, attempt_id, tab)
    attempt = owned_attempt(tx, attempt_id)
    late = str(error) in {TIME_IS_UP, ENDED} and step.action is Action.ANSWERED
    if late and position_exists(tx, attempt.form_id, step.position or 0):
        stored = _stored(step.response)
        error.evidence = late_answer(attempt_id, step, stored, tx.actor.own_id, tx.now)
    return error


def may_write(tx: Tx, attempt: AttemptRow, revision: int, tab: str | None) -> bool:
    """Tell whether this tab, which shows this revision, may write to an attempt that is held."""
    return (
        attempt.closed_at is None
        and attempt.tab in {None, tab}
        and (attempt.deadline is None or attempt.deadline >= tx.now)
        and last_number(tx, attempt.id) == revision
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
    if response is None:
        return None
    stored = json.dumps(response, ensure_ascii=False)
    if len(stored) > LARGEST_RESPONSE:
        raise Invalid(["This answer is too long to save. Shorten it."])
    return stored
