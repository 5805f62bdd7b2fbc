"""What stands beside all courses, and what people mark and write beside their lessons."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from base.db import Row, UtcInstant


class BookmarkRow(Row, table=True):
    """A lesson that a person wants to find again; taken away, the row goes."""

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    course_slug: str = Field(primary_key=True, foreign_key="course.slug")
    lesson_slug: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)


class NoteRow(Row, table=True):
    """A person's own note on a lesson as they left it; the newest counts, an empty one is none."""

    __table_args__ = (Index("ix_note_own", "person_id", "course_slug", "lesson_slug"),)

    number: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    course_slug: str = Field(foreign_key="course.slug")
    lesson_slug: str
    text: str
    at: datetime = Field(sa_type=UtcInstant)


class HandbookVersionRow(Row, table=True):
    """The glossary and the contraindications as published, immutable; the newest stands."""

    id: str = Field(primary_key=True)
    number: int = Field(unique=True)
    payload: str
    published_at: datetime = Field(sa_type=UtcInstant)
