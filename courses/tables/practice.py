"""What people practise, when it comes back, and what they aim for."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from base.db import Row, UtcInstant


class PracticeSessionRow(Row, table=True):
    """Why a practice attempt was put together as it was: its mode, and the seed of its draw."""

    __table_args__ = (Index("ix_practice_session_own", "person_id", "course_slug"),)

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id")
    person_id: str = Field(foreign_key="person.id")
    course_slug: str = Field(foreign_key="course.slug")
    mode: str
    seed: str
    at: datetime = Field(sa_type=UtcInstant)


class ReviewRow(Row, table=True):
    """One practised answer as the schedule reads it, appended and never changed."""

    __table_args__ = (
        Index("uq_review_answer", "attempt_id", "position", unique=True),
        Index("ix_review_own", "person_id", "course_slug"),
    )

    number: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    course_slug: str = Field(foreign_key="course.slug")
    objective: str
    family: str
    item_version_id: str = Field(foreign_key="item_version.id")
    attempt_id: str = Field(foreign_key="attempt.id")
    position: int
    fraction: float
    confidence: str | None = None
    rating: int
    at: datetime = Field(sa_type=UtcInstant)


class ReviewCardRow(Row, table=True):
    """Where a family of items stands for a person; derived from the reviews, kept for its date."""

    __table_args__ = (Index("ix_review_card_due", "person_id", "due_at"),)

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    objective: str = Field(primary_key=True)
    family: str = Field(primary_key=True)
    course_slug: str = Field(foreign_key="course.slug")
    payload: str
    due_at: datetime = Field(sa_type=UtcInstant)


class StudyPlanRow(Row, table=True):
    """What a person aims for in a course, appended; the newest counts."""

    __table_args__ = (Index("ix_study_plan_own", "person_id", "course_slug"),)

    number: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    course_slug: str = Field(foreign_key="course.slug")
    daily_goal: int
    exam_on: str
    at: datetime = Field(sa_type=UtcInstant)
