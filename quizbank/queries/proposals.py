"""Changes of items on their way: the queue, one of them with its diff, and what happened to it."""

import json
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.item_diff import FieldChange, changes
from quizbank.items import Item, Misfit, item_to_data, read_item
from quizbank.proposals import OPEN, Stage, may_approve
from quizbank.queries.changes import (
    NO_CHANGE,
    ChangeSummary,
    ReviewEvent,
    events_of,
    find_held,
    waiting_for_reader,
    writers_of,
)
from quizbank.queries.published import item_version
from quizbank.tables.bank import ItemRow, ItemVersionRow
from quizbank.tables.reviews import ItemProposalRow


@dataclass(frozen=True, kw_only=True)
class ProposalSummary(ChangeSummary):
    """One change of an item on its way."""

    item_id: str
    stem: str
    objective: str
    created_at: datetime

    @property
    def overtaken(self) -> bool:
        """Whether another version was published since it began."""
        return self.is_open and self.based_on != self.standing


@dataclass(frozen=True)
class ProposalDetail:
    """One change as typed, what it does to the version that it began from, and what was said.

    `item` is None while something is missing; `problems` then says what, by its place.
    """

    summary: ProposalSummary
    fields: dict[str, JsonValue]
    item: Item | None
    problems: tuple[tuple[tuple[str | int, ...], str], ...]
    changes: tuple[FieldChange, ...]
    events: tuple[ReviewEvent, ...]


@needs(Permission.ITEM_READ)
def open_proposals(tx: Tx, limit: int = 500) -> tuple[ProposalSummary, ...]:
    """Return the changes that are on their way, those that wait longest first."""
    rows = tx.session.exec(
        select(ItemProposalRow, ItemRow)
        .join(ItemRow, col(ItemRow.id) == col(ItemProposalRow.item_id))
        .where(col(ItemProposalRow.state).in_(OPEN))
        .order_by(col(ItemProposalRow.updated_at), col(ItemProposalRow.id))
        .limit(limit)
    ).all()
    wrote = writers_of(tx, [proposal for proposal, _ in rows])
    return tuple(_summary(tx, proposal, item, wrote[proposal.id]) for proposal, item in rows)


@needs(Permission.ITEM_READ)
def waiting_reviews(tx: Tx) -> int:
    """Return how many changes wait for a review that the reader may do."""
    return waiting_for_reader(tx, ItemProposalRow)


@needs(Permission.ITEM_READ)
def proposal(tx: Tx, proposal_id: str) -> ProposalDetail:
    """Return one change, open or not; raises `NotFound`."""
    row = tx.session.get(ItemProposalRow, proposal_id)
    if row is None:
        raise NotFound(NO_CHANGE)
    return _detail(tx, row)


@needs(Permission.ITEM_READ)
def find_newest_proposal(tx: Tx, item_id: str) -> ProposalDetail | None:
    """Return the change of an item that is on its way, or the last one that was."""
    row = tx.session.exec(
        select(ItemProposalRow)
        .where(ItemProposalRow.item_id == item_id)
        .order_by(
            col(ItemProposalRow.state).in_(OPEN).desc(), col(ItemProposalRow.created_at).desc()
        )
        .limit(1)
    ).first()
    return _detail(tx, row) if row else None


def find_open_row(tx: Tx, item_id: str) -> ItemProposalRow | None:
    """Return the row of the item's open change, held until the transaction ends."""
    is_open = col(ItemProposalRow.state).in_(OPEN)
    return find_held(tx, ItemProposalRow, ItemProposalRow.item_id == item_id, is_open)


def writers_of_version(tx: Tx, version_id: str) -> frozenset[str | None]:
    """Return who wrote a published version."""
    version = tx.session.get_one(ItemVersionRow, version_id)
    rows = tx.session.exec(
        select(ItemProposalRow).where(
            ItemProposalRow.item_id == version.item_id,
            ItemProposalRow.state == Stage.PUBLISHED,
            ItemProposalRow.based_on == version.number - 1,
        )
    ).all()
    wrote = {person for people in writers_of(tx, rows).values() for person in people}
    return frozenset(wrote | {version.author_id})


def _summary(
    tx: Tx, row: ItemProposalRow, item: ItemRow, wrote: dict[str | None, str]
) -> ProposalSummary:
    fields = json.loads(row.payload)
    stage = Stage(row.state)
    reviewing = stage is Stage.IN_REVIEW and tx.actor.may(Permission.ITEM_PUBLISH)
    return ProposalSummary(
        id=row.id,
        item_id=row.item_id,
        stem=str(fields.get("stem") or ""),
        objective=str(fields.get("objective") or ""),
        stage=stage,
        authors=tuple(wrote.values()),
        based_on=row.based_on,
        standing=item.version,
        revision=row.revision,
        created_at=row.created_at,
        updated_at=row.updated_at,
        mine=tx.actor.person_id in wrote,
        may_approve=reviewing and may_approve(tx.actor.person_id, wrote.keys()),
    )


def _detail(tx: Tx, row: ItemProposalRow) -> ProposalDetail:
    item = tx.session.get_one(ItemRow, row.item_id)
    fields: dict[str, JsonValue] = json.loads(row.payload)
    item_now, problems = _read(fields)
    new = item_to_data(item_now) if item_now else fields
    return ProposalDetail(
        summary=_summary(tx, row, item, writers_of(tx, [row])[row.id]),
        fields=fields,
        item=item_now,
        problems=problems,
        changes=changes(fields_at(tx, row.item_id, row.based_on), new),
        events=events_of(tx, row),
    )


def fields_at(tx: Tx, item_id: str, number: int) -> dict[str, JsonValue]:
    """Return what an item said in its version of this number; nothing in version 0."""
    version_id = tx.session.exec(
        select(ItemVersionRow.id).where(
            ItemVersionRow.item_id == item_id, ItemVersionRow.number == number
        )
    ).first()
    return item_to_data(item_version(tx.session, version_id)) if version_id else {}


def _read(
    fields: dict[str, JsonValue],
) -> tuple[Item | None, tuple[tuple[tuple[str | int, ...], str], ...]]:
    try:
        return read_item(dict(fields)), ()
    except Misfit as misfit:
        return None, tuple(misfit.problems)
