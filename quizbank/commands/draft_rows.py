"""What a change of an item holds, and the item's own row, for writing and for reviewing."""

import json
from collections.abc import Mapping

from pydantic import JsonValue, TypeAdapter, ValidationError
from sqlalchemy.exc import IntegrityError

from base.db import Tx
from base.errors import Conflict, Invalid
from quizbank.commands.changes import move
from quizbank.commands.publishing import describe_row, new_item_row
from quizbank.descriptions import describe_fields
from quizbank.exchange.defaults import lacks_source
from quizbank.items import Item, Misfit, read_item
from quizbank.kinds.item import Key
from quizbank.proposals import ItemStatus, Stage, status_of_new
from quizbank.queries.bank import unknown_sources
from quizbank.queries.files import unknown_files
from quizbank.tables.bank import ItemRow
from quizbank.tables.reviews import ItemProposalRow

LARGEST_DRAFT = 400_000
_KEY: TypeAdapter[str] = TypeAdapter(Key)


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


def add_new_item(tx: Tx, item_id: str, fields: Mapping[str, JsonValue]) -> None:
    """Take the id for a new item; `Conflict` where it is taken."""
    description = describe_fields(fields, tx.now.date())
    try:
        with tx.session.begin_nested():
            tx.session.add(new_item_row(item_id, description, ItemStatus.DRAFT))
    except IntegrityError:
        raise Conflict(f"Another item has the id {item_id} already. Choose another.") from None


def move_item(tx: Tx, draft: ItemProposalRow, stage: Stage) -> None:
    """Store what was changed of the draft, and let the row of a new item say the same."""
    move(tx, draft, stage)
    tell_new_item(tx, draft)


def tell_new_item(tx: Tx, draft: ItemProposalRow) -> None:
    """Let the row of an item that was never published say what its draft says."""
    row = tx.session.get_one(ItemRow, draft.item_id)
    if not row.version:
        row.status = status_of_new(Stage(draft.state))
        describe_row(tx, row, describe_fields(json.loads(draft.payload), tx.now.date()))
