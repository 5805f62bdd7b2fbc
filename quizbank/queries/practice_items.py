"""What practice may ask: the pool of practice alone, never a question of an exam."""

from collections.abc import Sequence

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.items import Item
from quizbank.kinds.item import Pool
from quizbank.practice import PracticeItem, family_of
from quizbank.queries.published import item_versions
from quizbank.tables.bank import ItemRow


@needs(Permission.EXAM_SIT)
def practice_items(tx: Tx, objectives: Sequence[str]) -> tuple[PracticeItem, ...]:
    """Return the approved practice questions of these objectives that are marked at once, by id."""
    rows = tx.session.exec(
        select(ItemRow.id, ItemRow.version_id)
        .where(
            ItemRow.pool == Pool.PRACTICE,
            ItemRow.status == "approved",
            col(ItemRow.objective).in_(objectives),
            ItemRow.kind != "description",
            ItemRow.review_due > tx.now.date(),
        )
        .order_by(ItemRow.id)
    ).all()
    items = item_versions(tx.session, [version for _, version in rows])
    return tuple(
        _practice_item(items[version], version)
        for _, version in rows
        if not items[version].manual_parts(items[version].key())
    )


def _practice_item(item: Item, version_id: str) -> PracticeItem:
    return PracticeItem(
        item_id=item.id,
        version_id=version_id,
        objective=item.objective,
        family=family_of(item),
        critical=item.critical,
        enemies=frozenset(item.enemies),
        staged=item.staged,
    )
