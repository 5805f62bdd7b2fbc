"""Everything that one did in the courses, to take away."""

import json
from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from courses.own_data import Record
from courses.queries.practice import own_past
from courses.tables.courses import CheckAnswerRow, CourseRow, LessonReadRow, LessonVersionRow
from courses.tables.practice import StudyPlanRow
from courses.tables.reading import BookmarkRow, NoteRow
from courses.tables.screening import ScreeningCaseVersionRow, ScreeningPlayRow, ScreeningStepRow
from quizbank.queries.practised import own_practice_answers
from quizbank.queries.published import item_versions
from quizbank.remediation import remediation_id


@needs(Permission.EXAM_SIT)
def own_data(tx: Tx) -> Mapping[str, Sequence[Record]]:
    """Return one's own reads, answers in lessons and practice, schedule, goals and notes by table.

    Nothing of an exam is among them, and no key.
    """
    return {
        "lessons_read": [*_reads(tx)],
        "check_answers": [*_checks(tx)],
        "practice_answers": [*_practised(tx)],
        "screening": [*_screened(tx)],
        "schedule": [*_schedule(tx)],
        "study_plans": [*_plans(tx)],
        "bookmarks": [*_bookmarks(tx)],
        "notes": [*_notes(tx)],
    }


def _reads(tx: Tx) -> Iterator[Record]:
    rows = tx.session.exec(
        select(LessonReadRow.at, LessonVersionRow)
        .join(LessonVersionRow, col(LessonVersionRow.id) == col(LessonReadRow.lesson_version_id))
        .where(LessonReadRow.person_id == tx.actor.own_id)
        .order_by(col(LessonReadRow.at), col(LessonVersionRow.id))
    )
    for at, lesson in rows:
        yield {
            "at": at.isoformat(),
            "course": lesson.course_slug,
            "lesson": lesson.lesson_slug,
            "title": lesson.title,
            "version": lesson.number,
        }


def _checks(tx: Tx) -> Iterator[Record]:
    rows = tx.session.exec(
        select(CheckAnswerRow, LessonVersionRow.course_slug, LessonVersionRow.lesson_slug)
        .join(LessonVersionRow, col(LessonVersionRow.id) == col(CheckAnswerRow.lesson_version_id))
        .where(CheckAnswerRow.person_id == tx.actor.own_id)
        .order_by(col(CheckAnswerRow.number))
    ).all()
    items = item_versions(tx.session, [*{row.item_version_id for row, _, _ in rows}])
    for row, course, lesson in rows:
        yield {
            "at": row.at.isoformat(),
            "course": course,
            "lesson": lesson,
            "item": row.item_id,
            "question": items[row.item_version_id].stem,
            "answer": json.loads(row.response),
            "share_of_mark": row.fraction,
        }


def _practised(tx: Tx) -> Iterator[Record]:
    for slug, exam, quiz in _courses(tx):
        for one in own_practice_answers(tx, [quiz, remediation_id(exam)]):
            yield {
                "at": one.at.isoformat(),
                "course": slug,
                "session": one.attempt_id,
                "item": one.item_id,
                "objective": one.objective,
                "topic": one.family,
                "question": one.question,
                "answer": one.response,
                "share_of_mark": one.fraction,
                "how_sure": one.confidence,
            }


def _screened(tx: Tx) -> Iterator[Record]:
    rows = tx.session.exec(
        select(ScreeningStepRow, ScreeningPlayRow.course_slug, ScreeningCaseVersionRow.case_id)
        .join(ScreeningPlayRow, col(ScreeningPlayRow.id) == col(ScreeningStepRow.play_id))
        .join(
            ScreeningCaseVersionRow,
            col(ScreeningCaseVersionRow.id) == col(ScreeningPlayRow.case_version_id),
        )
        .where(ScreeningPlayRow.person_id == tx.actor.own_id)
        .order_by(col(ScreeningPlayRow.started_at), ScreeningStepRow.play_id)
        .order_by(col(ScreeningStepRow.place))
    )
    for step, course, case_id in rows:
        yield {
            "at": step.at.isoformat(),
            "course": course,
            "case": case_id,
            "play": step.play_id,
            "what": step.kind,
            "said": json.loads(step.payload),
        }


def _schedule(tx: Tx) -> Iterator[Record]:
    for slug, _, _ in _courses(tx):
        for (objective, family), card in sorted(own_past(tx, slug).cards.items()):
            yield {
                "course": slug,
                "objective": objective,
                "topic": family,
                "reviews": card.reviews,
                "last_review": card.last_review.isoformat(),
                "comes_back": card.due.isoformat(),
            }


def _plans(tx: Tx) -> Iterator[Record]:
    rows = tx.session.exec(
        select(StudyPlanRow)
        .where(StudyPlanRow.person_id == tx.actor.own_id)
        .order_by(col(StudyPlanRow.number))
    )
    for row in rows:
        yield {
            "at": row.at.isoformat(),
            "course": row.course_slug,
            "questions_a_day": row.daily_goal,
            "exam_on": row.exam_on,
        }


def _bookmarks(tx: Tx) -> Iterator[Record]:
    rows = tx.session.exec(
        select(BookmarkRow)
        .where(BookmarkRow.person_id == tx.actor.own_id)
        .order_by(col(BookmarkRow.at), BookmarkRow.lesson_slug)
    )
    for row in rows:
        yield {"at": row.at.isoformat(), "course": row.course_slug, "lesson": row.lesson_slug}


def _notes(tx: Tx) -> Iterator[Record]:
    rows = tx.session.exec(
        select(NoteRow).where(NoteRow.person_id == tx.actor.own_id).order_by(col(NoteRow.number))
    )
    for row in rows:
        yield {
            "at": row.at.isoformat(),
            "course": row.course_slug,
            "lesson": row.lesson_slug,
            "text": row.text,
        }


def _courses(tx: Tx) -> Sequence[tuple[str, str, str]]:
    return tx.session.exec(
        select(CourseRow.slug, CourseRow.exam_id, CourseRow.practice_id).order_by(CourseRow.slug)
    ).all()
