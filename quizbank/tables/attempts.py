"""Attempts and their steps."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from base.db import Row, UtcInstant


class AttemptRow(Row, table=True):
    """One sitting; `closed_at` ends it, once. What is done in it are its steps.

    `tab` is the one screen that may write; `decision_id` is the decision that stands, `released_id`
    the one that its trainee may see. `time_factor` and `pause_seconds`, how long its clock may rest
    in all, stand as they were granted at the start; `paused_until` is when a running pause ends by
    itself.
    """

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
    closed_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    tab: str | None = None
    decision_id: str | None = None
    released_id: str | None = None
    window_id: str | None = Field(default=None, foreign_key="exam_window.id")
    time_factor: float = 1
    pause_seconds: int = 0
    paused_until: datetime | None = Field(default=None, sa_type=UtcInstant)


class StepRow(Row, table=True):
    """One event of an attempt, appended and never changed.

    The number of the last one is the attempt's revision. SQLite keeps them in their key's order and
    nowhere else, so that an answer writes one page.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)
    action: str
    position: int | None
    response: str | None
    actor: str
    confidence: str | None = None


class LateAnswerRow(Row, table=True):
    """An answer that came after the end of its attempt: refused, and kept as evidence only."""

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)
    position: int
    response: str | None
    actor: str
