"""What happens to decisions afterwards: release, key corrections, appeals, remediation."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from base.db import Row, UtcInstant


class ReleaseEventRow(Row, table=True):
    """Somebody agreed to a decision, or released it to its trainee; appended."""

    __table_args__ = (CheckConstraint("action IN ('agreed', 'released')", name="action"),)

    decision_id: str = Field(primary_key=True, foreign_key="decision.id")
    number: int = Field(primary_key=True)
    action: str
    at: datetime = Field(sa_type=UtcInstant)
    person_id: str | None
    person: str


class KeyCorrectionRow(Row, table=True):
    """A change of how one item version is marked, proposed by one person, approved by another.

    `remedy` is 'key' (marked by `payload`, the item with its better key), 'everybody' (all get full
    marks) or 'nobody' (it does not count any more).
    """

    __table_args__ = (
        CheckConstraint("remedy IN ('key', 'everybody', 'nobody')", name="remedy"),
        CheckConstraint("state IN ('proposed', 'rejected', 'approved')", name="state"),
    )

    id: str = Field(primary_key=True)
    item_version_id: str = Field(foreign_key="item_version.id", index=True)
    remedy: str
    payload: str | None
    reason: str
    state: str
    proposed_at: datetime = Field(sa_type=UtcInstant)
    proposed_by_id: str | None
    proposed_by: str
    decided_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    decided_by_id: str | None = None
    decided_by: str | None = None
    answer: str | None = None


class CorrectionOutcomeRow(Row, table=True):
    """What an approved correction does to one attempt, and when its trainee was told.

    All that it affects are listed at approval; `after_id` is None until the attempt is remarked.
    """

    __table_args__ = (Index("ix_correction_outcome_open", "after_id", "correction_id"),)

    correction_id: str = Field(primary_key=True, foreign_key="key_correction.id")
    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", index=True)
    before_id: str = Field(foreign_key="decision.id")
    after_id: str | None = Field(default=None, foreign_key="decision.id")
    told_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    told_by: str | None = None


class AppealRow(Row, table=True):
    """A trainee's objection to a decision, or to one question of it, and what came of it."""

    __table_args__ = (
        CheckConstraint("state IN ('open', 'upheld', 'rejected')", name="state"),
        Index("ix_appeal_state", "state", "filed_at"),
    )

    id: str = Field(primary_key=True)
    attempt_id: str = Field(foreign_key="attempt.id", index=True)
    decision_id: str = Field(foreign_key="decision.id")
    position: int | None
    text: str
    state: str
    filed_at: datetime = Field(sa_type=UtcInstant)
    answer: str | None = None
    correction_id: str | None = Field(default=None, foreign_key="key_correction.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    answered_by_id: str | None = None
    answered_by: str | None = None


class RemediationRow(Row, table=True):
    """An unsafe answer given with certainty, to be put right before the exam is taken again.

    `read_at` is when its lesson was read, `practice_id` the last round of fresh items, `done_at`
    when all of a round were answered right. It is open only while the decision that its trainee
    sees still says that the answer is unsafe.
    """

    __table_args__ = (
        Index("ix_remediation_person", "person_id", "exam_id"),
        Index("uq_remediation_place", "attempt_id", "position", unique=True),
    )

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    exam_id: str = Field(foreign_key="exam.id")
    attempt_id: str = Field(foreign_key="attempt.id")
    position: int
    item_version_id: str = Field(foreign_key="item_version.id")
    at: datetime = Field(sa_type=UtcInstant)
    read_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    practice_id: str | None = Field(default=None, foreign_key="attempt.id")
    done_at: datetime | None = Field(default=None, sa_type=UtcInstant)
