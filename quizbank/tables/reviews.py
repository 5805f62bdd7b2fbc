"""How items change: proposals, what reviewers did, edits of many at once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from base.db import Row, UtcInstant


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
