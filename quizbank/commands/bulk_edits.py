"""Changing topics, objectives and review dates of many items at once, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue
from sqlmodel import col, select, update

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.ids import new_id
from base.permissions import Permission, needs
from quizbank.commands.publishing import Hand, publish_version
from quizbank.items import Item, Misfit, item_from_json, item_to_data, read_item
from quizbank.origins import Origin
from quizbank.proposals import may_approve
from quizbank.queries.proposals import find_open_row, writers_of_version
from quizbank.tables.bank import ItemRow, ItemVersionRow
from quizbank.tables.reviews import BulkEditItemRow, BulkEditRow

MOST = 2_000


@dataclass(frozen=True)
class PlaceChange:
    """Where one item is to belong from now on; `version` is the one that the screen shows."""

    item_id: str
    version: int
    objective: str
    tags: tuple[str, ...]
    review_due: date


@dataclass(frozen=True)
class Undone:
    """How many items stand as before, and which were changed since and are left alone."""

    restored: int
    left_alone: tuple[str, ...]


@needs(Permission.ITEM_WRITE)
def bulk_edit(tx: Tx, changes: Sequence[PlaceChange]) -> str:
    """Publish every changed item's next version and return the id of the edit.

    All or nothing: `Invalid` names every item that cannot be changed, `Conflict` those that
    somebody else has published meanwhile. Topics are any author's; another objective or review
    date is decided by somebody who may publish and did not write the item.
    """
    if not changes:
        raise Invalid(["Nothing has been changed yet."])
    if len(changes) > MOST:
        raise Invalid([f"Change at most {MOST} items at once; narrow the list first."])
    pairs = [_changed(tx, change) for change in changes]
    _refuse_problems(tx, pairs)
    edit = BulkEditRow(
        id=new_id(),
        at=tx.now,
        what=_what(pairs),
        person_id=tx.actor.person_id,
        person=tx.actor.name,
    )
    tx.session.add(edit)
    tx.session.flush()
    for row, before, after in pairs:
        before_id = row.version_id
        _publish(tx, row, before_id, after)
        tx.session.flush()
        tx.session.add(
            BulkEditItemRow(
                bulk_edit_id=edit.id,
                item_id=before.id,
                before_id=before_id,
                after_id=row.version_id,
            )
        )
    record(tx, "item:bulk edit", edit.id, {"items": len(pairs), "what": edit.what})
    return edit.id


@needs(Permission.ITEM_WRITE)
def undo_bulk_edit(tx: Tx, edit_id: str) -> Undone:
    """Publish the items as they were before the edit; once, and not what was changed since."""
    taken = tx.session.exec(
        update(BulkEditRow)
        .where(col(BulkEditRow.id) == edit_id, col(BulkEditRow.undone_at).is_(None))
        .values(undone_at=tx.now)
        .returning(col(BulkEditRow.id))
    ).first()
    if taken is None:
        if tx.session.get(BulkEditRow, edit_id) is None:
            raise NotFound("There is no such edit. Reload the page.")
        raise Conflict("This edit was taken back already.")
    lines = tx.session.exec(
        select(BulkEditItemRow).where(BulkEditItemRow.bulk_edit_id == edit_id)
    ).all()
    left_alone = [line.item_id for line in lines if not _restore(tx, line)]
    record(tx, "item:bulk edit undone", edit_id, {"left alone": [*left_alone]})
    return Undone(len(lines) - len(left_alone), tuple(sorted(left_alone)))


def _changed(tx: Tx, change: PlaceChange) -> tuple[ItemRow, Item, Item]:
    row = tx.session.get(ItemRow, change.item_id, with_for_update=True)
    if row is None or not row.version:
        raise NotFound(f"There is no published item {change.item_id}. Reload the page.")
    if row.version != change.version:
        raise Conflict(
            f"{change.item_id} is at version {row.version} now; the list shows version "
            f"{change.version}. Nothing was changed: reload the page and edit again."
        )
    before = item_from_json(tx.session.get_one(ItemVersionRow, row.version_id).payload)
    placed: dict[str, JsonValue] = {
        "objective": change.objective,
        "tags": [*change.tags],
        "review_due": change.review_due.isoformat(),
    }
    try:
        return row, before, read_item(item_to_data(before) | placed)
    except Misfit as misfit:
        raise Invalid([f"{change.item_id}: {said}" for _, said in misfit.problems]) from None


def _refuse_problems(tx: Tx, pairs: Sequence[tuple[ItemRow, Item, Item]]) -> None:
    problems: list[str] = []
    for row, before, after in pairs:
        if before == after:
            problems.append(f"{row.id} stays as it is; leave it out.")
        elif find_open_row(tx, row.id):
            problems.append(f"{row.id} has a change on its way. Publish or drop that one first.")
        elif not _may(tx, row, before, after):
            problems.append(
                f"{row.id}: another objective or review date is for somebody to decide who may "
                "publish items and did not write this one."
            )
    if problems:
        raise Invalid(problems)


def _may(tx: Tx, row: ItemRow, before: Item, after: Item) -> bool:
    if (before.objective, before.review_due) == (after.objective, after.review_due):
        return True
    writers = writers_of_version(tx, row.version_id)
    return tx.actor.may(Permission.ITEM_PUBLISH) and may_approve(tx.actor.person_id, writers)


def _what(pairs: Sequence[tuple[ItemRow, Item, Item]]) -> str:
    said = {
        "topics": any(before.tags != after.tags for _, before, after in pairs),
        "objective": any(before.objective != after.objective for _, before, after in pairs),
        "review date": any(before.review_due != after.review_due for _, before, after in pairs),
    }
    return ", ".join(name for name, changed in said.items() if changed)


def _publish(tx: Tx, row: ItemRow, standing_id: str, item: Item) -> None:
    # Who wrote and who approved the question itself stays true; the edit names who moved it.
    standing = tx.session.get_one(ItemVersionRow, standing_id)
    hand = Hand(Origin.PERSON, standing.published_by, standing.author_id, standing.approved_by)
    publish_version(tx, item, row, hand)


def _restore(tx: Tx, line: BulkEditItemRow) -> bool:
    row = tx.session.get_one(ItemRow, line.item_id, with_for_update=True)
    if row.version_id != line.after_id:
        return False
    before = tx.session.get_one(ItemVersionRow, line.before_id)
    _publish(tx, row, row.version_id, item_from_json(before.payload))
    return True
