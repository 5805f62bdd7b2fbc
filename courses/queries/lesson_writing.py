"""A lesson as its writers see it: what stands, what is being written, and what it may name."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from courses.content_changes import Kind, a_lesson
from courses.course import Objective
from courses.handbook import Term
from courses.lesson_check import Known
from courses.lesson_files import file_of
from courses.lessons import Lesson, named_pictures
from courses.queries.content_drafts import (
    SavedDraft,
    open_texts,
    saved_draft,
    writers_by_version,
)
from courses.queries.handbook import standing_handbook
from courses.queries.stored import manifest_of
from courses.tables.courses import LessonVersionRow
from quizbank.kinds.item import Pool
from quizbank.proposals import ItemStatus
from quizbank.queries.bank import source_keys
from quizbank.sources import Source
from quizbank.tables.bank import ItemFileRow, ItemRow


@dataclass(frozen=True)
class LessonVersion:
    """A published version of a lesson, the text of its file, and who wrote it, as far as known."""

    number: int
    text: str
    origin: str
    published_at: datetime
    published_by: str
    writers: tuple[str, ...]


@dataclass(frozen=True)
class LessonSheet:
    """A lesson with all its versions, newest first, and its draft; one of them is there."""

    course_slug: str
    course_title: str
    lesson: str
    versions: tuple[LessonVersion, ...]
    draft: SavedDraft | None
    in_outline: bool

    @property
    def version(self) -> int:
        """The number of the version that stands, 0 for a new lesson."""
        return self.versions[0].number if self.versions else 0


@dataclass(frozen=True)
class CheckChoice:
    """A question that may close a lesson."""

    item_id: str
    objective: str
    stem: str


@dataclass(frozen=True)
class LessonChoices:
    """What a lesson of a course may name; `pictures` gives words for each picture in use.

    `terms` are the words that the glossary explains in it.
    """

    known: Known
    objectives: tuple[Objective, ...]
    checks: tuple[CheckChoice, ...]
    sources: tuple[Source, ...]
    pictures: dict[str, str]
    terms: tuple[Term, ...]


@needs(Permission.CONTENT_WRITE)
def lesson_sheet(tx: Tx, slug: str, lesson: str) -> LessonSheet:
    """Return a lesson for its writers; raises `NotFound`."""
    course = manifest_of(tx.session, slug).course
    rows = tx.session.exec(
        select(LessonVersionRow)
        .where(LessonVersionRow.course_slug == slug, LessonVersionRow.lesson_slug == lesson)
        .order_by(col(LessonVersionRow.number).desc())
    )
    subject = a_lesson(slug, lesson)
    wrote = writers_by_version(tx, subject)
    versions = tuple(_version(row, wrote.get(row.number, ())) for row in rows)
    draft = saved_draft(tx, subject) if lesson else None
    if not versions and draft is None:
        raise NotFound("There is no such lesson. Choose one in the course's outline.")
    return LessonSheet(slug, course.title, lesson, versions, draft, lesson in course.lesson_slugs)


@needs(Permission.ITEM_READ)
def lesson_choices(tx: Tx, slug: str) -> LessonChoices:
    """Return everything that a lesson of this course may name."""
    manifest = manifest_of(tx.session, slug)
    known = lesson_known(tx, slug)
    objectives = {one.code for one in manifest.course.objectives}
    rows = tx.session.exec(
        select(ItemRow.id, ItemRow.objective, ItemRow.stem)
        .where(
            col(ItemRow.id).in_(known.checks),
            col(ItemRow.objective).in_(objectives),
        )
        .order_by(ItemRow.id)
    )
    return LessonChoices(
        known=known,
        objectives=manifest.course.objectives,
        checks=tuple(CheckChoice(*row) for row in rows),
        sources=source_keys(tx),
        pictures=_pictures(tx, slug),
        terms=standing_handbook(tx.session).handbook.terms,
    )


def lesson_known(tx: Tx, slug: str) -> Known:
    """Return what the check of a lesson asks for; for what has asked who acts."""
    manifest = manifest_of(tx.session, slug)
    checks = tx.session.exec(
        select(ItemRow.id).where(ItemRow.pool == Pool.CHECK, ItemRow.status == ItemStatus.APPROVED)
    )
    return Known(
        objectives={one.code for one in manifest.course.objectives},
        checks={*checks},
        figures=manifest.figures,
        sources={one.key for one in source_keys(tx)},
        pictures={*tx.session.exec(select(ItemFileRow.digest))},
    )


def _version(row: LessonVersionRow, writers: tuple[str, ...]) -> LessonVersion:
    text = file_of(Lesson.model_validate_json(row.payload))
    return LessonVersion(row.number, text, row.origin, row.published_at, row.published_by, writers)


def _pictures(tx: Tx, slug: str) -> dict[str, str]:
    """Return the pictures that the course's lessons and drafts show, with the words for each."""
    lessons = tx.session.exec(
        select(LessonVersionRow.payload).where(
            col(LessonVersionRow.id).in_(manifest_of(tx.session, slug).lessons.values())
        )
    )
    found: dict[str, str] = {}
    for payload in lessons:
        found |= named_pictures(Lesson.model_validate_json(payload).body)
    for text in open_texts(tx, Kind.LESSON, slug).values():
        found |= named_pictures(text)
    return found
