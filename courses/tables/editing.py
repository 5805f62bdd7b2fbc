"""Lessons, outlines and cases being written and reviewed, and what a changed source leads to."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from base.db import Row, UtcInstant
from quizbank.tables.changes import ChangeEventRow, ChangeRow, one_open


class ContentEventRow(ChangeEventRow, table=True):
    """What happened to a change of content."""

    change_id: str = Field(primary_key=True, foreign_key="content_change.id")


class ContentChangeRow(ChangeRow, table=True):
    """A change of a lesson, an outline or a screening case on its way to be published.

    `key` is the lesson's slug or the case's id, and empty for an outline. A new lesson goes into
    `module`.
    """

    __table_args__ = (
        CheckConstraint("kind IN ('lesson', 'outline', 'screening case')", name="kind"),
        *one_open("uq_content_change_open", "kind", "course_slug", "key"),
        Index("ix_content_change_state", "state", "updated_at"),
    )
    events: ClassVar[type[ChangeEventRow]] = ContentEventRow

    kind: str
    course_slug: str = Field(foreign_key="course.slug")
    key: str
    text: str
    module: str


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
