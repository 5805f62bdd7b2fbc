"""In front of a course's final exam: its rules, and what must be done before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from courses.course import Course
from courses.progress import LessonProgress, courses_first, exam_needs
from courses.queries.stored import Manifest, lesson_heads, manifest_of, standing_of
from courses.tables.courses import CourseRow
from quizbank.queries.exams import ExamOffer, exam_offer
from quizbank.queries.own_results import passed_exams


@dataclass(frozen=True)
class ExamEntry:
    """A course's final exam as a learner comes to it.

    `needs` says what must be done before; it is empty where nothing is missing, or the exam runs.
    """

    course: str
    objective_titles: Mapping[str, str]
    offer: ExamOffer
    needs: str


@needs(Permission.EXAM_SIT)
def exam_entry(tx: Tx, slug: str) -> ExamEntry:
    """Return the final exam of a course; raises `NotFound`."""
    manifest = manifest_of(tx.session, slug)
    course = manifest.course
    offer = exam_offer(tx, course.exam_id)
    return ExamEntry(
        course=slug,
        objective_titles={one.code: one.title for one in course.objectives},
        offer=offer,
        needs="" if offer.running else _missing(tx, manifest),
    )


def still_to_pass(tx: Tx, course: Course) -> list[str]:
    """Return the titles of the required courses whose final exam the person never passed."""
    if not course.requires:
        return []
    known = {
        slug: manifest_of(tx.session, slug).course
        for slug in tx.session.exec(
            select(CourseRow.slug).where(col(CourseRow.slug).in_(course.requires))
        )
    }
    passed = passed_exams(tx, [one.exam_id for one in known.values()])
    return [
        known[slug].title if slug in known else slug
        for slug in course.requires
        if slug not in known or known[slug].exam_id not in passed
    ]


def needs_before(to_pass: Sequence[str], lessons: Sequence[LessonProgress]) -> str:
    """Say what must be done before the final exam; empty where nothing is missing."""
    return f"{courses_first(to_pass)} {exam_needs(lessons)}".strip()


def _missing(tx: Tx, manifest: Manifest) -> str:
    standing = standing_of(tx.session, tx.actor.own_id, manifest.course.slug)
    lessons = tuple(standing.of(head) for head in lesson_heads(tx.session, manifest))
    return needs_before(still_to_pass(tx, manifest.course), lessons)
