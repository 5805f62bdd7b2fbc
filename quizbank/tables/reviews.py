"""How items change: proposals, what reviewers did, edits of many at once."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from base.db import Row, UtcInstant
from quizbank.tables.changes import ChangeEventRow, ChangeRow, one_open


class ReviewEventRow(ChangeEventRow, table=True):
    """What happened to a proposal; its column keeps the name that it had first."""

    change_id: str = Field(
        primary_key=True,
        foreign_key="item_proposal.id",
        sa_column_kwargs={"name": "proposal_id"},
    )


class ItemProposalRow(ChangeRow, table=True):
    """A change of an item, or a new one, on its way to be published."""

    __table_args__ = (
        *one_open("uq_item_proposal_open", "item_id"),
        Index("ix_item_proposal_state", "state", "updated_at"),
    )
    events: ClassVar[type[ChangeEventRow]] = ReviewEventRow

    item_id: str = Field(foreign_key="item.id")
    payload: str

    @property
    def named(self) -> str:
        """The item's id."""
        return self.item_id


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
