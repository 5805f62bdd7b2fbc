"""What one has practised in a course, what comes back when, and what can be practised now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from courses.course import Course
from courses.habit import StudyPlan, next_refresher
from courses.practice_choice import (
    FamilyKey,
    LastAnswer,
    Mode,
    Past,
    Wanted,
    fitting,
    key_of,
)
from courses.queries.stored import manifest_of
from courses.scheduling import CardState, before_exam
from courses.tables.practice import PracticeSessionRow, ReviewCardRow, ReviewRow, StudyPlanRow
from quizbank.practice import PracticeItem
from quizbank.queries.attempts import owned_attempt
from quizbank.queries.exams import ExamOffer, exam_offer
from quizbank.queries.practice_items import practice_items
from quizbank.queries.published import item_versions

# Modes that are chosen from a list; the others have a way of their own.
LISTED = (Mode.DUE, Mode.MIXED, Mode.WEAK, Mode.MISSED, Mode.CRITICAL)


@dataclass(frozen=True)
class PracticeChoice:
    """What can be practised now: how many questions fit each mode, and objectives by code.

    Weakness fits nothing before anything was answered; `practised` tells that something was.
    """

    fitting: Mapping[Mode, int]
    objectives: Mapping[str, str]
    practised: bool


@dataclass(frozen=True)
class ComesBack:
    """A family that was practised, and when it is asked again."""

    objective: str
    family: str
    due: datetime
    right: bool


@needs(Permission.EXAM_SIT)
def study_plan(tx: Tx, slug: str) -> StudyPlan:
    """Return what one aims for in a course; the usual goal where nothing was said."""
    row = tx.session.exec(
        select(StudyPlanRow)
        .where(StudyPlanRow.person_id == tx.actor.own_id, StudyPlanRow.course_slug == slug)
        .order_by(col(StudyPlanRow.number).desc())
        .limit(1)
    ).first()
    if row is None:
        return StudyPlan()
    return StudyPlan(row.daily_goal, date.fromisoformat(row.exam_on) if row.exam_on else None)


@needs(Permission.EXAM_SIT)
def own_past(tx: Tx, slug: str) -> Past:
    """Return what one has practised in a course; the cards' dates know of the exam."""
    return Past(tx.now, _newest_answers(tx, slug), _cards(tx, slug))


@needs(Permission.EXAM_SIT)
def practice_offer(tx: Tx, slug: str) -> ExamOffer:
    """Return the practice quiz of a course, with the practice of any mode that is running."""
    return exam_offer(tx, manifest_of(tx.session, slug).course.practice_id)


@needs(Permission.EXAM_SIT)
def practice_choice(tx: Tx, slug: str) -> PracticeChoice:
    """Return what can be practised in a course now; raises `NotFound`."""
    course = manifest_of(tx.session, slug).course
    bank, past = practice_bank(tx, course), own_past(tx, slug)
    there = {one.objective for one in bank}
    return PracticeChoice(
        fitting={
            mode: len([*fitting(Wanted(mode), bank, past, 0)])
            for mode in LISTED
            if mode is not Mode.WEAK or past.answers
        },
        objectives={one.code: one.title for one in course.objectives if one.code in there},
        practised=bool(past.answers),
    )


@needs(Permission.EXAM_SIT)
def due_reviews(tx: Tx, slug: str) -> int:
    """Return how many families of a course are due now and have a question to ask."""
    cards = _cards(tx, slug)
    due = Past(tx.now, cards=cards).due()
    if not due:
        return 0
    bank = practice_bank(tx, manifest_of(tx.session, slug).course)
    return len({key_of(one) for one in bank} & {*due})


@needs(Permission.EXAM_SIT)
def refresher_opens(tx: Tx, slug: str) -> datetime | None:
    """Return when one's monthly refresher of a course comes next; None where it is due now."""
    return next_refresher(_last_session(tx, slug, Mode.REFRESHER), tx.now)


@needs(Permission.EXAM_SIT)
def comes_back(tx: Tx, slug: str, attempt_id: str) -> tuple[ComesBack, ...]:
    """Return the families that one's own session asked, by when they come back.

    Raises `NotFound` for anybody else's.
    """
    owned_attempt(tx, attempt_id)
    cards = _cards(tx, slug)
    rows = tx.session.exec(
        select(ReviewRow.objective, ReviewRow.family, ReviewRow.fraction)
        .where(ReviewRow.person_id == tx.actor.own_id, ReviewRow.attempt_id == attempt_id)
        .order_by(col(ReviewRow.number))
    )
    right: dict[FamilyKey, bool] = {}
    for objective, family, fraction in rows:
        key = (objective, family)
        right[key] = right.get(key, True) and fraction >= 1
    found = [ComesBack(*key, due=cards[key].due, right=one) for key, one in right.items()]
    return tuple(sorted(found, key=lambda one: (one.due, one.objective, one.family)))


@needs(Permission.EXAM_SIT)
def answered_at(tx: Tx, slug: str) -> tuple[datetime, ...]:
    """Return when one answered questions of a course in practice, oldest first."""
    return tuple(
        tx.session.exec(
            select(ReviewRow.at)
            .where(ReviewRow.person_id == tx.actor.own_id, ReviewRow.course_slug == slug)
            .order_by(col(ReviewRow.number))
        )
    )


@needs(Permission.EXAM_SIT)
def practice_bank(tx: Tx, course: Course) -> tuple[PracticeItem, ...]:
    """Return the questions that practice of a course may ask."""
    return practice_items(tx, [one.code for one in course.objectives])


def _newest_answers(tx: Tx, slug: str) -> dict[str, LastAnswer]:
    rows = tx.session.exec(
        select(ReviewRow)
        .where(ReviewRow.person_id == tx.actor.own_id, ReviewRow.course_slug == slug)
        .order_by(col(ReviewRow.number))
    ).all()
    items = item_versions(tx.session, [*{row.item_version_id for row in rows}])
    newest: dict[str, LastAnswer] = {}
    for row in rows:
        item_id = items[row.item_version_id].id
        newest[item_id] = LastAnswer(item_id, row.objective, row.family, row.fraction, row.at)
    return newest


def _cards(tx: Tx, slug: str) -> dict[FamilyKey, CardState]:
    exam_on = study_plan(tx, slug).coming_exam(tx.now.date())
    rows = tx.session.exec(
        select(ReviewCardRow.objective, ReviewCardRow.family, ReviewCardRow.payload).where(
            ReviewCardRow.person_id == tx.actor.own_id, ReviewCardRow.course_slug == slug
        )
    )
    return {
        (objective, family): before_exam(
            CardState.model_validate_json(payload), f"{objective}/{family}", exam_on
        )
        for objective, family, payload in rows
    }


def _last_session(tx: Tx, slug: str, mode: Mode) -> datetime | None:
    return tx.session.exec(
        select(PracticeSessionRow.at)
        .where(
            PracticeSessionRow.person_id == tx.actor.own_id,
            PracticeSessionRow.course_slug == slug,
            PracticeSessionRow.mode == mode,
        )
        .order_by(col(PracticeSessionRow.at).desc())
        .limit(1)
    ).first()
