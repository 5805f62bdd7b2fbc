"""Writing lessons in the academy: drafts, pictures, and the next version."""

import re
from unicodedata import normalize

from sqlmodel import select

from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.permissions import Permission, needs
from courses.commands.content_drafts import keep_draft
from courses.commands.publishing import (
    held_course,
    newest_lesson,
    publish_course,
    publish_lesson_version,
)
from courses.content_changes import Kind, a_lesson
from courses.course import Course
from courses.lesson_check import lesson_problems
from courses.lesson_files import completed, lesson_file
from courses.lessons import Lesson, read_lesson
from courses.queries.content_drafts import open_texts
from courses.queries.lesson_writing import lesson_known
from courses.queries.stored import manifest_of
from courses.tables.courses import LessonVersionRow
from courses.tables.editing import ContentChangeRow
from quizbank.commands.files import store_pictures
from quizbank.files import NoPicture, Picture, read_picture
from quizbank.origins import Origin

_LONGEST_NAME = 48


@needs(Permission.CONTENT_WRITE)
def begin_lesson(tx: Tx, slug: str, title: str, module: str) -> str:
    """Begin a new lesson as a draft and return its slug; published, it stands in this module."""
    manifest_of(tx.session, slug)
    if not title.strip():
        raise Invalid(["Write the title of the new lesson first."])
    number = 1 + max((_number(one) for one in _taken(tx, slug)), default=0)
    name = re.sub(r"[^a-z0-9]+", "-", normalize("NFKD", title).lower())[:_LONGEST_NAME].strip("-")
    lesson = f"{number:02d}-{name or 'lesson'}"
    text = lesson_file({"title": title.strip()}, "")
    keep_draft(tx, a_lesson(slug, lesson), 0, text, 0, module)
    return lesson


@needs(Permission.CONTENT_WRITE)
def save_lesson_draft(
    tx: Tx, slug: str, lesson: str, based_on: int, text: str, revision: int
) -> int:
    """Keep a lesson as typed so far, finished or not, and return the draft's new revision.

    `based_on` is the version that it goes on from; `Conflict` where another tab went on, or where
    another version stands and there is no draft yet.
    """
    manifest_of(tx.session, slug)
    standing = newest_lesson(tx, slug, lesson)
    number = standing.number if standing else 0
    if not revision and number != based_on:
        raise Conflict(_overtaken(number, based_on))
    if not revision and not number:
        raise NotFound("There is no such lesson. Begin a new one from the course's outline.")
    return keep_draft(tx, a_lesson(slug, lesson), based_on, text, revision)


@needs(Permission.CONTENT_WRITE)
def add_lesson_picture(tx: Tx, content: bytes) -> Picture:
    """Store a picture for lessons and return it; the same bytes are stored once."""
    try:
        picture = read_picture(content)
    except NoPicture as problem:
        raise Invalid([str(problem)]) from None
    store_pictures(tx, (picture,))
    return picture


def check_lesson(tx: Tx, draft: ContentChangeRow) -> Lesson:
    """Return what a draft says, fit to be the lesson's next version; for who has asked who acts.

    `Invalid` with every problem and where nothing differs, `Conflict` where another version stands.
    """
    standing = newest_lesson(tx, draft.course_slug, draft.key)
    number = standing.number if standing else 0
    if number != draft.based_on:
        raise Conflict(_overtaken(number, draft.based_on))
    lesson = sound_lesson(tx, draft.course_slug, draft.key, draft.text)
    if standing and Lesson.model_validate_json(standing.payload) == lesson:
        raise Invalid(["Nothing differs from the published version, so there is nothing to read."])
    return lesson


def put_lesson(tx: Tx, draft: ContentChangeRow) -> int:
    """Publish a draft as the lesson's next version and return its number.

    Learners keep what they have done as long as the checks stay. A new lesson is put at the end of
    its module. For who has asked who acts.
    """
    lesson = check_lesson(tx, draft)
    version = publish_lesson_version(tx, draft.course_slug, lesson, Origin.PERSON)
    module = None if draft.based_on else draft.module
    _put_in_place(tx, draft.course_slug, draft.key, module)
    return version.number


def sound_lesson(tx: Tx, slug: str, lesson: str, text: str) -> Lesson:
    """Return what a draft says as a lesson; `Invalid` with all that keeps it from being one."""
    read = read_lesson(lesson, completed(text))
    found = [*read.problems, *lesson_problems(read, lesson_known(tx, slug), tx.now.date())]
    errors = [one.message for one in found if one.severity == "error"]
    if read.lesson is None or errors:
        raise Invalid(errors or ["This is no lesson yet."])
    return read.lesson


def _put_in_place(tx: Tx, slug: str, lesson: str, module: str | None) -> None:
    row, manifest = held_course(tx, slug), manifest_of(tx.session, slug)
    if row is None:
        raise NotFound("There is no such course.")
    course = manifest.course
    if module is not None and lesson not in course.lesson_slugs:
        course = _with_lesson(course, lesson, module)
    publish_course(tx, row, course, manifest.figures)


def _with_lesson(course: Course, lesson: str, module: str) -> Course:
    titles = [one.title for one in course.modules]
    place = titles.index(module) if module in titles else len(titles) - 1
    modules = [
        one.model_copy(update={"lessons": (*one.lessons, lesson)}) if number == place else one
        for number, one in enumerate(course.modules)
    ]
    return Course.model_validate(course.model_copy(update={"modules": tuple(modules)}))


def _taken(tx: Tx, slug: str) -> set[str]:
    published = select(LessonVersionRow.lesson_slug).where(LessonVersionRow.course_slug == slug)
    return {*tx.session.exec(published), *open_texts(tx, Kind.LESSON, slug)}


def _number(lesson: str) -> int:
    digits = re.match(r"\d{1,4}", lesson)
    return int(digits[0]) if digits else 0


def _overtaken(number: int, based_on: int) -> str:
    return (
        f"Version {number} of this lesson stands now; you went on from version {based_on}. "
        "Nothing was overwritten: look at what changed, then keep your text or load theirs."
    )
