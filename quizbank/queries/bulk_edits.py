"""What a grid of many items shows, and the bulk edits that can be taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.items import Item
from quizbank.queries.bank import ItemFilter, bank_items
from quizbank.queries.published import item_versions
from quizbank.tables.bank import ItemRow
from quizbank.tables.reviews import BulkEditItemRow, BulkEditRow


@dataclass(frozen=True)
class PlacedItem:
    """One line of the grid: where a published item belongs."""

    id: str
    version: int
    stem: str
    objective: str
    tags: tuple[str, ...]
    review_due: date


@dataclass(frozen=True)
class BulkEdit:
    """One bulk edit; `undone_at` is None while it stands."""

    id: str
    at: datetime
    person: str
    what: str
    items: int
    undone_at: datetime | None


@needs(Permission.ITEM_WRITE)
def placed_items(tx: Tx, wanted: ItemFilter, limit: int) -> tuple[PlacedItem, ...]:
    """Return the published items that fit the filter, by objective and id."""
    ids = [one.id for one in bank_items(tx, wanted, limit) if one.version]
    standing: dict[str, tuple[int, str]] = {}
    for start in range(0, len(ids), 500):
        rows = tx.session.exec(
            select(ItemRow.id, ItemRow.version, ItemRow.version_id).where(
                col(ItemRow.id).in_(ids[start : start + 500])
            )
        )
        standing |= {item_id: (number, version_id) for item_id, number, version_id in rows}
    items = item_versions(tx.session, [version_id for _, version_id in standing.values()])
    return tuple(_placed(standing[one][0], items[standing[one][1]]) for one in ids)


@needs(Permission.ITEM_WRITE)
def bulk_edits(tx: Tx, limit: int = 10) -> tuple[BulkEdit, ...]:
    """Return the last bulk edits, newest first."""
    rows = tx.session.exec(
        select(BulkEditRow, func.count(col(BulkEditItemRow.item_id)))
        .join(BulkEditItemRow, col(BulkEditItemRow.bulk_edit_id) == col(BulkEditRow.id))
        .group_by(col(BulkEditRow.id))
        .order_by(col(BulkEditRow.at).desc())
        .limit(limit)
    ).all()
    return tuple(
        BulkEdit(row.id, row.at, row.person, row.what, count, row.undone_at) for row, count in rows
    )


def _placed(version: int, item: Item) -> PlacedItem:
    return PlacedItem(item.id, version, item.stem, item.objective, item.tags, item.review_due)
