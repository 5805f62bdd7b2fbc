"""What surrounds an exam's sitting: accommodations, windows, invitations, incidents."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from base.db import Row, UtcInstant


class AccommodationRow(Row, table=True):
    """What a person is granted at every exam; appended, the one with the highest number stands.

    `time_factor` multiplies the limit, `pause_minutes` is how long an attempt's clock may rest in
    all. The reason is for those who manage people only.
    """

    __table_args__ = (
        CheckConstraint("time_factor BETWEEN 1 AND 4", name="time_factor"),
        CheckConstraint("pause_minutes BETWEEN 0 AND 600", name="pause_minutes"),
    )

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    number: int = Field(primary_key=True)
    time_factor: float
    pause_minutes: int
    larger_text: bool
    reason: str
    at: datetime = Field(sa_type=UtcInstant)
    granted_by: str


class ExamWindowRow(Row, table=True):
    """A time in which an exam may be sat; `password` is read out in the room, None where none is.

    `invited_only` admits those with an invitation and nobody else.
    """

    __table_args__ = (CheckConstraint("closes_at > opens_at", name="opens_before_it_closes"),)

    id: str = Field(primary_key=True)
    exam_id: str = Field(foreign_key="exam.id", index=True)
    title: str
    opens_at: datetime = Field(sa_type=UtcInstant)
    closes_at: datetime = Field(sa_type=UtcInstant)
    password: str | None
    invited_only: bool
    created_at: datetime = Field(sa_type=UtcInstant)
    created_by: str
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class InvitationRow(Row, table=True):
    """Admits one person to a window: by name, or whoever first gives the code (its SHA-256)."""

    id: str = Field(primary_key=True)
    window_id: str = Field(foreign_key="exam_window.id", index=True)
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    code: str | None = Field(default=None, unique=True)
    created_at: datetime = Field(sa_type=UtcInstant)
    created_by: str
    used_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class SecretFailureRow(Row, table=True):
    """A wrong password or code that somebody gave for a sitting; what it was is not kept.

    It is tried on every window of the exam that is open to them, so it counts for the exam.
    """

    __table_args__ = (
        Index("ix_secret_failure_person", "person_id", "at"),
        Index("ix_secret_failure_exam", "exam_id", "at"),
    )

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    exam_id: str | None = Field(default=None, foreign_key="exam.id")
    at: datetime = Field(sa_type=UtcInstant)


class IncidentRow(Row, table=True):
    """What an invigilator noted in an exam, about one attempt or about the whole room; appended."""

    id: str = Field(primary_key=True)
    exam_id: str = Field(foreign_key="exam.id", index=True)
    window_id: str | None = Field(default=None, foreign_key="exam_window.id")
    attempt_id: str | None = Field(default=None, foreign_key="attempt.id", index=True)
    at: datetime = Field(sa_type=UtcInstant)
    text: str
    person_id: str | None
    person: str


class HallWaitRow(Row, table=True):
    """Somebody who waits for a seat, in the order of `came_at`; gone once they sit.

    `asked_at` is when their screen asked last: who has not asked for long has gone away.
    """

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    came_at: datetime = Field(sa_type=UtcInstant, index=True)
    asked_at: datetime = Field(sa_type=UtcInstant)
