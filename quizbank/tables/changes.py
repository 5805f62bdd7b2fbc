"""What every change on its way says, of items here and of content in courses, and its events."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from base.db import Row, UtcInstant

_OPEN = "state IN ('draft', 'in review', 'returned')"


class ChangeEventRow(Row):
    """What happened to a change: sent, commented, returned, published, dropped; appended."""

    change_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)
    action: str
    comment: str
    person_id: str | None
    person: str


class ChangeRow(Row):
    """A change on its way to be published, whose events stand in the table `events`.

    `based_on` is the version that it began from, 0 for what is new. What it says may change while
    its authors have it, and stands still in review. At most one of each thing is open.
    """

    events: ClassVar[type[ChangeEventRow]]

    id: str = Field(primary_key=True)
    based_on: int
    state: str
    author_id: str | None
    author: str
    created_at: datetime = Field(sa_type=UtcInstant)
    updated_at: datetime = Field(sa_type=UtcInstant)
    revision: int

    @property
    def named(self) -> str:
        """What refusals call the thing that changes; empty where its page says it anyway."""
        return ""


def one_open(index: str, *columns: str) -> tuple[CheckConstraint, Index]:
    """Return that a change stands at one of the stages, and is the only open one of its thing."""
    stages = CheckConstraint(
        "state IN ('draft', 'in review', 'returned', 'published', 'dropped')", name="state"
    )
    where = text(_OPEN)
    return stages, Index(index, *columns, unique=True, sqlite_where=where, postgresql_where=where)
