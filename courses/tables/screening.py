"""Screening cases as published, and how each person went through them."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from base.db import Row, UtcInstant


class ScreeningCaseRow(Row, table=True):
    """A client who comes to be screened; what they bring stands in the case's versions."""

    id: str = Field(primary_key=True)
    course_slug: str = Field(foreign_key="course.slug", index=True)
    origin: str
    version: int
    version_id: str
    retired_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class ScreeningCaseVersionRow(Row, table=True):
    """A case as published; immutable."""

    __table_args__ = (Index("uq_screening_case_version", "case_id", "number", unique=True),)

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="screening_case.id")
    number: int
    payload: str
    published_at: datetime = Field(sa_type=UtcInstant)
    published_by: str


class ScreeningPlayRow(Row, table=True):
    """One client screened by one person: their `number`-th in this course, counted from 1.

    `seed` chose the client among those that were next, and orders the reasons on offer.
    """

    __table_args__ = (
        Index("uq_screening_play_own", "person_id", "course_slug", "number", unique=True),
    )

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    course_slug: str = Field(foreign_key="course.slug")
    number: int
    case_version_id: str = Field(foreign_key="screening_case_version.id")
    seed: str
    started_at: datetime = Field(sa_type=UtcInstant)


class ScreeningStepRow(Row, table=True):
    """One thing done while screening, appended: asked, noted, decided or explained."""

    play_id: str = Field(primary_key=True, foreign_key="screening_play.id")
    place: int = Field(primary_key=True)
    kind: str
    payload: str
    at: datetime = Field(sa_type=UtcInstant)
