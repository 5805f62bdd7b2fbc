"""Items and their versions, exams and their versions, forms, attempts, steps, decisions."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, text
from sqlmodel import Field

from base.db import Row, UtcInstant


class SourceRow(Row, table=True):
    """A source that items and lessons cite by key."""

    key: str = Field(primary_key=True)
    citation: str
    link: str | None
    seen: str


class ItemRow(Row, table=True):
    """An item as the bank lists and draws it; what it says stands in its versions.

    The columns beside `id` repeat the current version's, so that the bank can be filtered and
    drawn from by index.
    """

    __table_args__ = (
        CheckConstraint("status IN ('approved', 'retired')", name="status"),
        Index("ix_item_draw", "pool", "objective", "critical", "status", "draw_key"),
        Index("ix_item_bank", "objective", "id"),
    )

    id: str = Field(primary_key=True)
    kind: str
    pool: str
    objective: str
    level: str
    critical: bool
    status: str
    review_due: date
    draw_key: int = Field(sa_type=BigInteger)
    version: int
    version_id: str
    searchable: str


class ItemVersionRow(Row, table=True):
    """What was published, immutable; `origin` tells whether a course's file or a person said so."""

    __table_args__ = (Index("uq_item_version", "item_id", "number", unique=True),)

    id: str = Field(primary_key=True)
    item_id: str = Field(foreign_key="item.id")
    number: int
    payload: str
    origin: str
    published_at: datetime = Field(sa_type=UtcInstant)
    published_by: str


class ExamRow(Row, table=True):
    """A practice quiz or an exam."""

    id: str = Field(primary_key=True)
    title: str
    purpose: str
    version_id: str


class ExamVersionRow(Row, table=True):
    """The rules as published, immutable."""

    __table_args__ = (Index("uq_exam_version", "exam_id", "number", unique=True),)

    id: str = Field(primary_key=True)
    exam_id: str = Field(foreign_key="exam.id")
    number: int
    rules: str
    published_at: datetime = Field(sa_type=UtcInstant)


class FormRow(Row, table=True):
    """One realised list of items, and the seed that made it."""

    id: str = Field(primary_key=True)
    exam_version_id: str = Field(foreign_key="exam_version.id")
    seed: int = Field(sa_type=BigInteger)
    created_at: datetime = Field(sa_type=UtcInstant)


class FormItemRow(Row, table=True):
    """An item of a form at its position, with the order of its options."""

    form_id: str = Field(primary_key=True, foreign_key="form.id")
    position: int = Field(primary_key=True)
    item_version_id: str = Field(foreign_key="item_version.id", index=True)
    option_order: str


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


class DecisionRow(Row, table=True):
    """The verdict on an attempt, with the rule and the result as JSON."""

    id: str = Field(primary_key=True)
    attempt_id: str = Field(foreign_key="attempt.id", unique=True)
    at: datetime = Field(sa_type=UtcInstant)
    marks: float
    passed: bool
    result: str


class MarkRow(Row, table=True):
    """The mark of one item in a decision."""

    __table_args__ = (
        ForeignKeyConstraint(["decision_id"], ["decision.id"]),
        Index("ix_mark_item_version", "item_version_id"),
    )

    decision_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    item_version_id: str = Field(foreign_key="item_version.id")
    fraction: float
    state: str
    unsafe: bool
