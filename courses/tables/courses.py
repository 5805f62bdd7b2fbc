"""Courses and lessons as published, and what each person has read and answered."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from base.db import Row, UtcInstant


class CourseRow(Row, table=True):
    """A course; what it says stands in its versions.

    `filed` is what its file said last, so that the next load tells what people changed since;
    empty until a file was loaded that way.
    """

    slug: str = Field(primary_key=True)
    exam_id: str = Field(foreign_key="exam.id", unique=True)
    practice_id: str = Field(foreign_key="exam.id")
    version: int
    version_id: str
    filed: str = ""


class ContentFileRow(Row, table=True):
    """A file of a content folder as it was loaded last, by its path in the folder.

    `written` is what the academy wrote for it then; of a picture it is the digest, without text.
    """

    path: str = Field(primary_key=True)
    text: str
    written: str
    loaded_at: datetime = Field(sa_type=UtcInstant)


class CourseVersionRow(Row, table=True):
    """A course as published, with its figures and the lesson versions it holds; immutable.

    `published_by` is the person who did, or the system at a load.
    """

    __table_args__ = (Index("uq_course_version", "course_slug", "number", unique=True),)

    id: str = Field(primary_key=True)
    course_slug: str = Field(foreign_key="course.slug")
    number: int
    payload: str
    published_at: datetime = Field(sa_type=UtcInstant)
    published_by: str


class LessonVersionRow(Row, table=True):
    """A lesson as published, immutable; the columns repeat what lists of lessons need.

    `checks` holds the ids of the check questions, separated by spaces; `origin` tells whether a
    course's file or a person said so.
    """

    __table_args__ = (
        Index("uq_lesson_version", "course_slug", "lesson_slug", "number", unique=True),
    )

    id: str = Field(primary_key=True)
    course_slug: str = Field(foreign_key="course.slug")
    lesson_slug: str
    number: int
    title: str
    minutes: int
    checks: str
    payload: str
    origin: str
    published_at: datetime = Field(sa_type=UtcInstant)
    published_by: str


class LessonReadRow(Row, table=True):
    """A person came to the end of a lesson."""

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    lesson_version_id: str = Field(primary_key=True, foreign_key="lesson_version.id")
    at: datetime = Field(sa_type=UtcInstant)


class CheckAnswerRow(Row, table=True):
    """One answer to a check question, appended and never changed."""

    __table_args__ = (Index("ix_check_answer_own", "person_id", "lesson_version_id"),)

    number: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    lesson_version_id: str = Field(foreign_key="lesson_version.id")
    item_id: str = Field(foreign_key="item.id")
    item_version_id: str = Field(foreign_key="item_version.id")
    response: str
    fraction: float
    at: datetime = Field(sa_type=UtcInstant)
