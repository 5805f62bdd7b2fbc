"""Ending an exam, and deciding it in the same transaction where nothing waits to be marked."""

from base.db import Tx
from base.errors import Conflict, NotAllowed
from base.permissions import Permission, needs
from quizbank.attempts import Action
from quizbank.commands.breaks import wake
from quizbank.commands.deciding import decide_ended
from quizbank.commands.steps import OPEN_ELSEWHERE, end_attempt, locked_attempt
from quizbank.exams import Purpose
from quizbank.queries.published import exam_version
from quizbank.queries.results import Verdict, find_verdict
from quizbank.tables.attempts import AttemptRow


@needs(Permission.EXAM_SIT)
def submit_attempt(tx: Tx, attempt_id: str, tab: str | None = None) -> Verdict | None:
    """End one's own exam and decide it; a second submission returns the first one's verdict.

    None while there is nothing that the trainee may see: written answers wait for the command of
    their last marker, or the decision waits to be released. Raises `Conflict` where another tab
    has the attempt.
    """
    attempt = locked_attempt(tx, attempt_id)
    if exam_version(tx.session, attempt.exam_version_id).purpose is not Purpose.EXAM:
        raise NotAllowed("This is practice: it is not marked as an exam.")
    if attempt.deadline and tx.now > attempt.deadline:
        _close_at_deadline(tx, attempt)
    elif attempt.closed_at is None and attempt.tab not in {None, tab}:
        raise Conflict(OPEN_ELSEWHERE)
    else:
        _submit(tx, attempt)
    verdict = find_verdict(tx, attempt.id)
    return verdict if verdict and verdict.released else None


@needs(Permission.ATTEMPT_CLOSE)
def close_overdue(tx: Tx, attempt_id: str) -> bool:
    """End an attempt whose deadline has passed, at its deadline; decide what waits for nobody.

    False, and nothing done, where it has ended, or another process is ending it at this moment.
    """
    held = {"skip_locked": True}
    attempt = tx.session.get(AttemptRow, attempt_id, with_for_update=held)
    if attempt is None or attempt.deadline is None or attempt.deadline >= tx.now:
        return False
    return _close_at_deadline(tx, attempt)


def _submit(tx: Tx, attempt: AttemptRow) -> None:
    wake(tx, attempt, tx.now)
    if end_attempt(tx, attempt, tx.now, Action.SUBMITTED):
        decide_ended(tx, attempt)


def _close_at_deadline(tx: Tx, attempt: AttemptRow) -> bool:
    if attempt.closed_at is not None:
        return False
    wake(tx, attempt, tx.now)
    ended = end_attempt(tx, attempt, attempt.deadline or tx.now, Action.CLOSED_AT_DEADLINE)
    if ended:
        decide_ended(tx, attempt)
    return ended
