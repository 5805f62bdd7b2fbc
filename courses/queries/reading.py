"""What a person marked and wrote beside the lessons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from courses.queries.stored import lesson_heads, manifest_of
from courses.tables.reading import BookmarkRow, NoteRow


@dataclass(frozen=True)
class Noted:
    """A note as it was left at an instant; an empty one was taken away."""

    text: str
    at: datetime


@dataclass(frozen=True)
class OwnNote:
    """One's note on a lesson, empty where there is none, and what stood there before."""

    text: str
    at: datetime | None
    earlier: tuple[Noted, ...]


@dataclass(frozen=True)
class MarkedLesson:
    """A lesson that a person marked, wrote about, or both."""

    slug: str
    title: str
    bookmarked: bool
    note: str


@needs(Permission.COURSE_STUDY)
def is_bookmarked(tx: Tx, slug: str, lesson: str) -> bool:
    """Tell whether the person marked this lesson."""
    return tx.session.get(BookmarkRow, (tx.actor.own_id, slug, lesson)) is not None


@needs(Permission.COURSE_STUDY)
def own_note(tx: Tx, slug: str, lesson: str) -> OwnNote:
    """Return the person's own note on a lesson with its history, the newest first."""
    rows = tx.session.exec(
        select(NoteRow.text, NoteRow.at)
        .where(
            NoteRow.person_id == tx.actor.own_id,
            NoteRow.course_slug == slug,
            NoteRow.lesson_slug == lesson,
        )
        .order_by(col(NoteRow.number).desc())
    )
    noted = tuple(Noted(text, at) for text, at in rows)
    if not noted:
        return OwnNote("", None, ())
    return OwnNote(noted[0].text, noted[0].at, noted[1:])


@needs(Permission.COURSE_STUDY)
def marked_lessons(tx: Tx, slug: str) -> tuple[MarkedLesson, ...]:
    """Return the lessons of a course that the person marked or wrote about, in its order."""
    mine = BookmarkRow.person_id == tx.actor.own_id, BookmarkRow.course_slug == slug
    marked = set(tx.session.exec(select(BookmarkRow.lesson_slug).where(*mine)))
    notes = _notes(tx, slug)
    heads = lesson_heads(tx.session, manifest_of(tx.session, slug))
    return tuple(
        MarkedLesson(head.slug, head.title, head.slug in marked, notes.get(head.slug, ""))
        for head in heads
        if head.slug in marked or notes.get(head.slug)
    )


def _notes(tx: Tx, slug: str) -> Mapping[str, str]:
    rows = tx.session.exec(
        select(NoteRow.lesson_slug, NoteRow.text)
        .where(NoteRow.person_id == tx.actor.own_id, NoteRow.course_slug == slug)
        .order_by(col(NoteRow.number))
    )
    return dict(rows.all())
