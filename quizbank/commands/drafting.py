"""Making drafts of many items at once, in a few statements for each few hundred of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import func
from sqlmodel import col, delete, insert, select, update

from base.db import Row, Tx
from base.errors import Conflict
from base.ids import new_id
from quizbank.commands.draft_rows import payload_of
from quizbank.commands.publishing import item_columns
from quizbank.descriptions import Description, describe
from quizbank.items import item_to_data
from quizbank.proposals import ReviewAction, Stage, status_of_new
from quizbank.queries.importing import PlannedItem
from quizbank.queries.newest import OpenChange
from quizbank.tables.bank import ItemEnemyRow, ItemRow, ItemTagRow
from quizbank.tables.reviews import ItemProposalRow, ReviewEventRow

Values = Mapping[str, object]
_AT_ONCE = 500


def draft_items(
    tx: Tx,
    planned: Sequence[PlannedItem],
    sent: frozenset[str],
    progress: Callable[[float], None],
) -> None:
    """Make each planned item a draft of the actor's, or what its open draft says from now on.

    Those whose ids are in `sent` go to the reviewers; one that was in review is taken back
    before. `progress` is told the share that is done. Raises `Conflict` where a draft went on since
    it was planned.
    For commands that have checked the items and who acts.
    """
    # In one order for everybody, so that two imports of the same items do not wait for each other.
    ordered = sorted(planned, key=lambda one: one.item.id)
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        _describe(tx, some, sent)
        _begin(tx, [one for one in some if one.newest.change is None], sent)
        _write_over(tx, some, sent)
        progress((start + len(some)) / len(ordered))


def _stage(item_id: str, sent: frozenset[str]) -> Stage:
    return Stage.IN_REVIEW if item_id in sent else Stage.DRAFT


def _describe(tx: Tx, some: Sequence[PlannedItem], sent: frozenset[str]) -> None:
    """Let the rows of items that nobody has published say what their drafts say."""
    unpublished = [one for one in some if not one.newest.version]
    described = {one.item.id: describe(one.item) for one in unpublished}
    columns = {
        one: item_columns(one, said) | {"status": status_of_new(_stage(one, sent))}
        for one, said in described.items()
    }
    standing = [one.item.id for one in unpublished if one.newest.known]
    if standing:
        tx.session.exec(update(ItemRow), params=[columns[one] for one in standing])
        for row in (ItemTagRow, ItemEnemyRow):
            tx.session.exec(delete(row).where(col(row.item_id).in_(standing)))
    fresh = {"version": 0, "version_id": "", "drawn": 0}
    _insert(tx, ItemRow, [columns[one] | fresh for one in columns.keys() - {*standing}])
    _insert(tx, ItemTagRow, list(_tags(described)))
    _insert(tx, ItemEnemyRow, list(_enemies(described)))


def _tags(described: Mapping[str, Description]) -> Iterator[Values]:
    return ({"item_id": one, "tag": tag} for one, said in described.items() for tag in said.tags)


def _enemies(described: Mapping[str, Description]) -> Iterator[Values]:
    return (
        {"item_id": one, "enemy_id": enemy}
        for one, said in described.items()
        for enemy in said.enemies
    )


def _begin(tx: Tx, begun: Sequence[PlannedItem], sent: frozenset[str]) -> None:
    ids = {one.item.id: new_id() for one in begun}
    head = {"author_id": tx.actor.person_id, "author": tx.actor.name}
    head |= {"created_at": tx.now, "updated_at": tx.now, "revision": 1}
    _insert(
        tx,
        ItemProposalRow,
        [
            {
                "id": ids[one.item.id],
                "item_id": one.item.id,
                "based_on": one.newest.version,
                "payload": _payload(one),
                "state": _stage(one.item.id, sent),
                **head,
            }
            for one in begun
        ],
    )
    events = [_event(tx, ids[one], 1, ReviewAction.SENT) for one in ids if one in sent]
    _insert(tx, ReviewEventRow, events)


def _write_over(tx: Tx, some: Sequence[PlannedItem], sent: frozenset[str]) -> None:
    over = [(one, one.newest.change) for one in some if one.newest.change]
    if not over:
        return
    _hold(tx, [change for _, change in over])
    drafts = [
        {
            "id": change.id,
            "payload": _payload(one),
            "revision": change.revision + 1,
            "state": _stage(one.item.id, sent),
            "updated_at": tx.now,
        }
        for one, change in over
    ]
    tx.session.exec(update(ItemProposalRow), params=drafts)
    moved = [(change, one.item.id in sent) for one, change in over]
    _insert(tx, ReviewEventRow, list(_moves(tx, moved)))


def _hold(tx: Tx, changes: Sequence[OpenChange]) -> None:
    """Hold the drafts until the transaction ends; `Conflict` where one is not as planned."""
    rows = tx.session.exec(
        select(ItemProposalRow.id, ItemProposalRow.state, ItemProposalRow.revision)
        .where(col(ItemProposalRow.id).in_([change.id for change in changes]))
        .order_by(col(ItemProposalRow.item_id))
        .with_for_update()
    ).all()
    if {*rows} != {(change.id, change.stage, change.revision) for change in changes}:
        raise Conflict(
            "Somebody went on with one of these drafts at the same moment, so nothing was "
            "imported. Import the file again."
        )


def _moves(tx: Tx, changes: Sequence[tuple[OpenChange, bool]]) -> Iterator[Values]:
    """Return the events of these changes, each with whether it is sent."""
    numbered = (
        select(ReviewEventRow.change_id, func.max(col(ReviewEventRow.number)))
        .where(col(ReviewEventRow.change_id).in_([change.id for change, _ in changes]))
        .group_by(ReviewEventRow.change_id)
    )
    last = dict(tx.session.exec(numbered).all())
    for change, is_sent in changes:
        sent = [ReviewAction.SENT] if is_sent else []
        back = [ReviewAction.TAKEN_BACK] if change.stage is Stage.IN_REVIEW else []
        for number, action in enumerate([*back, *sent], last.get(change.id, 0) + 1):
            yield _event(tx, change.id, number, action)


def _event(tx: Tx, proposal_id: str, number: int, action: ReviewAction) -> Values:
    return {
        "change_id": proposal_id,
        "number": number,
        "at": tx.now,
        "action": action,
        "comment": "",
        "person_id": tx.actor.person_id,
        "person": tx.actor.name,
    }


def _payload(one: PlannedItem) -> str:
    return payload_of(one.item.id, item_to_data(one.item))


def _insert(tx: Tx, row: type[Row], values: Sequence[Values]) -> None:
    if values:
        tx.session.exec(insert(row), params=values)
