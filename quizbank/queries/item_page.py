"""One item as its own page shows it: what is published, what is on its way, where it is used."""

from dataclasses import dataclass

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.items import Item
from quizbank.queries.bank import VersionSummary, item_history
from quizbank.queries.proposals import ProposalDetail, find_newest_proposal
from quizbank.queries.published import item_version
from quizbank.queries.used_in import ItemUse, item_uses
from quizbank.tables.bank import ItemRow


@dataclass(frozen=True)
class ItemPage:
    """An item with its life; `published` is None where it never was.

    `change` is the one on its way, if any; `dropped` the last words of an item that was dropped
    before it was published.
    """

    item_id: str
    kind: str
    status: str
    version: int
    published: Item | None
    change: ProposalDetail | None
    dropped: ProposalDetail | None
    versions: tuple[VersionSummary, ...]
    uses: tuple[ItemUse, ...]


@needs(Permission.ITEM_READ)
def item_page(tx: Tx, item_id: str) -> ItemPage:
    """Return everything about one item; raises `NotFound`."""
    row = tx.session.get(ItemRow, item_id)
    if row is None:
        raise NotFound(f"There is no item {item_id}. Go back to the bank and choose another.")
    newest = find_newest_proposal(tx, item_id)
    is_open = newest is not None and newest.summary.is_open
    return ItemPage(
        item_id=row.id,
        kind=row.kind,
        status=row.status,
        version=row.version,
        published=item_version(tx.session, row.version_id) if row.version else None,
        change=newest if is_open else None,
        dropped=newest if not is_open and not row.version else None,
        versions=item_history(tx, item_id),
        uses=item_uses(tx, item_id),
    )
