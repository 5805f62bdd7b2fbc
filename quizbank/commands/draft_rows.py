"""Holding the row of a change while something is done with it, for writing and for reviewing."""

import json
from collections.abc import Mapping

from pydantic import JsonValue, TypeAdapter, ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from quizbank.commands.publishing import describe_row, new_item_row
from quizbank.descriptions import describe_fields
from quizbank.exchange.defaults import lacks_source
from quizbank.items import Item, Misfit, read_item
from quizbank.kinds.item import Key
from quizbank.proposals import OPEN, ItemStatus, Stage, status_of_new
from quizbank.queries.bank import unknown_sources
from quizbank.queries.files import unknown_files
from quizbank.queries.proposals import NO_PROPOSAL, writers_of
from quizbank.tables.bank import ItemRow
from quizbank.tables.reviews import ItemProposalRow

LARGEST_DRAFT = 400_000
LONGEST_COMMENT = 4_000
ELSEWHERE = (
    "This text went on in another tab or by somebody else. Nothing was overwritten: "
    "load what is saved, or keep your text and save it over."
)
_KEY: TypeAdapter[str] = TypeAdapter(Key)


def held_proposal(tx: Tx, proposal_id: str) -> ItemProposalRow:
    """Return the row of an open change, held until the transaction ends.

    `NotFound` where there is none, `Conflict` where it is published or dropped already.
    """
    row = tx.session.exec(
        select(ItemProposalRow)
        .where(ItemProposalRow.id == proposal_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound(NO_PROPOSAL)
    if row.state not in OPEN:
        raise Conflict(f"This change of {row.item_id} is {row.state} already.")
    return row


def own_proposal(tx: Tx, proposal_id: str) -> ItemProposalRow:
    """Return the row of a change that the actor wrote some of, held; else `NotAllowed`."""
    draft = held_proposal(tx, proposal_id)
    wrote = writers_of(tx, [draft])[draft.id]
    if tx.actor.person_id not in wrote:
        raise NotAllowed(
            f"{', '.join(wrote.values())} wrote this change, and decides what becomes of it."
        )
    return draft


def check_writable(draft: ItemProposalRow, revision: int) -> None:
    """Raise `Conflict` where the change went on elsewhere or is in review."""
    if draft.state == Stage.IN_REVIEW:
        raise Conflict(
            f"{draft.item_id} is in review, so its text stands still. "
            "Take it back to go on writing, or wait for the review."
        )
    if draft.revision != revision:
        raise Conflict(ELSEWHERE)


def check_standing(tx: Tx, draft: ItemProposalRow) -> ItemRow:
    """Return the row of the item, held; `Conflict` where another version was published since."""
    row = tx.session.get_one(ItemRow, draft.item_id, with_for_update=True)
    if row.version != draft.based_on:
        raise Conflict(
            f"{row.id} is at version {row.version} now, and this change began from version "
            f"{draft.based_on}. Nothing was overwritten: its author carries it over first."
        )
    return row


def sound_item(tx: Tx, draft: ItemProposalRow) -> Item:
    """Return what the change says as an item; `Invalid` with everything that is missing.

    Asked at sending and again at approving: an import may send what nobody has looked at.
    """
    try:
        item = read_item(json.loads(draft.payload))
    except Misfit as misfit:
        raise Invalid([sentence for _, sentence in misfit.problems]) from None
    missing = (
        unknown_sources(tx.session, item),
        lacks_source(item),
        unknown_files(tx.session, item, {}),
    )
    if any(missing):
        raise Invalid([one for one in missing if one])
    return item


def payload_of(item_id: str, fields: Mapping[str, JsonValue]) -> str:
    """Return the fields as they are stored, with the item's id; `Invalid` where it is none."""
    try:
        _KEY.validate_python(item_id)
    except ValidationError:
        sentence = "Write an id of small letters, digits and dashes, for example mf-01-031."
        raise Invalid([sentence]) from None
    payload = json.dumps({**fields, "id": item_id})
    if len(payload) > LARGEST_DRAFT:
        raise Invalid(["This item is too long to be saved. Shorten it."])
    return payload


def comment_of(said: str) -> str:
    """Return a comment without blanks around it; `Invalid` where it is too long."""
    if len(said) > LONGEST_COMMENT:
        raise Invalid([f"Use at most {LONGEST_COMMENT:,} characters for a comment."])
    # PostgreSQL stores no NUL.
    return said.replace("\x00", "").strip()


def needed_comment(said: str) -> str:
    """Return a comment without blanks around it; `Invalid` where it is empty or too long."""
    comment = comment_of(said)
    if not comment:
        raise Invalid(["Write a comment first: what is to be done, and where?"])
    return comment


def add_new_item(tx: Tx, item_id: str, fields: Mapping[str, JsonValue]) -> None:
    """Take the id for a new item; `Conflict` where it is taken."""
    description = describe_fields(fields, tx.now.date())
    try:
        with tx.session.begin_nested():
            tx.session.add(new_item_row(item_id, description, ItemStatus.DRAFT))
    except IntegrityError:
        raise Conflict(f"Another item has the id {item_id} already. Choose another.") from None


def move(tx: Tx, draft: ItemProposalRow, stage: Stage) -> None:
    """Store what was changed of the draft, and let the row of a new item say the same."""
    draft.state, draft.updated_at = stage, tx.now
    draft.revision += 1
    tx.session.add(draft)
    tx.session.flush()
    row = tx.session.get_one(ItemRow, draft.item_id)
    if not row.version:
        row.status = status_of_new(stage)
        describe_row(tx, row, describe_fields(json.loads(draft.payload), tx.now.date()))
