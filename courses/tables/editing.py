"""Lessons and outlines being written, and what follows when a source changes."""

from datetime import datetime

from sqlmodel import Field

from base.db import Row, UtcInstant


class LessonDraftRow(Row, table=True):
    """A lesson being written; `revision` tells a second tab that the first went on."""

    course_slug: str = Field(primary_key=True, foreign_key="course.slug")
    lesson_slug: str = Field(primary_key=True)
    revision: int
    text: str
    saved_at: datetime = Field(sa_type=UtcInstant)
    saved_by: str = Field(foreign_key="person.id")


class SourceChangeRow(Row, table=True):
    """Somebody noted that a source changed, and what that means for practice."""

    id: str = Field(primary_key=True)
    source_key: str = Field(index=True)
    note: str
    at: datetime = Field(sa_type=UtcInstant)
    by: str = Field(foreign_key="person.id")


class UpdateQuizRow(Row, table=True):
    """A short quiz sent to somebody whom a changed source concerns; once for each change."""

    change_id: str = Field(primary_key=True, foreign_key="source_change.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    sent_at: datetime = Field(sa_type=UtcInstant)
    attempt_id: str | None = Field(default=None, foreign_key="attempt.id")
