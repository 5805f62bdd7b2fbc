"""Exams and their versions, forms, and studies that set a cut score."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from base.db import Row, UtcInstant


class ExamRow(Row, table=True):
    """A practice quiz or an exam."""

    id: str = Field(primary_key=True)
    title: str
    purpose: str
    version_id: str


class ExamVersionRow(Row, table=True):
    """The rules as published, immutable; `origin` as with items."""

    __table_args__ = (Index("uq_exam_version", "exam_id", "number", unique=True),)

    id: str = Field(primary_key=True)
    exam_id: str = Field(foreign_key="exam.id")
    number: int
    rules: str
    origin: str
    published_at: datetime = Field(sa_type=UtcInstant)
    published_by: str


class FormRow(Row, table=True):
    """One realised list of items, and the seed that made it."""

    id: str = Field(primary_key=True)
    exam_version_id: str = Field(foreign_key="exam_version.id")
    seed: int = Field(sa_type=BigInteger)
    created_at: datetime = Field(sa_type=UtcInstant)


class FormItemRow(Row, table=True):
    """An item of a form at its position, with the order of its options.

    What is not `scored` (a pilot item, a description) counts for nothing.
    """

    form_id: str = Field(primary_key=True, foreign_key="form.id")
    position: int = Field(primary_key=True)
    item_version_id: str = Field(foreign_key="item_version.id", index=True)
    option_order: str
    scored: bool = True


class AngoffStudyRow(Row, table=True):
    """A study that sets a cut score: raters judge items in two rounds (modified Angoff)."""

    __table_args__ = (CheckConstraint("state IN ('round 1', 'round 2', 'closed')", name="state"),)

    id: str = Field(primary_key=True)
    exam_id: str = Field(foreign_key="exam.id", index=True)
    state: str
    opened_at: datetime = Field(sa_type=UtcInstant)
    opened_by: str
    cut: int | None = None
    rationale: str | None = None
    signed_by: str | None = None
    signed_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class AngoffItemRow(Row, table=True):
    """An item version that a study's raters judge."""

    study_id: str = Field(primary_key=True, foreign_key="angoff_study.id")
    position: int = Field(primary_key=True)
    item_version_id: str = Field(foreign_key="item_version.id")


class AngoffRatingRow(Row, table=True):
    """How likely one rater thinks a borderline candidate answers an item right; appended."""

    study_id: str = Field(primary_key=True, foreign_key="angoff_study.id")
    round: int = Field(primary_key=True)
    rater_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    rater: str
    probability: float
    at: datetime = Field(sa_type=UtcInstant)
