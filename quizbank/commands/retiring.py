"""Taking an item out of the draws and back, and between counting and not counting."""

from base.audit import record
from base.db import Tx
from base.errors import Conflict, NotAllowed, NotFound
from base.permissions import Permission, needs
from quizbank.proposals import ItemStatus, may_approve
from quizbank.queries.proposals import writers_of_version
from quizbank.tables.bank import ItemRow


@needs(Permission.ITEM_RETIRE)
def retire_item(tx: Tx, item_id: str) -> None:
    """Take the item out of new forms; running attempts and results keep it."""
    row = _published(tx, item_id)
    if row.status == ItemStatus.RETIRED:
        return
    row.retired_from = row.status
    _set_status(tx, row, ItemStatus.RETIRED, "item:retire")


@needs(Permission.ITEM_PUBLISH)
def restore_item(tx: Tx, item_id: str) -> None:
    """Let a retired item be drawn again, as a pilot where it was one."""
    row = _published(tx, item_id)
    if row.status == ItemStatus.RETIRED:
        _set_status(tx, row, ItemStatus(row.retired_from or ItemStatus.APPROVED), "item:restore")


@needs(Permission.ITEM_PUBLISH)
def set_pilot(tx: Tx, item_id: str, pilot: bool) -> None:
    """Draw the item without scoring it, or let a pilot count from now on.

    `NotAllowed` for who wrote it, where it is to count: that takes somebody else.
    """
    row = _published(tx, item_id)
    wanted = ItemStatus.PILOT if pilot else ItemStatus.APPROVED
    if row.status == wanted:
        return
    if row.status == ItemStatus.RETIRED:
        raise Conflict(f"{item_id} is retired. Restore it first.")
    if not pilot and not may_approve(tx.actor.person_id, writers_of_version(tx, row.version_id)):
        raise NotAllowed("You wrote this item, so somebody else decides whether it counts.")
    _set_status(tx, row, wanted, "item:pilot" if pilot else "item:approve")


def _published(tx: Tx, item_id: str) -> ItemRow:
    row = tx.session.get(ItemRow, item_id, with_for_update=True)
    if row is None:
        raise NotFound(f"There is no item {item_id}. Go back to the bank and choose another.")
    if not row.version:
        raise Conflict(f"{item_id} was never published. Finish its draft, or drop it.")
    return row


def _set_status(tx: Tx, row: ItemRow, status: ItemStatus, action: str) -> None:
    row.status = status
    record(tx, action, row.id, {"version": row.version})
