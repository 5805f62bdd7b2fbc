"""Items and their versions, as the bank lists, draws and keeps them."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
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
