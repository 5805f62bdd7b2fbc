"""Releasing decisions to their trainees, where the exam does not do so by itself."""

from base.audit import record
from base.db import Tx
from base.errors import Conflict, NotAllowed, NotFound
from base.permissions import Permission, needs
from quizbank.exams import Release
from quizbank.queries.published import exam_version
from quizbank.queries.releases import agreement_on
from quizbank.queries.results import Verdict, verdict_on
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.corrections import ReleaseEventRow
from quizbank.tables.decisions import DecisionRow

NO_DECISION = "There is no such decision to release. Go to the releases and choose one."
YOUR_OWN = "This is your own attempt. Another person releases its result."
DECIDED_ANEW = (
    "This attempt was decided anew meanwhile, and nothing was released. "
    "Reload the page and look at the decision that stands now."
)
ONE_IS_ENOUGH = "Nobody needs to agree to this result first. Release it."
AGREED_ALREADY = "Somebody else has agreed to this result meanwhile. You may release it now."
AGREE_FIRST = (
    "This exam asks for two people: one agrees to a result, another one releases it. "
    "Nobody has agreed yet."
)
NOT_TWICE = "You agreed to this result yourself. Another person releases it."


@needs(Permission.RESULT_RELEASE)
def agree_to_result(tx: Tx, decision_id: str) -> None:
    """Agree to a decision, so that another person may release it; once, however often called.

    Raises `NotAllowed` for one's own attempt, `Conflict` where nobody needs to agree any more.
    """
    attempt = _held(tx, decision_id)
    rules = exam_version(tx.session, attempt.exam_version_id)
    if rules.release is not Release.SECOND_PERSON:
        raise Conflict(ONE_IS_ENOUGH)
    agreed = agreement_on(tx, decision_id)
    if attempt.released_id == decision_id or (agreed and agreed.person_id == tx.actor.own_id):
        return
    if agreed:
        raise Conflict(AGREED_ALREADY)
    _append(tx, decision_id, 1, "agreed")
    record(tx, "result:agree", attempt.id, {"decision": decision_id})


@needs(Permission.RESULT_RELEASE)
def release_result(tx: Tx, decision_id: str) -> Verdict:
    """Let the trainee see a decision from now on, and return it; once, however often called.

    Raises `NotAllowed` for one's own attempt and for who agreed to it, `Conflict` where somebody
    must agree first or where another decision stands by now.
    """
    attempt = _held(tx, decision_id)
    if attempt.released_id != decision_id:
        agreed = _agreed(tx, attempt, decision_id)
        _append(tx, decision_id, agreed + 1, "released")
        attempt.released_id = decision_id
        tx.session.flush()
        record(tx, "result:release", attempt.id, {"decision": decision_id})
    return verdict_on(tx, attempt.id)


def _agreed(tx: Tx, attempt: AttemptRow, decision_id: str) -> int:
    """Return how many agreed; raises where that is not enough for who acts."""
    if exam_version(tx.session, attempt.exam_version_id).release is not Release.SECOND_PERSON:
        return 0
    agreed = agreement_on(tx, decision_id)
    if agreed is None:
        raise Conflict(AGREE_FIRST)
    if agreed.person_id == tx.actor.own_id:
        raise NotAllowed(NOT_TWICE)
    return 1


def _held(tx: Tx, decision_id: str) -> AttemptRow:
    """Return the attempt that stands by this decision, held until the end of the transaction."""
    decision = tx.session.get(DecisionRow, decision_id)
    if decision is None:
        raise NotFound(NO_DECISION)
    attempt = tx.session.get_one(
        AttemptRow, decision.attempt_id, with_for_update=True, populate_existing=True
    )
    if attempt.person_id == tx.actor.own_id:
        raise NotAllowed(YOUR_OWN)
    if attempt.decision_id != decision_id:
        raise Conflict(DECIDED_ANEW)
    return attempt


def _append(tx: Tx, decision_id: str, number: int, action: str) -> None:
    event = ReleaseEventRow(
        decision_id=decision_id,
        number=number,
        action=action,
        at=tx.now,
        person_id=tx.actor.own_id,
        person=tx.actor.name,
    )
    tx.session.add(event)
    tx.session.flush()
