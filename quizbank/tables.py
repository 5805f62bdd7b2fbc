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

    The columns beside `id` repeat what stands (the published version, or the proposal of an item
    that was never published: version 0, an empty `version_id`), so that the bank can be filtered
    and drawn from by index. `drawn` counts the forms of exams that it was put into, and
    `retired_from` is the status that a retired item had.
    """

    __table_args__ = (
        CheckConstraint(
            "status IN ('draft', 'in review', 'approved', 'pilot', 'retired')", name="status"
        ),
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
    stem: str
    searchable: str
    seconds: int | None = None
    drawn: int = 0
    retired_from: str | None = None


class ItemTagRow(Row, table=True):
    """A tag of what stands of an item."""

    item_id: str = Field(primary_key=True, foreign_key="item.id")
    tag: str = Field(primary_key=True, index=True)


class ItemEnemyRow(Row, table=True):
    """What stands of an item names another that it never meets in a form; this holds both ways.

    The other may not be in the bank yet, or not any more.
    """

    item_id: str = Field(primary_key=True, foreign_key="item.id")
    enemy_id: str = Field(primary_key=True, index=True)


class ItemFileRow(Row, table=True):
    """A picture that items show, by the SHA-256 of its bytes; never changed."""

    digest: str = Field(primary_key=True)
    media_type: str
    content: bytes
    added_at: datetime = Field(sa_type=UtcInstant)


class ItemVersionRow(Row, table=True):
    """What was published, immutable; `origin` tells whether a course's file or a person said so.

    `published_by` wrote it; `approved_by` let it through, and is nobody where a file said so.
    """

    __table_args__ = (Index("uq_item_version", "item_id", "number", unique=True),)

    id: str = Field(primary_key=True)
    item_id: str = Field(foreign_key="item.id")
    number: int
    payload: str
    origin: str
    published_at: datetime = Field(sa_type=UtcInstant)
    published_by: str
    author_id: str | None = None
    approved_by: str | None = None


class ItemProposalRow(Row, table=True):
    """A change of an item, or a new one, on its way to be published.

    `based_on` is the version that it began from, 0 for a new item. The payload may change while
    the author has it, and stands still in review. At most one of an item is open.
    """

    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'in review', 'returned', 'published', 'dropped')", name="state"
        ),
        Index(
            "uq_item_proposal_open",
            "item_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'in review', 'returned')"),
            postgresql_where=text("state IN ('draft', 'in review', 'returned')"),
        ),
        Index("ix_item_proposal_state", "state", "updated_at"),
    )

    id: str = Field(primary_key=True)
    item_id: str = Field(foreign_key="item.id")
    based_on: int
    payload: str
    state: str
    author_id: str | None
    author: str
    created_at: datetime = Field(sa_type=UtcInstant)
    updated_at: datetime = Field(sa_type=UtcInstant)
    revision: int


class ReviewEventRow(Row, table=True):
    """What happened to a proposal: sent, commented, returned, published, dropped; appended."""

    proposal_id: str = Field(primary_key=True, foreign_key="item_proposal.id")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)
    action: str
    comment: str
    person_id: str | None
    person: str


class BulkEditRow(Row, table=True):
    """One change of tags, objectives or review dates over many items; can be undone once."""

    id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)
    what: str
    person_id: str | None
    person: str
    undone_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class BulkEditItemRow(Row, table=True):
    """One item of a bulk edit: the version before, and the one that the edit made."""

    bulk_edit_id: str = Field(primary_key=True, foreign_key="bulk_edit.id")
    item_id: str = Field(primary_key=True, foreign_key="item.id")
    before_id: str = Field(foreign_key="item_version.id")
    after_id: str = Field(foreign_key="item_version.id")


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
