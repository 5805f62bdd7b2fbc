"""From an exam back to its course: titles of objectives, lessons to study again."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, or_, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from courses.queries.stored import lesson_text, manifest_of
from courses.tables.courses import CourseRow


@dataclass(frozen=True)
class LessonOfObjectives:
    """A lesson and the objectives that it teaches."""

    slug: str
    title: str
    objectives: tuple[str, ...]


@dataclass(frozen=True)
class CourseOfExam:
    """The course that an exam belongs to."""

    slug: str
    title: str
    objective_titles: Mapping[str, str]
    lessons: tuple[LessonOfObjectives, ...]


@needs(Permission.COURSE_STUDY)
def course_of_exam(tx: Tx, exam_id: str) -> CourseOfExam:
    """Return the course of this exam; raises `NotFound`."""
    slug = tx.session.exec(select(CourseRow.slug).where(CourseRow.exam_id == exam_id)).first()
    if slug is None:
        raise NotFound("No course has this exam. Go to your course and start from there.")
    manifest = manifest_of(tx.session, slug)
    texts = [lesson_text(tx.session, manifest.lessons[one]) for one in manifest.course.lesson_slugs]
    return CourseOfExam(
        slug=slug,
        title=manifest.course.title,
        objective_titles={one.code: one.title for one in manifest.course.objectives},
        lessons=tuple(LessonOfObjectives(one.slug, one.title, one.objectives) for one in texts),
    )


@needs(Permission.COURSE_STUDY)
def objective_titles(tx: Tx, exam_id: str) -> Mapping[str, str]:
    """Return the objectives of the course that has this exam or practice quiz; empty for none."""
    of_it = or_(col(CourseRow.exam_id) == exam_id, col(CourseRow.practice_id) == exam_id)
    slug = tx.session.exec(select(CourseRow.slug).where(of_it)).first()
    course = manifest_of(tx.session, slug).course if slug else None
    return {one.code: one.title for one in course.objectives} if course else {}
