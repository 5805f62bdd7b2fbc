"""What was decided on attempts, and what people marked."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from base.db import Row, UtcInstant


class DecisionRow(Row, table=True):
    """A verdict on an attempt, with the rule and the result as JSON; appended, never changed.

    An attempt's first has number 1; a later one names the correction that made it. The attempt says
    which one stands.
    """

    __table_args__ = (Index("uq_decision_attempt", "attempt_id", "number", unique=True),)

    id: str = Field(primary_key=True)
    attempt_id: str = Field(foreign_key="attempt.id")
    number: int = 1
    correction_id: str | None = Field(default=None, foreign_key="key_correction.id")
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
    scored: bool = True


class EssayMarkRow(Row, table=True):
    """One marker's points for one written answer, by criterion as JSON; appended."""

    __table_args__ = (
        Index("uq_essay_mark_marker", "attempt_id", "position", "part", "marker_id", unique=True),
    )

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id")
    position: int = Field(primary_key=True)
    part: str = Field(primary_key=True, default="")
    number: int = Field(primary_key=True)
    marker_id: str
    marker: str
    points: str
    fraction: float
    comment: str
    at: datetime = Field(sa_type=UtcInstant)
