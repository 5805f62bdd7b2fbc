"""Putting right what one was certain of and was unsafe: the lesson, then fresh questions.

Parts of `courses.commands.remediation`, which knows the lessons, but for ending a round.
"""

from sqlmodel import select

from base.audit import record
from base.db import Tx
from base.errors import Invalid, NotAllowed
from base.ids import new_seed
from base.permissions import Permission, needs
from quizbank.attempts import Action
from quizbank.commands.practice import begin_untimed
from quizbank.commands.steps import end_attempt
from quizbank.exams import Purpose
from quizbank.queries.attempts import (
    owned_attempt,
    progress_of,
)
from quizbank.queries.certain_mistakes import open_rows
from quizbank.queries.fresh_items import fresh_item_versions
from quizbank.queries.published import exam_version, form_items, item_version
from quizbank.queries.rounds import round_of
from quizbank.remediation import remediation_id, still_to_answer
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.corrections import RemediationRow


def note_lesson_read(tx: Tx, exam_id: str, objective: str) -> None:
    """Note that the lesson of one's open mistakes of an objective was read again."""
    for row in open_rows(tx, exam_id, objective):
        row.read_at = row.read_at or tx.now
        tx.session.add(row)


def start_round(tx: Tx, exam_id: str, objective: str) -> str | None:
    """Draw the next round of fresh questions, or return the one that runs; None where none is due.

    Where the bank has no practice question of this objective, there is nothing to answer, and the
    mistakes count as put right.
    """
    rows = open_rows(tx, exam_id, objective)
    if not rows:
        return None
    known = next((row.practice_id for row in rows if row.practice_id), None)
    last = round_of(tx, known) if known else None
    if last and last.running:
        return last.attempt_id
    asked = max(_asked(tx, row) for row in rows)
    most = still_to_answer(asked, last.fractions if last else ())
    seed = new_seed()
    versions = fresh_item_versions(tx, objective, most, seed)
    if not versions:
        _put_right(tx, rows, "no practice question of this objective")
        return None
    attempt_id = begin_untimed(tx, remediation_id(exam_id), versions, seed)
    for row in rows:
        row.practice_id = attempt_id
        tx.session.add(row)
    tx.session.flush()
    return attempt_id


@needs(Permission.EXAM_SIT)
def finish_round(tx: Tx, attempt_id: str) -> int:
    """End a round of fresh questions and return how many were not right; 0 puts the mistakes right.

    Ending it twice changes nothing. Raises `Invalid` while a question has no answer.
    """
    attempt = owned_attempt(tx, attempt_id)
    if exam_version(tx.session, attempt.exam_version_id).purpose is not Purpose.REMEDIATION:
        raise NotAllowed("Only questions to put something right are ended here.")
    if attempt.closed_at is None and not _all_answered(tx, attempt):
        raise Invalid(["Answer every question first."])
    end_attempt(tx, attempt, tx.now, Action.SUBMITTED)
    wrong = still_to_answer(0, round_of(tx, attempt_id).fractions)
    if not wrong:
        rows = tx.session.exec(
            select(RemediationRow).where(RemediationRow.practice_id == attempt_id)
        ).all()
        _put_right(tx, [row for row in rows if row.done_at is None], "fresh questions")
    return wrong


def _asked(tx: Tx, row: RemediationRow) -> int:
    attempt = tx.session.get_one(AttemptRow, row.attempt_id)
    return exam_version(tx.session, attempt.exam_version_id).sureness.fresh_items


def _all_answered(tx: Tx, attempt: AttemptRow) -> bool:
    responses = progress_of(tx, attempt.id).responses
    return all(
        item_version(tx.session, place.item_version_id).complete(responses.get(place.position))
        for place in form_items(tx.session, attempt.form_id)
    )


def _put_right(tx: Tx, rows: list[RemediationRow], how: str) -> None:
    for row in rows:
        row.done_at = tx.now
        tx.session.add(row)
        record(tx, "attempt:put-right", row.attempt_id, {"remediation": row.id, "by": how})
    tx.session.flush()
