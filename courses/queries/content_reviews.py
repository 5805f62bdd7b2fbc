"""Changes of content on their way: the queue, and one of them with what it does and what was said.

Beside `quizbank.queries.proposals`, which says the same of items.
"""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from courses.content_changes import Kind, Subject
from courses.content_diff import content_changes
from courses.lesson_diff import LineChange
from courses.lesson_files import fields_of, file_of
from courses.lessons import Lesson
from courses.queries.course_writing import lesson_titles, outline_at, same_outline
from courses.queries.stored import manifest_of
from courses.screening.case import ScreeningCase
from courses.screening.sheet import sheet_of, sheet_text, title_in
from courses.tables.courses import CourseRow, LessonVersionRow
from courses.tables.editing import ContentChangeRow
from courses.tables.screening import ScreeningCaseRow, ScreeningCaseVersionRow
from quizbank.proposals import OPEN, Stage, may_approve
from quizbank.queries.changes import (
    NO_CHANGE,
    ChangeSummary,
    ReviewEvent,
    events_of,
    waiting_for_reader,
    writers_of,
)


@dataclass(frozen=True, kw_only=True)
class ContentSummary(ChangeSummary):
    """One change of content on its way; `overtaken` once something else was published meanwhile."""

    subject: Subject
    title: str
    course_title: str
    overtaken: bool


@dataclass(frozen=True)
class ContentDetail:
    """One change as typed, what it does to the version that it began from, and what was said."""

    summary: ContentSummary
    text: str
    changes: tuple[LineChange, ...]
    events: tuple[ReviewEvent, ...]


@needs(Permission.ITEM_READ)
def open_content(tx: Tx, limit: int = 500) -> tuple[ContentSummary, ...]:
    """Return the changes that are on their way, those that wait longest first."""
    rows = tx.session.exec(
        select(ContentChangeRow)
        .where(col(ContentChangeRow.state).in_(OPEN))
        .order_by(col(ContentChangeRow.updated_at), col(ContentChangeRow.id))
        .limit(limit)
    ).all()
    wrote = writers_of(tx, rows)
    return tuple(_summary(tx, row, wrote[row.id]) for row in rows)


@needs(Permission.ITEM_READ)
def waiting_content(tx: Tx) -> int:
    """Return how many changes of content wait for a review that the reader may do."""
    return waiting_for_reader(tx, ContentChangeRow)


@needs(Permission.ITEM_READ)
def content_change(tx: Tx, change_id: str) -> ContentDetail:
    """Return one change, open or not; raises `NotFound`."""
    row = tx.session.get(ContentChangeRow, change_id)
    if row is None:
        raise NotFound(NO_CHANGE)
    subject = _subject(row)
    titles = lesson_titles(tx, subject.course) if subject.kind is Kind.OUTLINE else {}
    began = _text_at(tx, subject, row.based_on) if row.based_on else ""
    return ContentDetail(
        summary=_summary(tx, row, writers_of(tx, [row])[row.id]),
        text=row.text,
        changes=content_changes(subject.kind, began, row.text, titles),
        events=events_of(tx, row),
    )


def _subject(row: ContentChangeRow) -> Subject:
    return Subject(Kind(row.kind), row.course_slug, row.key)


def _summary(tx: Tx, row: ContentChangeRow, wrote: dict[str | None, str]) -> ContentSummary:
    subject, stage = _subject(row), Stage(row.state)
    reads = stage is Stage.IN_REVIEW and tx.actor.may(Permission.CONTENT_PUBLISH)
    course, standing = manifest_of(tx.session, subject.course).course, _standing(tx, subject)
    return ContentSummary(
        id=row.id,
        subject=subject,
        title=_title(subject, row.text, course.title),
        course_title=course.title,
        stage=stage,
        authors=tuple(wrote.values()),
        based_on=row.based_on,
        standing=standing,
        revision=row.revision,
        updated_at=row.updated_at,
        mine=tx.actor.person_id in wrote,
        may_approve=reads and may_approve(tx.actor.person_id, wrote.keys()),
        overtaken=row.state in OPEN and not _same(tx, subject, row.based_on, standing),
    )


def _title(subject: Subject, text: str, course: str) -> str:
    if subject.kind is Kind.LESSON:
        return str(fields_of(text)[0].get("title") or subject.key)
    return title_in(text) if subject.kind is Kind.CASE else f"Outline of {course}"


def _standing(tx: Tx, subject: Subject) -> int:
    if subject.kind is Kind.OUTLINE:
        return tx.session.get_one(CourseRow, subject.course).version
    if subject.kind is Kind.CASE:
        row = tx.session.get(ScreeningCaseRow, subject.key)
        return row.version if row else 0
    newest = select(func.max(col(LessonVersionRow.number))).where(
        LessonVersionRow.course_slug == subject.course, LessonVersionRow.lesson_slug == subject.key
    )
    return tx.session.exec(newest).one() or 0


def _same(tx: Tx, subject: Subject, one: int, other: int) -> bool:
    if subject.kind is Kind.OUTLINE:
        return same_outline(tx, subject.course, one, other)
    return one == other


def _text_at(tx: Tx, subject: Subject, number: int) -> str:
    if subject.kind is Kind.OUTLINE:
        return outline_at(tx, subject.course, number).model_dump_json()
    if subject.kind is Kind.CASE:
        case = select(ScreeningCaseVersionRow.payload).where(
            ScreeningCaseVersionRow.case_id == subject.key,
            ScreeningCaseVersionRow.number == number,
        )
        return sheet_text(sheet_of(ScreeningCase.model_validate_json(tx.session.exec(case).one())))
    lesson = select(LessonVersionRow.payload).where(
        LessonVersionRow.course_slug == subject.course,
        LessonVersionRow.lesson_slug == subject.key,
        LessonVersionRow.number == number,
    )
    return file_of(Lesson.model_validate_json(tx.session.exec(lesson).one()))
