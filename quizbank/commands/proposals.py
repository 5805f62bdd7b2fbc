"""Writing a change of an item, or a new item, and sending it to somebody else to read."""

import json
from collections.abc import Mapping

from pydantic import JsonValue
from sqlalchemy import delete, update
from sqlmodel import col

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid
from base.permissions import Permission, needs
from quizbank.commands.changes import (
    ELSEWHERE,
    add_event,
    begin,
    check_writable,
    comment_of,
    own_change,
    write_on,
)
from quizbank.commands.draft_rows import (
    add_new_item,
    check_standing,
    move_item,
    payload_of,
    sound_item,
    tell_new_item,
)
from quizbank.items import item_to_data, tidied
from quizbank.proposals import ReviewAction, Stage, carried_over
from quizbank.queries.proposals import fields_at, find_open_row
from quizbank.tables.bank import ItemEnemyRow, ItemRow, ItemTagRow
from quizbank.tables.reviews import ItemProposalRow


@needs(Permission.ITEM_WRITE)
def save_draft(
    tx: Tx, item_id: str, based_on: int, fields: Mapping[str, JsonValue], revision: int
) -> int:
    """Keep an item as typed so far, finished or not, and return the draft's new revision.

    `based_on` is the version that it began from, 0 for a new item, whose id is taken from now on;
    `revision` is the one that the screen shows, 0 where there is no draft yet. `Conflict` where
    another tab went on, or while it is in review. Who saves into somebody's draft becomes one of
    its authors.
    """
    payload = payload_of(item_id, fields)
    draft = find_open_row(tx, item_id)
    if draft is None:
        if revision:
            raise Conflict(ELSEWHERE)
        return _begin(tx, item_id, based_on, payload)
    write_on(tx, draft, revision)
    draft.payload = payload
    move_item(tx, draft, Stage(draft.state))
    return draft.revision


@needs(Permission.ITEM_WRITE)
def rename_draft(tx: Tx, proposal_id: str, revision: int, item_id: str) -> int:
    """Give an item that was never published another id; returns the new revision."""
    draft = own_change(tx, ItemProposalRow, proposal_id)
    check_writable(draft, revision)
    old = tx.session.get_one(ItemRow, draft.item_id, with_for_update=True)
    if old.version:
        raise Conflict(f"{old.id} is published, so it keeps its id.")
    fields = json.loads(draft.payload) | {"id": item_id}
    draft.payload = payload_of(item_id, fields)
    add_new_item(tx, item_id, fields)
    former = old.id
    tx.session.exec(
        update(ItemProposalRow)
        .where(col(ItemProposalRow.item_id) == former)
        .values(item_id=item_id)
    )
    draft.item_id = item_id
    move_item(tx, draft, Stage(draft.state))
    _give_up_id(tx, old)
    record(tx, "item:rename", item_id, {"from": former})
    return draft.revision


@needs(Permission.ITEM_WRITE)
def send_for_review(tx: Tx, proposal_id: str, revision: int, note: str = "") -> None:
    """Hand a finished change to the reviewers; from now on it stands still.

    `Invalid` with everything that is missing, and where nothing differs from what stands.
    """
    draft = own_change(tx, ItemProposalRow, proposal_id)
    check_writable(draft, revision)
    check_standing(tx, draft)
    item = sound_item(tx, draft)
    if item_to_data(item) == fields_at(tx, draft.item_id, draft.based_on):
        raise Invalid(["Nothing differs from the published version, so there is nothing to read."])
    move_item(tx, draft, Stage.IN_REVIEW)
    add_event(tx, draft, ReviewAction.SENT, comment_of(note))
    record(tx, "item:send", draft.item_id, {"proposal": draft.id})


@needs(Permission.ITEM_WRITE)
def take_back(tx: Tx, proposal_id: str) -> int:
    """Take one's own change out of review to go on writing; returns the new revision."""
    draft = own_change(tx, ItemProposalRow, proposal_id)
    if draft.state == Stage.IN_REVIEW:
        move_item(tx, draft, Stage.DRAFT)
        add_event(tx, draft, ReviewAction.TAKEN_BACK)
    return draft.revision


@needs(Permission.ITEM_WRITE)
def carry_over(tx: Tx, proposal_id: str, revision: int) -> int:
    """Make a change that was overtaken one of the version that stands; returns the new revision.

    Fields that its authors left alone are as they stand now, the others as they wrote them.
    """
    draft = own_change(tx, ItemProposalRow, proposal_id)
    check_writable(draft, revision)
    row = tx.session.get_one(ItemRow, draft.item_id, with_for_update=True)
    if row.version == draft.based_on:
        return draft.revision
    began = fields_at(tx, row.id, draft.based_on)
    mine = tidied(json.loads(draft.payload))
    fields = carried_over(began, mine, fields_at(tx, row.id, row.version))
    draft.payload, draft.based_on = payload_of(row.id, fields), row.version
    move_item(tx, draft, Stage(draft.state))
    add_event(tx, draft, ReviewAction.CARRIED_OVER, f"Goes on from version {row.version}.")
    return draft.revision


@needs(Permission.ITEM_WRITE)
def drop_draft(tx: Tx, proposal_id: str, revision: int) -> None:
    """Give up one's own change; what it said is kept, and what is published stands."""
    draft = own_change(tx, ItemProposalRow, proposal_id)
    if draft.revision != revision:
        raise Conflict(ELSEWHERE)
    move_item(tx, draft, Stage.DROPPED)
    add_event(tx, draft, ReviewAction.DROPPED)
    record(tx, "item:drop", draft.item_id, {"proposal": draft.id})


def _begin(tx: Tx, item_id: str, based_on: int, payload: str) -> int:
    row = tx.session.get(ItemRow, item_id, with_for_update=True)
    standing = row.version if row else 0
    if standing != based_on:
        raise Conflict(
            f"{item_id} is at version {standing} now; you began from version {based_on}. "
            "Nothing was overwritten: load the new version, or keep your text and go on from it."
        )
    if row is None:
        add_new_item(tx, item_id, json.loads(payload))
    draft = begin(tx, ItemProposalRow, based_on, item_id=item_id, payload=payload)
    tell_new_item(tx, draft)
    record(tx, "item:draft", item_id, {"proposal": draft.id, "based_on": based_on})
    return draft.revision


def _give_up_id(tx: Tx, row: ItemRow) -> None:
    for table in (ItemTagRow, ItemEnemyRow):
        tx.session.exec(delete(table).where(col(table.item_id) == row.id))
    tx.session.delete(row)
    tx.session.flush()
