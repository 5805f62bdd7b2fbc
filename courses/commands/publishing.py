"""Making the next version of a lesson or course: the one place where what learners read changes.

For commands that have checked who asks and what for.
"""

from collections.abc import Mapping

from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.ids import new_id
from courses.course import Course
from courses.figures.facts import FigureFacts
from courses.lessons import Lesson
from courses.manifest import Manifest
from courses.tables.courses import CourseRow, CourseVersionRow, LessonVersionRow
from quizbank.origins import Origin


def held_course(tx: Tx, slug: str) -> CourseRow | None:
    """Return the row of a course, held until the transaction ends, or None."""
    return tx.session.get(CourseRow, slug, with_for_update=True)


def newest_lesson(
    tx: Tx, course: str, lesson: str, origin: Origin | None = None
) -> LessonVersionRow | None:
    """Return the newest version of a lesson, of this origin where one is asked for, or None."""
    query = select(LessonVersionRow).where(
        LessonVersionRow.course_slug == course, LessonVersionRow.lesson_slug == lesson
    )
    if origin:
        query = query.where(LessonVersionRow.origin == origin)
    newest = col(LessonVersionRow.number).desc()
    return tx.session.exec(query.order_by(newest).limit(1)).first()


def publish_lesson_version(tx: Tx, course: str, lesson: Lesson, origin: Origin) -> LessonVersionRow:
    """Publish a lesson's text as its next version."""
    standing = newest_lesson(tx, course, lesson.slug)
    version = LessonVersionRow(
        id=new_id(),
        course_slug=course,
        lesson_slug=lesson.slug,
        number=standing.number + 1 if standing else 1,
        title=lesson.title,
        minutes=lesson.minutes,
        checks=" ".join(lesson.checks),
        payload=lesson.model_dump_json(),
        origin=origin,
        published_at=tx.now,
        published_by=tx.actor.name,
    )
    tx.session.add(version)
    tx.session.flush()
    subject = f"{course}/{lesson.slug}"
    record(tx, "lesson:publish", subject, {"version": version.number, "version_id": version.id})
    return version


def publish_course(
    tx: Tx, row: CourseRow, course: Course, figures: Mapping[str, FigureFacts]
) -> None:
    """Publish a course with its lessons as they stand; what has not changed makes no version."""
    lessons = {slug: _lesson_id(tx, course.slug, slug) for slug in course.lesson_slugs}
    manifest = Manifest(course=course, figures=dict(figures), lessons=lessons)
    payload = manifest.to_json()
    standing = tx.session.get(CourseVersionRow, row.version_id)
    if standing and Manifest.model_validate_json(standing.payload) == manifest:
        return
    version = CourseVersionRow(
        id=new_id(),
        course_slug=row.slug,
        number=row.version + 1,
        payload=payload,
        published_at=tx.now,
        published_by=tx.actor.name,
    )
    tx.session.add(version)
    row.version, row.version_id = version.number, version.id
    tx.session.add(row)
    tx.session.flush()
    record(tx, "course:publish", row.slug, {"version": version.number})


def _lesson_id(tx: Tx, course: str, slug: str) -> str:
    version = newest_lesson(tx, course, slug)
    if version is None:
        raise LookupError(f"{course}/{slug} has no version.")
    return version.id
