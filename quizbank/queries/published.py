"""What is published is immutable, so each process reads it once and keeps it.

The caches hold frozen values only, are bounded, and are keyed by ids that are never used twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from base.kept import Kept
from quizbank.confidence import UNASKED_KINDS
from quizbank.exams import ExamRules
from quizbank.items import Item, item_from_json
from quizbank.tables.bank import ItemVersionRow
from quizbank.tables.exams import ExamVersionRow, FormItemRow

_ITEMS_KEPT = 20_000
_FORMS_KEPT = 5_000


@dataclass(frozen=True)
class FormItem:
    """One place of a form: which item version, options in which order.

    What is not `scored` counts for nothing. `asks` is False for a text that is only read, and
    `asks_confidence` where nobody is asked how sure the answer is.
    """

    position: int
    item_version_id: str
    option_order: tuple[str, ...]
    scored: bool
    asks: bool
    asks_confidence: bool


_items: Kept[Item] = Kept(_ITEMS_KEPT)
_forms: Kept[tuple[FormItem, ...]] = Kept(_FORMS_KEPT)
_rules: Kept[ExamRules] = Kept(1_000)


def item_version(session: Session, version_id: str) -> Item:
    """Return the item as it was published in this version."""
    kept = _items.get(version_id)
    if kept is None:
        payload = session.exec(
            select(ItemVersionRow.payload).where(ItemVersionRow.id == version_id)
        ).one()
        kept = _items.keep(version_id, item_from_json(payload))
    return kept


def item_versions(session: Session, version_ids: Sequence[str]) -> dict[str, Item]:
    """Return many items by version id, reading those not yet known in one query."""
    missing = [one for one in version_ids if _items.get(one) is None]
    fresh: dict[str, Item] = {}
    for start in range(0, len(missing), 500):
        rows = session.exec(
            select(ItemVersionRow.id, ItemVersionRow.payload).where(
                col(ItemVersionRow.id).in_(missing[start : start + 500])
            )
        )
        fresh |= {one: _items.keep(one, item_from_json(payload)) for one, payload in rows}
    return {one: fresh[one] if one in fresh else item_version(session, one) for one in version_ids}


def exam_version(session: Session, version_id: str) -> ExamRules:
    """Return the rules as they were published in this version."""
    kept = _rules.get(version_id)
    if kept is None:
        stored = session.exec(
            select(ExamVersionRow.rules).where(ExamVersionRow.id == version_id)
        ).one()
        kept = _rules.keep(version_id, ExamRules.model_validate_json(stored))
    return kept


def form_items(session: Session, form_id: str) -> tuple[FormItem, ...]:
    """Return the places of a form, in order."""
    kept = _forms.get(form_id)
    if kept is None:
        rows = session.exec(
            select(FormItemRow)
            .where(FormItemRow.form_id == form_id)
            .order_by(col(FormItemRow.position))
        ).all()
        items = item_versions(session, [row.item_version_id for row in rows])
        places = tuple(_form_item(row, items[row.item_version_id]) for row in rows)
        kept = _forms.keep(form_id, places) if places else places
    return kept


def _form_item(row: FormItemRow, item: Item) -> FormItem:
    return FormItem(
        position=row.position,
        item_version_id=row.item_version_id,
        option_order=tuple(row.option_order.split()),
        scored=row.scored,
        asks=item.kind != "description",
        asks_confidence=item.kind not in UNASKED_KINDS,
    )
