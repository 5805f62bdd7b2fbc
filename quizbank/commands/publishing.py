"""Making the next version of an item: the one place where what learners meet changes."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select, update

from base.audit import record
from base.db import Tx
from base.ids import new_id
from quizbank.commands.changes import add_event
from quizbank.descriptions import Description, describe
from quizbank.forms import draw_key
from quizbank.items import Item, item_to_json
from quizbank.origins import Origin
from quizbank.proposals import ItemStatus, ReviewAction, Stage
from quizbank.tables.bank import ItemEnemyRow, ItemRow, ItemTagRow, ItemVersionRow
from quizbank.tables.reviews import ItemProposalRow


@dataclass(frozen=True)
class Hand:
    """Who stands for a version: the author, and whoever let it through (nobody for a file)."""

    origin: Origin
    author: str
    author_id: str | None = None
    approved_by: str | None = None


def publish_version(
    tx: Tx, item: Item, row: ItemRow | None, hand: Hand, status: ItemStatus | None = None
) -> int:
    """Publish the item as its next version and return the version's number.

    The item gets this status, or keeps its own (a new one is approved); a retired one stays
    retired, and has it when it is restored. Another change that is in review meanwhile goes back
    to its author, because it began from what no longer stands. For commands that have checked
    who asks and what for.
    """
    description = describe(item)
    if row is None:
        row = new_item_row(item.id, description, ItemStatus.APPROVED)
    _set_status(row, status)
    version = ItemVersionRow(
        id=new_id(),
        item_id=item.id,
        number=row.version + 1,
        payload=item_to_json(item),
        origin=hand.origin,
        published_at=tx.now,
        published_by=hand.author,
        author_id=hand.author_id,
        approved_by=hand.approved_by,
    )
    _return_overtaken(tx, item.id, version.number)
    row.version, row.version_id = version.number, version.id
    describe_row(tx, row, description)
    tx.session.add(version)
    author = hand.author_id or hand.author
    facts = {"version": version.number, "version_id": version.id, "author": author}
    record(tx, "item:publish", item.id, facts)
    return version.number


def new_item_row(item_id: str, description: Description, status: ItemStatus) -> ItemRow:
    """Return the row of an item without a version, not yet added to the session."""
    return ItemRow(**item_columns(item_id, description), status=status, version=0, version_id="")


def item_columns(item_id: str, description: Description) -> dict[str, Any]:
    """Return what an item's row says that its description says, by column."""
    return {
        "id": item_id,
        "kind": description.kind,
        "pool": description.pool,
        "objective": description.objective,
        "level": description.level,
        "critical": description.critical,
        "review_due": description.review_due,
        "draw_key": draw_key(item_id),
        "stem": description.stem,
        "searchable": description.searchable,
        "seconds": description.seconds,
    }


def describe_row(tx: Tx, row: ItemRow, description: Description) -> None:
    """Let the row and its tags say what stands of the item now, and add it to the session."""
    row.kind, row.pool, row.objective = description.kind, description.pool, description.objective
    row.level, row.critical = description.level, description.critical
    row.review_due = description.review_due
    row.stem, row.searchable = description.stem, description.searchable
    row.seconds = description.seconds
    tx.session.add(row)
    tx.session.flush()
    _tag(tx, row.id, description.tags)
    _set_enemies(tx, row.id, description.enemies)


def _set_status(row: ItemRow, status: ItemStatus | None) -> None:
    if row.version and row.status == ItemStatus.RETIRED:
        row.retired_from = status or row.retired_from
    elif status or not row.version:
        row.status = status or ItemStatus.APPROVED


def _tag(tx: Tx, item_id: str, tags: tuple[str, ...]) -> None:
    standing = tx.session.exec(select(ItemTagRow).where(ItemTagRow.item_id == item_id)).all()
    for row in standing:
        if row.tag not in tags:
            tx.session.delete(row)
    for tag in tags:
        if tag not in {row.tag for row in standing}:
            tx.session.add(ItemTagRow(item_id=item_id, tag=tag))


def _set_enemies(tx: Tx, item_id: str, enemies: tuple[str, ...]) -> None:
    standing = tx.session.exec(select(ItemEnemyRow).where(ItemEnemyRow.item_id == item_id)).all()
    for row in standing:
        if row.enemy_id not in enemies:
            tx.session.delete(row)
    for enemy in enemies:
        if enemy not in {row.enemy_id for row in standing}:
            tx.session.add(ItemEnemyRow(item_id=item_id, enemy_id=enemy))


def _return_overtaken(tx: Tx, item_id: str, number: int) -> None:
    waiting = tx.session.exec(
        update(ItemProposalRow)
        .where(
            col(ItemProposalRow.item_id) == item_id,
            col(ItemProposalRow.state) == Stage.IN_REVIEW,
        )
        .values(state=Stage.RETURNED, updated_at=tx.now, revision=col(ItemProposalRow.revision) + 1)
        .returning(col(ItemProposalRow.id))
    ).all()
    for (proposal_id,) in waiting:
        said = f"Version {number} was published meanwhile. Carry this change over to it."
        overtaken = tx.session.get_one(ItemProposalRow, proposal_id)
        add_event(tx, overtaken, ReviewAction.OVERTAKEN, said)
