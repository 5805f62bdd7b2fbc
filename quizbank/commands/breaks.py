"""Breaks: the clock rests, no question is shown, and what was seen before is closed after."""

from dataclasses import replace
from datetime import datetime

from base.audit import record
from base.db import Tx
from base.errors import Conflict
from base.permissions import Permission, needs
from quizbank.attempts import Action, Step
from quizbank.commands.steps import (
    OPEN_ELSEWHERE,
    append_next,
    locked_attempt,
    may_write,
    take_step,
    why_refused,
)
from quizbank.queries.attempts import owned_attempt
from quizbank.queries.breaks import pauses_of, timing_of
from quizbank.tables.attempts import AttemptRow

NO_BREAK_LEFT = "You have no time left for breaks in this exam. Your clock goes on."


@needs(Permission.EXAM_SIT)
def open_question(
    tx: Tx, attempt_id: str, revision: int, position: int, tab: str | None = None
) -> int:
    """Note that a question is seen from now on, and return the attempt's new revision.

    Only where the attempt may pause, and before it is shown: what was seen is closed by a break.
    Raises as `save_answer` does.
    """
    if not owned_attempt(tx, attempt_id).pause_seconds:
        return revision
    return take_step(tx, attempt_id, Step(revision + 1, Action.SEEN, position), tab)


@needs(Permission.EXAM_SIT)
def take_break(tx: Tx, attempt_id: str, revision: int, tab: str | None = None) -> None:
    """Let the clock rest, at most for all that is left; the deadline moves by what is rested.

    A second click changes nothing. Raises as `save_answer` does, and `Conflict` where nothing is
    left to rest.
    """
    attempt = locked_attempt(tx, attempt_id)
    if attempt.paused_until and not attempt.closed_at:
        return
    if not may_write(tx, attempt, revision, tab):
        raise why_refused(tx, attempt_id, tab)
    timing, pauses = timing_of(tx, attempt), pauses_of(tx, attempt)
    pause = timing.pause(pauses, tx.now)
    if not pause.length:
        raise Conflict(NO_BREAK_LEFT)
    attempt.paused_until = pause.ends
    attempt.deadline = timing.deadline([*pauses, pause])
    attempt.tab = attempt.tab or tab
    tx.session.flush()
    number = append_next(tx, attempt.id, Action.PAUSED, tx.now)
    record(tx, "attempt:pause", attempt.id, {"step": number})


@needs(Permission.EXAM_SIT)
def end_break(tx: Tx, attempt_id: str, tab: str | None = None) -> None:
    """Let the clock go on: from now, or from when the break ended by itself.

    Where no break is running nothing changes. Raises `Conflict` where another tab has the attempt.
    """
    attempt = locked_attempt(tx, attempt_id)
    if attempt.paused_until is None or attempt.closed_at:
        return
    if attempt.tab not in {None, tab}:
        raise Conflict(OPEN_ELSEWHERE)
    wake(tx, attempt, tx.now)


def wake(tx: Tx, attempt: AttemptRow, now: datetime) -> None:
    """End the running break of an attempt, if there is one, at its own end at the latest."""
    if attempt.paused_until is not None:
        tx.session.refresh(attempt, with_for_update=True)
        _resume(tx, attempt, now)


def _resume(tx: Tx, attempt: AttemptRow, now: datetime) -> None:
    if attempt.paused_until is None or attempt.closed_at:
        return
    *before, running = pauses_of(tx, attempt)
    ended = replace(running, ends=min(running.ends, now))
    attempt.deadline = timing_of(tx, attempt).deadline([*before, ended])
    attempt.paused_until = None
    tx.session.flush()
    append_next(tx, attempt.id, Action.RESUMED, ended.ends)
