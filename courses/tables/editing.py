"""Lessons, outlines and cases being written and reviewed, and what a changed source leads to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from base.db import Row, UtcInstant


class ContentChangeRow(Row, table=True):
    """A change of a lesson, an outline or a screening case on its way to be published.

    `key` is the lesson's slug or the case's id, and empty for an outline. `based_on` is the version
    that it began from, 0 for what is new; a new lesson goes into `module`. The text may change
    while its authors have it, and stands still in review. At most one of each thing is open.
    """

    __table_args__ = (
        CheckConstraint("kind IN ('lesson', 'outline', 'screening case')", name="kind"),
        CheckConstraint(
            "state IN ('draft', 'in review', 'returned', 'published', 'dropped')", name="state"
        ),
        Index(
            "uq_content_change_open",
            "kind",
            "course_slug",
            "key",
            unique=True,
            sqlite_where=text("state IN ('draft', 'in review', 'returned')"),
            postgresql_where=text("state IN ('draft', 'in review', 'returned')"),
        ),
        Index("ix_content_change_state", "state", "updated_at"),
    )

    id: str = Field(primary_key=True)
    kind: str
    course_slug: str = Field(foreign_key="course.slug")
    key: str
    based_on: int
    text: str
    module: str
    state: str
    author_id: str | None
    author: str
    created_at: datetime = Field(sa_type=UtcInstant)
    updated_at: datetime = Field(sa_type=UtcInstant)
    revision: int


class ContentEventRow(Row, table=True):
    """What happened to a change of content: sent, commented, returned, published; appended."""

    change_id: str = Field(primary_key=True, foreign_key="content_change.id")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)
    action: str
    comment: str
    person_id: str | None
    person: str


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
