"""Making drafts of many items at once, in a few statements for all of them."""

from collections.abc import Sequence

from base.db import Tx
from base.ids import new_id
from quizbank.commands.draft_rows import held_proposal, move, payload_of
from quizbank.commands.events import add_event
from quizbank.commands.publishing import describe_row, new_item_row
from quizbank.descriptions import describe
from quizbank.items import item_to_data
from quizbank.proposals import ReviewAction, Stage, status_of_new
from quizbank.queries.importing import PlannedItem
from quizbank.tables import ItemEnemyRow, ItemProposalRow, ItemRow, ItemTagRow, ReviewEventRow


def draft_items(tx: Tx, planned: Sequence[PlannedItem], send: bool) -> None:
    """Make each planned item a draft of the actor's, or what its open draft says from now on.

    With `send` they go to the reviewers; one that was in review is taken back before. For
    commands that have checked the items and who acts.
    """
    stage = Stage.IN_REVIEW if send else Stage.DRAFT
    begun = [one for one in planned if one.newest.change is None]
    _add_items(tx, [one for one in begun if not one.newest.known], stage)
    _begin(tx, begun, stage)
    for one in begun:
        if one.newest.known and not one.newest.version:
            row = tx.session.get_one(ItemRow, one.item.id)
            row.status = status_of_new(stage)
            describe_row(tx, row, describe(one.item))
    for one in planned:
        if one.newest.change:
            _write_over(tx, one, one.newest.change.id, send)


def _add_items(tx: Tx, fresh: Sequence[PlannedItem], stage: Stage) -> None:
    described = {one.item.id: describe(one.item) for one in fresh}
    tx.session.add_all(
        new_item_row(one, said, status_of_new(stage)) for one, said in described.items()
    )
    tx.session.flush()
    tx.session.add_all(
        ItemTagRow(item_id=one, tag=tag) for one, said in described.items() for tag in said.tags
    )
    tx.session.add_all(
        ItemEnemyRow(item_id=one, enemy_id=enemy)
        for one, said in described.items()
        for enemy in said.enemies
    )


def _begin(tx: Tx, begun: Sequence[PlannedItem], stage: Stage) -> None:
    rows = [
        ItemProposalRow(
            id=new_id(),
            item_id=one.item.id,
            based_on=one.newest.version,
            payload=payload_of(one.item.id, item_to_data(one.item)),
            state=stage,
            author_id=tx.actor.person_id,
            author=tx.actor.name,
            created_at=tx.now,
            updated_at=tx.now,
            revision=1,
        )
        for one in begun
    ]
    tx.session.add_all(rows)
    tx.session.flush()
    if stage is Stage.IN_REVIEW:
        tx.session.add_all(_sent(tx, row.id) for row in rows)
    tx.session.flush()


def _sent(tx: Tx, proposal_id: str) -> ReviewEventRow:
    return ReviewEventRow(
        proposal_id=proposal_id,
        number=1,
        at=tx.now,
        action=ReviewAction.SENT,
        comment="",
        person_id=tx.actor.person_id,
        person=tx.actor.name,
    )


def _write_over(tx: Tx, one: PlannedItem, proposal_id: str, send: bool) -> None:
    draft = held_proposal(tx, proposal_id)
    if draft.state == Stage.IN_REVIEW:
        add_event(tx, draft.id, ReviewAction.TAKEN_BACK)
    draft.payload = payload_of(one.item.id, item_to_data(one.item))
    move(tx, draft, Stage.IN_REVIEW if send else Stage.DRAFT)
    if send:
        add_event(tx, draft.id, ReviewAction.SENT)
