"""Other items of the bank that ask nearly the same."""

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.likeness import alike
from quizbank.linting import Likeness
from quizbank.tables.bank import ItemRow


@needs(Permission.ITEM_READ)
def similar_items(tx: Tx, item_id: str, stem: str) -> tuple[Likeness, ...]:
    """Return the items in use or being written, but this one, whose stems are most like `stem`."""
    rows = tx.session.exec(
        select(ItemRow.id, ItemRow.stem).where(
            ItemRow.id != item_id, col(ItemRow.status) != "retired"
        )
    )
    return alike(stem, dict(rows.all()))
