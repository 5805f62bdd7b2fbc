"""Loading a course from its folder: sources, items, lessons, exams, in one transaction."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import Invalid
from base.ids import new_id
from base.permissions import Permission, needs
from courses.commands.handbook import publish_handbook
from courses.content_check import problems_of
from courses.content_folder import CourseContent, course_folders, read_course_folder
from courses.course import Course
from courses.figures.facts import FigureFacts
from courses.lessons import Lesson
from courses.manifest import Manifest
from courses.tables.courses import CourseRow, CourseVersionRow, LessonVersionRow
from quizbank.commands.bank import load_items, load_sources
from quizbank.commands.exams import publish_exam
from quizbank.commands.files import store_pictures
from quizbank.files import Picture, named_files


@needs(Permission.CONTENT_LOAD)
def load_folder(tx: Tx, folder: Path) -> tuple[str, ...]:
    """Load a course folder, or every course of a content folder; returns the courses' slugs.

    Unchanged content makes no new version of anything. Raises `Invalid` with every problem, and
    loads nothing, where `content_check` finds any but a warning.
    """
    contents = [read_course_folder(one) for one in course_folders(folder)]
    problems = problems_of(contents, tx.now.date())
    errors = [str(problem) for problem in problems if problem.severity == "error"]
    if errors:
        raise Invalid(errors)
    slugs = tuple(_load(tx, content) for content in contents)
    # They all lie beside the same handbook; a folder without one leaves what stands.
    handbook = contents[0].handbook.handbook
    if handbook.terms or handbook.rows:
        publish_handbook(tx, handbook)
    return slugs


@needs(Permission.CONTENT_LOAD)
def load_course(
    tx: Tx, course: Course, lessons: Sequence[Lesson], figures: Mapping[str, FigureFacts]
) -> None:
    """Publish a course with its lessons and exams; what has not changed makes no new version.

    Check questions and sources must be loaded before. Progress stays: a lesson counts as read in
    every version that had the same checks.
    """
    publish_exam(tx, course.exam_id, course.exam)
    publish_exam(tx, course.practice_id, course.practice)
    row = tx.session.get(CourseRow, course.slug) or _new_course(tx, course)
    texts = {lesson.slug: lesson for lesson in lessons}
    versions = {slug: _publish_lesson(tx, course.slug, texts[slug]) for slug in course.lesson_slugs}
    manifest = Manifest(course=course, figures=dict(figures), lessons=versions)
    _publish_course(tx, row, manifest.to_json())


def _load(tx: Tx, content: CourseContent) -> str:
    if content.course is None:
        raise Invalid([f"{content.file}:1: This course cannot be read; correct it."])
    load_sources(tx, tuple(content.sources.values()))
    store_pictures(tx, _shown(content))
    load_items(tx, [place.item for place in content.items])
    lessons = [place.read.lesson for place in content.lessons.values() if place.read.lesson]
    load_course(tx, content.course, lessons, content.figures)
    return content.course.slug


def _shown(content: CourseContent) -> list[Picture]:
    named = frozenset[str]().union(*(named_files(place.item) for place in content.items))
    return [picture for picture in content.pictures.values() if picture.digest in named]


def _new_course(tx: Tx, course: Course) -> CourseRow:
    row = CourseRow(
        slug=course.slug,
        exam_id=course.exam_id,
        practice_id=course.practice_id,
        version=0,
        version_id="",
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def _publish_course(tx: Tx, row: CourseRow, payload: str) -> None:
    standing = tx.session.get(CourseVersionRow, row.version_id)
    if standing and standing.payload == payload:
        return
    version = CourseVersionRow(
        id=new_id(),
        course_slug=row.slug,
        number=row.version + 1,
        payload=payload,
        published_at=tx.now,
    )
    tx.session.add(version)
    row.version, row.version_id = version.number, version.id
    tx.session.flush()
    record(tx, "course:publish", row.slug, {"version": version.number})


def _publish_lesson(tx: Tx, course: str, lesson: Lesson) -> str:
    """Return the id of the version that holds this text, a new one where it changed."""
    standing = tx.session.exec(
        select(LessonVersionRow)
        .where(LessonVersionRow.course_slug == course, LessonVersionRow.lesson_slug == lesson.slug)
        .order_by(col(LessonVersionRow.number).desc())
        .limit(1)
    ).first()
    payload = lesson.model_dump_json()
    if standing and standing.payload == payload:
        return standing.id
    version = LessonVersionRow(
        id=new_id(),
        course_slug=course,
        lesson_slug=lesson.slug,
        number=standing.number + 1 if standing else 1,
        title=lesson.title,
        minutes=lesson.minutes,
        checks=" ".join(lesson.checks),
        payload=payload,
        published_at=tx.now,
    )
    tx.session.add(version)
    tx.session.flush()
    subject = f"{course}/{lesson.slug}"
    record(tx, "lesson:publish", subject, {"version": version.number, "version_id": version.id})
    return version.id
