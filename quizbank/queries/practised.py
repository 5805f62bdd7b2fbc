"""One's own answers in practice, for the schedule and to take away."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.attempts import Action
from quizbank.exams import Purpose
from quizbank.kinds.item import Pool
from quizbank.practice import OwnAnswer, PractisedAnswer, family_of
from quizbank.queries.attempts import item_at, owned_attempt, position_exists, progress_of
from quizbank.queries.published import exam_version, form_items, item_version
from quizbank.tables.attempts import AttemptRow, StepRow


@needs(Permission.EXAM_SIT)
def practised_answer(tx: Tx, attempt_id: str, position: int) -> PractisedAnswer | None:
    """Return one's own answer in practice; None in an exam, or while nothing can be said of it yet.

    Raises `NotFound` for anybody else's attempt.
    """
    attempt = owned_attempt(tx, attempt_id)
    exam = exam_version(tx.session, attempt.exam_version_id).purpose is Purpose.EXAM
    if exam or not position_exists(tx, attempt.form_id, position):
        return None
    progress = progress_of(tx, attempt_id)
    item, response = item_at(tx, attempt.form_id, position), progress.responses.get(position)
    if item.kind == "description" or not item.complete(response) or item.manual_parts(response):
        return None
    return PractisedAnswer(
        exam_id=attempt.exam_id,
        version_id=form_items(tx.session, attempt.form_id)[position - 1].item_version_id,
        objective=item.objective,
        family=family_of(item),
        fraction=item.mark(response).fraction,
        confidence=progress.confidences.get(position),
    )


@needs(Permission.EXAM_SIT)
def own_practice_answers(tx: Tx, exam_ids: Sequence[str]) -> tuple[OwnAnswer, ...]:
    """Return every answer that one has given in these practice quizzes, oldest first.

    Answers in exams are not among them, and nothing that is not a practice question.
    """
    attempts = tx.session.exec(
        select(AttemptRow)
        .where(AttemptRow.person_id == tx.actor.own_id, col(AttemptRow.exam_id).in_(exam_ids))
        .order_by(col(AttemptRow.started_at), col(AttemptRow.id))
    ).all()
    return tuple(answer for one in attempts for answer in _answers(tx, one))


def _answers(tx: Tx, attempt: AttemptRow) -> Iterator[OwnAnswer]:
    if exam_version(tx.session, attempt.exam_version_id).purpose is Purpose.EXAM:
        return
    progress = progress_of(tx, attempt.id)
    for place, at in _answered_at(tx, attempt.id).items():
        version_id = form_items(tx.session, attempt.form_id)[place - 1].item_version_id
        item, response = item_version(tx.session, version_id), progress.responses.get(place)
        if item.pool is Pool.PRACTICE and response is not None:
            yield OwnAnswer(
                at=at,
                attempt_id=attempt.id,
                item_id=item.id,
                objective=item.objective,
                family=family_of(item),
                question=item.stem,
                response=response,
                fraction=item.mark(response).fraction,
                confidence=progress.confidences.get(place),
            )


def _answered_at(tx: Tx, attempt_id: str) -> Mapping[int, datetime]:
    rows = tx.session.exec(
        select(StepRow.position, StepRow.at)
        .where(StepRow.attempt_id == attempt_id, StepRow.action == Action.ANSWERED)
        .order_by(col(StepRow.number))
    )
    return {position: at for position, at in rows if position}
