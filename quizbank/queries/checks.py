"""Check questions at the end of a lesson: any number of tries, reasons at once, never marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.kinds.item import Pool
from quizbank.kinds.shown import (
    Explanation,
    Mark,
    Prompt,
)
from quizbank.queries.published import item_version, item_versions
from quizbank.tables.bank import ItemRow, ItemVersionRow


@dataclass(frozen=True)
class CheckItem:
    """A check question before it is answered."""

    item_id: str
    version_id: str
    prompt: Prompt


@dataclass(frozen=True)
class CheckOutcome:
    """A check question after it was answered."""

    mark: Mark
    explanations: tuple[Explanation, ...]


@needs(Permission.COURSE_STUDY)
def check_items(tx: Tx, item_ids: Sequence[str]) -> tuple[CheckItem, ...]:
    """Return the check questions with these ids, in the order asked; others are left out."""
    found = dict(
        tx.session.exec(
            select(ItemRow.id, ItemRow.version_id).where(
                col(ItemRow.id).in_(item_ids),
                ItemRow.pool == Pool.CHECK,
                col(ItemRow.version) > 0,
            )
        ).all()
    )
    items = item_versions(tx.session, list(found.values()))
    return tuple(
        CheckItem(one, found[one], items[found[one]].prompt()) for one in item_ids if one in found
    )


@needs(Permission.COURSE_STUDY)
def check_outcome(tx: Tx, version_id: str, response: JsonValue) -> CheckOutcome:
    """Return the mark and every option's reason; raises `NotFound` for any other item."""
    known = tx.session.exec(
        select(ItemVersionRow.id).where(ItemVersionRow.id == version_id)
    ).first()
    item = item_version(tx.session, version_id) if known else None
    if item is None or item.pool is not Pool.CHECK:
        raise NotFound("There is no such check question. Reload the lesson.")
    return CheckOutcome(item.mark(response), item.explain(response))
