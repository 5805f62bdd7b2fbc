"""Attempts and their steps."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from base.db import Row, UtcInstant


class AttemptRow(Row, table=True):
    """One sitting. `revision` is the number of its last step; `closed_at` ends it, once."""

    __table_args__ = (
        Index(
            "uq_attempt_running",
            "person_id",
            "exam_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_attempt_overdue", "closed_at", "deadline"),
        Index("ix_attempt_exam", "exam_id", "started_at"),
    )

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    exam_id: str = Field(foreign_key="exam.id")
    exam_version_id: str = Field(foreign_key="exam_version.id")
    form_id: str = Field(foreign_key="form.id", unique=True)
    started_at: datetime = Field(sa_type=UtcInstant)
    deadline: datetime | None = Field(sa_type=UtcInstant)
    revision: int
    closed_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class StepRow(Row, table=True):
    """One event of an attempt, appended and never changed."""

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)
    action: str
    position: int | None
    response: str | None
    actor: str
