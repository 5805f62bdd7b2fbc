"""Appeals: one's own beside the result, and for staff with the answer, its key and its mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.appeals import AppealState
from quizbank.items import Item
from quizbank.queries.attempts import (
    owned_attempt,
    progress_of,
)
from quizbank.queries.published import form_items, item_version
from quizbank.queries.results import Verdict, verdict_on
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.corrections import AppealRow, KeyCorrectionRow, ReleaseEventRow
from quizbank.tables.decisions import EssayMarkRow, MarkRow
from quizbank.tables.exams import ExamRow


@dataclass(frozen=True)
class OwnAppeal:
    """An appeal as its trainee sees it; `position` is None where it is about the whole exam."""

    position: int | None
    text: str
    state: AppealState
    filed_at: datetime
    answer: str | None
    answered_at: datetime | None


@dataclass(frozen=True)
class AppealLine:
    """One line of the queue; `mine` tells that it is about an own attempt."""

    id: str
    attempt_id: str
    person_id: str
    exam_title: str
    position: int | None
    text: str
    state: AppealState
    filed_at: datetime
    mine: bool
    correction_id: str | None
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


@dataclass(frozen=True)
class AnswerInQuestion:
    """The place that an appeal is about: what was asked and said, and what it was given."""

    item: Item
    version_id: str
    option_order: tuple[str, ...]
    response: JsonValue
    fraction: float
    state: str
    scored: bool


@dataclass(frozen=True)
class AppealDetail:
    """An appeal with what it takes to answer it.

    `decided_by` names whoever marked or released the attempt; `took_part` tells that one is among
    them. `corrections` are those of the item version, newest first, as id and reason.
    """

    line: AppealLine
    verdict: Verdict
    question: AnswerInQuestion | None
    decided_by: tuple[str, ...]
    took_part: bool
    corrections: tuple[tuple[str, str], ...]


@needs(Permission.EXAM_SIT)
def own_appeals(tx: Tx, attempt_id: str) -> tuple[OwnAppeal, ...]:
    """Return the appeals about one's own attempt, oldest first; raises `NotFound`."""
    owned_attempt(tx, attempt_id)
    rows = tx.session.exec(
        select(AppealRow)
        .where(AppealRow.attempt_id == attempt_id)
        .order_by(col(AppealRow.filed_at), col(AppealRow.id))
    )
    return tuple(
        OwnAppeal(
            row.position,
            row.text,
            AppealState(row.state),
            row.filed_at,
            row.answer,
            row.answered_at,
        )
        for row in rows
    )


@needs(Permission.EXAM_SIT)
def questions_of(tx: Tx, attempt_id: str) -> tuple[int, ...]:
    """Return the positions of one's own attempt's questions by their numbers on the screen.

    Texts that are only read have a position and no number. Raises `NotFound`.
    """
    places = form_items(tx.session, owned_attempt(tx, attempt_id).form_id)
    return tuple(place.position for place in places if place.asks)


@needs(Permission.APPEAL_ANSWER)
def appeals(tx: Tx, limit: int = 200) -> tuple[AppealLine, ...]:
    """Return appeals, the open ones first, filed longest ago first."""
    rows = tx.session.exec(
        select(AppealRow, AttemptRow.person_id, ExamRow.title)
        .join(AttemptRow, col(AttemptRow.id) == col(AppealRow.attempt_id))
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .order_by(col(AppealRow.state) != AppealState.OPEN, col(AppealRow.filed_at))
        .limit(limit)
    )
    return tuple(_line(tx, *row) for row in rows)


@needs(Permission.APPEAL_ANSWER)
def appeal(tx: Tx, appeal_id: str) -> AppealDetail:
    """Return one appeal with its attempt and the answer in question; raises `NotFound`."""
    row = appeal_row(tx, appeal_id)
    attempt = tx.session.get_one(AttemptRow, row.attempt_id)
    title = tx.session.get_one(ExamRow, attempt.exam_id).title
    question = _question(tx, attempt, row.position) if row.position is not None else None
    deciders = _deciders(tx, attempt)
    return AppealDetail(
        line=_line(tx, row, attempt.person_id, title),
        verdict=verdict_on(tx, attempt.id),
        question=question,
        decided_by=tuple(sorted({*deciders.values()})),
        took_part=tx.actor.person_id in deciders,
        corrections=_corrections(tx, question),
    )


def appeal_row(tx: Tx, appeal_id: str, *, locked: bool = False) -> AppealRow:
    """Return an appeal for this package; raises `NotFound`."""
    row = tx.session.get(AppealRow, appeal_id, with_for_update=locked or None)
    if row is None:
        raise NotFound("There is no such appeal. Go to the list of appeals and choose one.")
    return row


def _line(tx: Tx, row: AppealRow, person_id: str, title: str) -> AppealLine:
    return AppealLine(
        id=row.id,
        attempt_id=row.attempt_id,
        person_id=person_id,
        exam_title=title,
        position=row.position,
        text=row.text,
        state=AppealState(row.state),
        filed_at=row.filed_at,
        mine=person_id == tx.actor.person_id,
        correction_id=row.correction_id,
        answer=row.answer,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
    )


def _question(tx: Tx, attempt: AttemptRow, position: int) -> AnswerInQuestion:
    place = form_items(tx.session, attempt.form_id)[position - 1]
    mark = tx.session.get_one(MarkRow, (attempt.decision_id, position))
    return AnswerInQuestion(
        item=item_version(tx.session, place.item_version_id),
        version_id=place.item_version_id,
        option_order=place.option_order,
        response=progress_of(tx, attempt.id).responses.get(position),
        fraction=mark.fraction,
        state=mark.state,
        scored=mark.scored,
    )


def _deciders(tx: Tx, attempt: AttemptRow) -> dict[str | None, str]:
    """Return whoever marked an essay of the attempt or released its decision, by id."""
    marked = select(EssayMarkRow.marker_id, EssayMarkRow.marker).where(
        EssayMarkRow.attempt_id == attempt.id
    )
    released = select(ReleaseEventRow.person_id, ReleaseEventRow.person).where(
        ReleaseEventRow.decision_id == attempt.decision_id
    )
    return {**dict(tx.session.exec(marked).all()), **dict(tx.session.exec(released).all())}


def _corrections(tx: Tx, question: AnswerInQuestion | None) -> tuple[tuple[str, str], ...]:
    if question is None:
        return ()
    rows: Sequence[tuple[str, str]] = tx.session.exec(
        select(KeyCorrectionRow.id, KeyCorrectionRow.reason)
        .where(KeyCorrectionRow.item_version_id == question.version_id)
        .order_by(col(KeyCorrectionRow.proposed_at).desc())
    ).all()
    return tuple((one, reason) for one, reason in rows)
