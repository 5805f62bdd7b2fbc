"""Reads what is stored of courses and of one person's progress; the queries build on it.

Versions never change, so each process reads one once and keeps it.
"""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from base.errors import NotFound
from base.kept import Kept
from courses.lessons import Lesson
from courses.manifest import Manifest
from courses.progress import LessonProgress, state_of
from courses.tables.courses import (
    CheckAnswerRow,
    CourseRow,
    CourseVersionRow,
    LessonReadRow,
    LessonVersionRow,
)

_manifests: Kept[Manifest] = Kept(32)
_lessons: Kept[Lesson] = Kept(500)


@dataclass(frozen=True)
class LessonHead:
    """A lesson version without its text."""

    id: str
    slug: str
    title: str
    minutes: int
    checks: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """One person's progress in one course.

    `reached` holds the checks that each lesson had when the person came to its end; `right` the
    checks of each lesson that were answered right.
    """

    reached: dict[str, set[tuple[str, ...]]]
    right: dict[str, frozenset[str]]

    def reached_end(self, lesson: LessonHead) -> bool:
        """Tell whether the person read this lesson, in any version with these checks."""
        return lesson.checks in self.reached.get(lesson.slug, ())

    def of(self, lesson: LessonHead) -> LessonProgress:
        """Return how far the person is with this lesson."""
        right = self.right.get(lesson.slug, frozenset())
        state = state_of(lesson.checks, self.reached_end(lesson), right)
        return LessonProgress(lesson.slug, lesson.title, lesson.minutes, state)


def manifest_of(session: Session, slug: str) -> Manifest:
    """Return the standing version of a course; raises `NotFound`."""
    version_id = session.exec(select(CourseRow.version_id).where(CourseRow.slug == slug)).first()
    if not version_id:
        raise NotFound("There is no such course. Go to the first page and choose one.")
    kept = _manifests.get(version_id)
    if kept is None:
        payload = session.get_one(CourseVersionRow, version_id).payload
        kept = _manifests.keep(version_id, Manifest.model_validate_json(payload))
    return kept


def lesson_heads(session: Session, manifest: Manifest) -> tuple[LessonHead, ...]:
    """Return the lessons of a course version, in the order of study."""
    rows = session.exec(
        select(
            LessonVersionRow.id,
            LessonVersionRow.title,
            LessonVersionRow.minutes,
            LessonVersionRow.checks,
        ).where(col(LessonVersionRow.id).in_(manifest.lessons.values()))
    )
    found = {version_id: (title, minutes, checks) for version_id, title, minutes, checks in rows}
    return tuple(
        _head(slug, manifest.lessons[slug], *found[manifest.lessons[slug]])
        for slug in manifest.course.lesson_slugs
    )


def lesson_text(session: Session, version_id: str) -> Lesson:
    """Return a lesson as published."""
    kept = _lessons.get(version_id)
    if kept is None:
        payload = session.get_one(LessonVersionRow, version_id).payload
        kept = _lessons.keep(version_id, Lesson.model_validate_json(payload))
    return kept


def standing_of(session: Session, person_id: str, slug: str) -> Standing:
    """Return a person's progress in a course, over all its versions."""
    reads = session.exec(
        select(LessonVersionRow.lesson_slug, LessonVersionRow.checks)
        .join(LessonReadRow, col(LessonReadRow.lesson_version_id) == col(LessonVersionRow.id))
        .where(LessonReadRow.person_id == person_id, LessonVersionRow.course_slug == slug)
    )
    reached: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for lesson, checks in reads:
        reached[lesson].add(tuple(checks.split()))
    answers = session.exec(
        select(LessonVersionRow.lesson_slug, CheckAnswerRow.item_id)
        .join(CheckAnswerRow, col(CheckAnswerRow.lesson_version_id) == col(LessonVersionRow.id))
        .where(
            CheckAnswerRow.person_id == person_id,
            LessonVersionRow.course_slug == slug,
            CheckAnswerRow.fraction >= 1,
        )
    )
    right: dict[str, set[str]] = defaultdict(set)
    for lesson, item_id in answers:
        right[lesson].add(item_id)
    return Standing(reached, {lesson: frozenset(items) for lesson, items in right.items()})


def _head(slug: str, version_id: str, title: str, minutes: int, checks: str) -> LessonHead:
    return LessonHead(version_id, slug, title, minutes, tuple(checks.split()))
