"""Reading somebody else's change: comment, return, publish."""

from collections.abc import Sequence
from dataclasses import dataclass

from base.audit import record
from base.db import Tx
from base.errors import AppError, Conflict, Invalid, NotAllowed
from base.permissions import Permission, needs
from quizbank.commands.draft_rows import (
    check_standing,
    held_proposal,
    move,
    needed_comment,
    sound_item,
)
from quizbank.commands.events import add_event
from quizbank.commands.publishing import Hand, publish_version
from quizbank.origins import Origin
from quizbank.proposals import ItemStatus, ReviewAction, Stage, may_approve
from quizbank.queries.proposals import writers_of
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
    row = held_proposal(tx, proposal_id)
    add_event(tx, row.id, ReviewAction.COMMENTED, needed_comment(said))


@needs(Permission.ITEM_PUBLISH)
def return_to_author(tx: Tx, proposal_id: str, revision: int, said: str) -> None:
    """Hand a change back to its authors with what is to be done; they send it again."""
    row = _in_review(tx, proposal_id, revision)
    comment = needed_comment(said)
    _check_reader(tx, row)
    move(tx, row, Stage.RETURNED)
    add_event(tx, row.id, ReviewAction.RETURNED, comment)
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
    change = _in_review(tx, proposal_id, revision)
    _check_reader(tx, change)
    row = check_standing(tx, change)
    item = sound_item(tx, change)
    names = " and ".join(writers_of(tx, [change])[change.id].values())
    move(tx, change, Stage.PUBLISHED)
    hand = Hand(Origin.PERSON, names, change.author_id, tx.actor.name)
    number = publish_version(tx, item, row, hand, status)
    add_event(tx, change.id, ReviewAction.PUBLISHED, f"Version {number}, {status}.")
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
            item_id = held_proposal(tx, proposal_id).item_id
            return Approval(item_id, approve(tx, proposal_id, revision))
    except AppError as problem:
        return Approval(item_id, 0, str(problem))


def _in_review(tx: Tx, proposal_id: str, revision: int) -> ItemProposalRow:
    row = held_proposal(tx, proposal_id)
    if row.state != Stage.IN_REVIEW or row.revision != revision:
        raise Conflict(
            f"This change of {row.item_id} is another than the one on your screen: its author "
            "took it back or sent it again. Nothing was done; reload the page and read it anew."
        )
    return row


def _check_reader(tx: Tx, change: ItemProposalRow) -> None:
    wrote = writers_of(tx, [change])[change.id]
    if not may_approve(tx.actor.person_id, wrote.keys()):
        raise NotAllowed(
            f"You wrote some of this change of {change.item_id}, so somebody else reads it and "
            "decides. You can take it back."
            if tx.actor.person_id in wrote
            else "A change is read and published by a person who is signed in."
        )
