"""Appeals: a trainee objects to a released result, staff answers."""

from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.ids import new_id
from base.permissions import Permission, needs
from quizbank.appeals import AppealState, problem_of_words
from quizbank.exams import Purpose
from quizbank.queries.appeals import appeal_row
from quizbank.queries.attempts import owned_attempt
from quizbank.queries.published import exam_version, form_items
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.corrections import AppealRow, KeyCorrectionRow

_SAY_WHY = "Write in a sentence what you think is wrong, and why."
_NO_RESULT = "An appeal is about a result. Wait until yours is here, then appeal on its page."
_OPEN_ALREADY = "Your appeal about this is open already. Its answer appears on this page."
_OWN = "This is about your own attempt. Somebody else answers it."
_ANSWERED = "This appeal was answered meanwhile; nothing was changed. Reload the page to see how."


@needs(Permission.EXAM_SIT)
def file_appeal(tx: Tx, attempt_id: str, position: int | None, text: str) -> str:
    """Object to one's own released result, or to one question of it by its place in the form.

    Returns the appeal's id. Raises `Invalid` without words, `NotAllowed` while there is no result,
    `NotFound` for a question that the exam did not have, `Conflict` while one about the same is
    open.
    """
    owned_attempt(tx, attempt_id)
    # Two clicks come one after the other, so that the second sees the first one's appeal.
    attempt = tx.session.get_one(AttemptRow, attempt_id, with_for_update=True)
    rules = exam_version(tx.session, attempt.exam_version_id)
    if attempt.released_id is None or rules.purpose is not Purpose.EXAM:
        raise NotAllowed(_NO_RESULT)
    asked = [one.position for one in form_items(tx.session, attempt.form_id) if one.asks]
    if position is not None and position not in asked:
        raise NotFound("Your exam had no question with this number. Check it and try again.")
    if problem := problem_of_words(text, _SAY_WHY):
        raise Invalid([problem])
    if _is_open(tx, attempt_id, position):
        raise Conflict(_OPEN_ALREADY)
    row = AppealRow(
        id=new_id(),
        attempt_id=attempt_id,
        decision_id=attempt.released_id,
        position=position,
        text=text.strip(),
        state=AppealState.OPEN,
        filed_at=tx.now,
    )
    tx.session.add(row)
    record(tx, "appeal:file", attempt_id, {"appeal": row.id, "position": position})
    return row.id


@needs(Permission.APPEAL_ANSWER)
def answer_appeal(
    tx: Tx, appeal_id: str, upheld: bool, answer: str, linked_id: str | None = None
) -> None:
    """End an appeal with an answer that its trainee reads.

    One that is upheld may name the key correction that came of it (`linked_id`). Raises
    `NotAllowed` for one's own attempt, `Invalid` without an answer, `Conflict` where it was
    answered.
    """
    row = appeal_row(tx, appeal_id, locked=True)
    attempt = tx.session.get_one(AttemptRow, row.attempt_id)
    if attempt.person_id == tx.actor.own_id:
        raise NotAllowed(_OWN)
    if row.state != AppealState.OPEN:
        raise Conflict(_ANSWERED)
    if problem := problem_of_words(answer, "Write an answer that the trainee can understand."):
        raise Invalid([problem])
    if linked_id is not None and (not upheld or not tx.session.get(KeyCorrectionRow, linked_id)):
        raise Invalid(
            ["Only an appeal that is upheld names a key correction, and one that exists."]
        )
    row.state = AppealState.UPHELD if upheld else AppealState.REJECTED
    row.answer, row.correction_id, row.answered_at = answer.strip(), linked_id, tx.now
    row.answered_by_id, row.answered_by = tx.actor.own_id, tx.actor.name
    record(
        tx,
        "appeal:answer",
        row.attempt_id,
        {"appeal": row.id, "outcome": str(row.state), "correction": linked_id},
    )


def _is_open(tx: Tx, attempt_id: str, position: int | None) -> bool:
    found = tx.session.exec(
        select(AppealRow.id).where(
            AppealRow.attempt_id == attempt_id,
            col(AppealRow.position).is_not_distinct_from(position),
            AppealRow.state == AppealState.OPEN,
        )
    ).first()
    return found is not None
