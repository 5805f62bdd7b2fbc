"""Asking any change on its way who wrote it and what happened to it.

Of items here and of content in courses; for queries and commands that have asked who acts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, func
from sqlmodel import col, select

from base.db import Tx
from quizbank.proposals import OPEN, ReviewAction, Stage
from quizbank.tables.changes import ChangeRow

NO_CHANGE = "There is no such change. It may have been dropped: look at the list of reviews."
_AT_ONCE = 500
_Change = TypeVar("_Change", bound=ChangeRow)


@dataclass(frozen=True)
class ReviewEvent:
    """One thing that happened to a change."""

    at: datetime
    action: ReviewAction
    comment: str
    person: str


@dataclass(frozen=True, kw_only=True)
class ChangeSummary:
    """One change on its way; `standing` is the version now, 0 where there is none.

    `mine` tells that the reader wrote some of it, `may_approve` that the reader may publish it.
    """

    id: str
    stage: Stage
    authors: tuple[str, ...]
    based_on: int
    standing: int
    revision: int
    updated_at: datetime
    mine: bool
    may_approve: bool

    @property
    def is_open(self) -> bool:
        """Whether it is neither published nor dropped."""
        return self.stage in OPEN


def find_held(tx: Tx, table: type[_Change], *which: bool | ColumnElement[bool]) -> _Change | None:
    """Return the row of a change as it stands now, held until the transaction ends."""
    return tx.session.exec(
        select(table).where(*which).with_for_update().execution_options(populate_existing=True)
    ).first()


def writers_of(tx: Tx, rows: Sequence[ChangeRow]) -> dict[str, dict[str | None, str]]:
    """Return who wrote each of these changes, by person: the author, and whoever saved into it.

    All of one table.
    """
    wrote: dict[str, dict[str | None, str]] = {one.id: {one.author_id: one.author} for one in rows}
    ids = list(wrote)
    for start in range(0, len(ids), _AT_ONCE):
        event = rows[0].events
        found = tx.session.exec(
            select(event.change_id, event.person_id, event.person)
            .where(
                col(event.change_id).in_(ids[start : start + _AT_ONCE]),
                event.action == ReviewAction.WROTE,
            )
            .order_by(col(event.number))
        )
        for change_id, person_id, person in found:
            wrote[change_id].setdefault(person_id, person)
    return wrote


def events_of(tx: Tx, row: ChangeRow) -> tuple[ReviewEvent, ...]:
    """Return what happened to a change, oldest first."""
    event = row.events
    rows = tx.session.exec(
        select(event).where(event.change_id == row.id).order_by(col(event.number))
    )
    return tuple(
        ReviewEvent(one.at, ReviewAction(one.action), one.comment, one.person) for one in rows
    )


def waiting_for_reader(tx: Tx, table: type[ChangeRow]) -> int:
    """Return how many changes are in review that the reader wrote nothing of."""
    event = table.events
    wrote_some = exists().where(
        col(event.change_id) == col(table.id),
        col(event.action) == ReviewAction.WROTE,
        col(event.person_id) == tx.actor.person_id,
    )
    return tx.session.exec(
        select(func.count())
        .select_from(table)
        .where(
            table.state == Stage.IN_REVIEW,
            col(table.author_id).is_distinct_from(tx.actor.person_id),
            ~wrote_some,
        )
    ).one()
