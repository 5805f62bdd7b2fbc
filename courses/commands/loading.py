"""Loading a course from its folder: sources, items, lessons, exams, in one transaction."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import JsonValue, ValidationError

from base.db import Tx
from base.errors import Invalid
from base.permissions import Permission, needs
from courses.commands.filing import file_texts, shown_pictures
from courses.commands.handbook import publish_handbook
from courses.commands.publishing import (
    held_course,
    newest_lesson,
    publish_course,
    publish_lesson_version,
)
from courses.commands.screening_cases import load_cases
from courses.content_check import problems_of
from courses.content_folder import CourseContent, course_folders, read_course_folder
from courses.course import Course
from courses.figures.facts import FigureFacts
from courses.lessons import Lesson
from courses.queries.stored import manifest_of
from courses.tables.courses import CourseRow
from quizbank.commands.bank import load_items, load_sources
from quizbank.commands.exams import publish_exam
from quizbank.commands.files import store_pictures
from quizbank.origins import Origin
from quizbank.proposals import carried_over


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
    file_texts(tx, contents)
    return slugs


@needs(Permission.CONTENT_LOAD)
def load_course(
    tx: Tx, course: Course, lessons: Sequence[Lesson], figures: Mapping[str, FigureFacts]
) -> None:
    """Publish a course with its lessons and exams; what has not changed makes no new version.

    A lesson that somebody edited in the academy since keeps that edit, and so does each field of
    the course. Check questions and sources must be loaded before. Progress stays: a lesson counts
    as read in every version that had the same checks.
    """
    publish_exam(tx, course.exam_id, course.exam)
    publish_exam(tx, course.practice_id, course.practice)
    row = held_course(tx, course.slug) or _new_course(tx, course)
    for lesson in lessons:
        _load_lesson(tx, course.slug, lesson)
    standing = manifest_of(tx.session, course.slug).course if row.version else course
    outline = _kept(row.filed, standing, course)
    row.filed = course.model_dump_json(by_alias=True)
    publish_course(tx, row, outline, figures)


def _load(tx: Tx, content: CourseContent) -> str:
    if content.course is None:
        raise Invalid([f"{content.file}:1: This course cannot be read; correct it."])
    load_sources(tx, tuple(content.sources.values()))
    store_pictures(tx, shown_pictures(content))
    load_items(tx, [place.item for place in content.items])
    lessons = [place.read.lesson for place in content.lessons.values() if place.read.lesson]
    load_course(tx, content.course, lessons, content.figures)
    load_cases(tx, content.course.slug, [place.case for place in content.cases])
    return content.course.slug


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


def _kept(filed: str, standing: Course, course: Course) -> Course:
    """Return what the file says, but for what people changed since it said something else.

    What they changed stands whole where it does not go together with the new file.
    """
    if not filed:
        return course
    merged = carried_over(json.loads(filed), _data(standing), _data(course))
    try:
        return Course.model_validate(merged)
    except ValidationError:
        return standing


def _data(course: Course) -> dict[str, JsonValue]:
    return course.model_dump(mode="json", by_alias=True)


def _load_lesson(tx: Tx, course: str, lesson: Lesson) -> None:
    loaded = newest_lesson(tx, course, lesson.slug, Origin.COURSE_FILE)
    # Read, not compared as text: a field that came later stands at its default.
    if loaded and Lesson.model_validate_json(loaded.payload) == lesson:
        return
    standing = newest_lesson(tx, course, lesson.slug)
    if standing and (loaded is None or loaded.number != standing.number):
        return
    publish_lesson_version(tx, course, lesson, Origin.COURSE_FILE)
