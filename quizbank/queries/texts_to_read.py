"""Texts to read: what an exam shows before its questions, and what it could show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.proposals import ItemStatus
from quizbank.tables.bank import ItemRow


@dataclass(frozen=True)
class TextToRead:
    """An item that asks nothing, by its id and its text."""

    item_id: str
    text: str


@needs(Permission.EXAM_WRITE)
def texts_in_use(tx: Tx, limit: int = 500) -> tuple[TextToRead, ...]:
    """Return the texts that an exam may show today, by id."""
    query = (
        select(ItemRow.id, ItemRow.stem)
        .where(
            ItemRow.kind == "description",
            ItemRow.status == ItemStatus.APPROVED,
            col(ItemRow.review_due) > tx.now.date(),
        )
        .order_by(col(ItemRow.id))
        .limit(limit)
    )
    return tuple(TextToRead(*row) for row in tx.session.exec(query))


def versions_to_read(
    session: Session, item_ids: Sequence[str], today: date
) -> tuple[list[str], list[str]]:
    """Return the versions of these texts in their order, and in part sentences what is missing.

    For commands and queries that have asked who acts.
    """
    rows = session.exec(select(ItemRow).where(col(ItemRow.id).in_(item_ids))).all()
    in_use = {
        row.id: row.version_id
        for row in rows
        if row.kind == "description"
        and row.status == ItemStatus.APPROVED
        and row.review_due > today
    }
    missing = [
        f"the text {one}, which this exam shows first, is not in use or past its review date"
        for one in item_ids
        if one not in in_use
    ]
    return [in_use[one] for one in item_ids if one in in_use], missing
