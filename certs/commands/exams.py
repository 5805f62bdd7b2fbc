"""Submitting an exam: end, decide and award in one transaction."""

from base.db import Tx
from base.permissions import Permission, needs
from certs.commands.award import award
from quizbank.commands.results import close_overdue, submit_attempt
from quizbank.queries.results import Verdict

_AT_ONCE = 50


@needs(Permission.EXAM_SIT)
def submit_exam(tx: Tx, attempt_id: str, tab: str | None = None) -> Verdict | None:
    """Submit one's own exam; however often it is called, one verdict and one certificate.

    None while its written answers wait for `certs.commands.marking`, or its result waits for
    `certs.commands.release`. Raises `Conflict` where another tab than this one has the attempt.
    """
    verdict = submit_attempt(tx, attempt_id, tab)
    if verdict:
        award(tx, verdict)
    return verdict


@needs(Permission.ATTEMPT_CLOSE)
def close_overdue_exams(tx: Tx) -> int:
    """End, decide and award exams whose deadline has passed; returns how many ended."""
    verdicts = close_overdue(tx, _AT_ONCE)
    for verdict in verdicts:
        if verdict:
            award(tx, verdict)
    return len(verdicts)
