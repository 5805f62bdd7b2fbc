"""Starting an exam, and submitting it: end, decide and award in one transaction."""

from base.db import Tx
from base.errors import Invalid
from base.permissions import Permission, needs
from certs.commands.award import award
from certs.queries.renewal import renewal_need
from courses.commands.study import start_final_exam
from quizbank.commands.results import close_overdue, submit_attempt
from quizbank.queries.results import Verdict, find_verdict


@needs(Permission.EXAM_SIT)
def start_exam(tx: Tx, slug: str, consent: bool, tab: str | None = None, password: str = "") -> str:
    """Start a course's final exam in this tab, or return the attempt that is running.

    Raises `Invalid`, naming what is missing: lessons, or the certificate that it would renew.
    """
    missing = renewal_need(tx, slug)
    if missing:
        raise Invalid([missing])
    return start_final_exam(tx, slug, consent, tab, password)


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
def close_overdue_exam(tx: Tx, attempt_id: str) -> bool:
    """End, decide and award an exam whose deadline has passed; False where another did it."""
    closed = close_overdue(tx, attempt_id)
    verdict = find_verdict(tx, attempt_id) if closed else None
    if verdict:
        award(tx, verdict)
    return closed
