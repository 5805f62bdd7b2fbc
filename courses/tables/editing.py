"""Lessons and outlines being written, and what follows when a source changes."""

from datetime import datetime

from sqlmodel import Field

from base.db import Row, UtcInstant


class ContentDraftRow(Row, table=True):
    """A lesson being written, or a course's outline, whose `lesson_slug` is empty.

    `revision` tells a second tab that the first went on, `based_on` is the version that it began
    from (0 for a new lesson, which goes into the module that is named here).
    """

    course_slug: str = Field(primary_key=True, foreign_key="course.slug")
    lesson_slug: str = Field(primary_key=True)
    based_on: int
    revision: int
    text: str
    module: str
    saved_at: datetime = Field(sa_type=UtcInstant)
    saved_by: str


class SourceChangeRow(Row, table=True):
    """Somebody noted that a source changed, and what that means for practice."""

    id: str = Field(primary_key=True)
    source_key: str = Field(index=True)
    note: str
    at: datetime = Field(sa_type=UtcInstant)
    by: str


class UpdateQuizRow(Row, table=True):
    """A short quiz sent to somebody whom a changed source concerns; once for each change.

    `course_slug` names the course whose certificate they hold.
    """

    change_id: str = Field(primary_key=True, foreign_key="source_change.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    course_slug: str = Field(foreign_key="course.slug")
    sent_at: datetime = Field(sa_type=UtcInstant)
    attempt_id: str | None = Field(default=None, foreign_key="attempt.id")
