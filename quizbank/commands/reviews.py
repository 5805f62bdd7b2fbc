"""Reading somebody else's change: comment, return, publish."""

from collections.abc import Sequence
from dataclasses import dataclass

from base.audit import record
from base.db import Tx
from base.errors import AppError, Invalid
from base.permissions import Permission, needs
from quizbank.commands.changes import (
    add_event,
    change_to_decide,
    check_reader,
    held_change,
    needed_comment,
)
from quizbank.commands.draft_rows import check_standing, move_item, sound_item
from quizbank.commands.publishing import Hand, publish_version
from quizbank.origins import Origin
from quizbank.proposals import ItemStatus, ReviewAction, Stage
from quizbank.queries.changes import writers_of
from quizbank.tables.reviews import ItemProposalRow

_ENDS = (ItemStatus.APPROVED, ItemStatus.PILOT)


@dataclass(frozen=True)
class Approval:
    """What became of one of several changes: its new version, or the sentence why there is none."""

    item_id: str
    version: int
    problem: str = ""


@needs(Permission.ITEM_PUBLISH)
def comment_on(tx: Tx, proposal_id: str, said: str) -> None:
    """Leave a comment on an open change; its authors answer the same way."""
    row = held_change(tx, ItemProposalRow, proposal_id)
    add_event(tx, row, ReviewAction.COMMENTED, needed_comment(said))


@needs(Permission.ITEM_PUBLISH)
def return_to_author(tx: Tx, proposal_id: str, revision: int, said: str) -> None:
    """Hand a change back to its authors with what is to be done; they send it again."""
    row = change_to_decide(tx, ItemProposalRow, proposal_id, revision)
    comment = needed_comment(said)
    check_reader(tx, row)
    move_item(tx, row, Stage.RETURNED)
    add_event(tx, row, ReviewAction.RETURNED, comment)
    record(tx, "item:return", row.item_id, {"proposal": row.id})


@needs(Permission.ITEM_PUBLISH)
def approve(
    tx: Tx, proposal_id: str, revision: int, status: ItemStatus = ItemStatus.APPROVED
) -> int:
    """Publish a change as the item's next version and return the version's number.

    The item is approved or a pilot from now on; attempts keep the version that they were drawn
    with. `NotAllowed` for who wrote any of it, `Conflict` where the change or the item is another
    than the reviewer read.
    """
    if status not in _ENDS:
        raise Invalid(["A change is approved as scored or as a pilot."])
    change = change_to_decide(tx, ItemProposalRow, proposal_id, revision)
    check_reader(tx, change)
    row = check_standing(tx, change)
    item = sound_item(tx, change)
    names = " and ".join(writers_of(tx, [change])[change.id].values())
    move_item(tx, change, Stage.PUBLISHED)
    hand = Hand(Origin.PERSON, names, change.author_id, tx.actor.name)
    number = publish_version(tx, item, row, hand, status)
    add_event(tx, change, ReviewAction.PUBLISHED, f"Version {number}, {status}.")
    return number


@needs(Permission.ITEM_PUBLISH)
def approve_several(tx: Tx, chosen: Sequence[tuple[str, int]]) -> tuple[Approval, ...]:
    """Publish several changes, each by id and revision; each is checked as if it were alone.

    One that may not be published stays as it is and stops none of the others.
    """
    return tuple(_approval(tx, proposal_id, revision) for proposal_id, revision in chosen)


def _approval(tx: Tx, proposal_id: str, revision: int) -> Approval:
    item_id = ""
    try:
        with tx.session.begin_nested():
            item_id = held_change(tx, ItemProposalRow, proposal_id).item_id
            return Approval(item_id, approve(tx, proposal_id, revision))
    except AppError as problem:
        return Approval(item_id, 0, str(problem))
