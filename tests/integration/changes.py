"""Items on their way, as the tests of their life make and look at them."""

from typing import Any

from base.permissions import Role
from quizbank.commands.bank import import_items, load_items
from quizbank.commands.proposals import save_draft
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.yaml_items import read_items, write_items
from quizbank.items import Item
from quizbank.queries.proposals import (
    ProposalDetail,
    ProposalSummary,
    proposal,
)
from quizbank.tables.bank import ItemRow
from tests.factories import World, single_choice

ITEM = "tt-01-001"


def with_edda(world: World) -> World:
    world.join("edda", Role.AUTHOR)
    return world


def status(world: World, item_id: str = ITEM) -> str:
    with world.looking("system") as tx:
        return tx.session.get_one(ItemRow, item_id).status


def version(world: World, item_id: str = ITEM) -> int:
    with world.looking("system") as tx:
        return tx.session.get_one(ItemRow, item_id).version


def save(world: World, fields: dict[str, Any], revision: int) -> int:
    with world.acting("bela") as tx:
        row = tx.session.get(ItemRow, ITEM)
        return save_draft(tx, ITEM, row.version if row else 0, fields, revision)


def shown(world: World, change: ProposalSummary, name: str = "cato") -> ProposalDetail:
    with world.looking(name) as tx:
        return proposal(tx, change.id)


def edited(**changes: Any) -> Item:
    return single_choice(**changes)


def loaded(world: World, item: Item) -> None:
    with world.acting("dina") as tx:
        assert load_items(tx, [item]).kept == 0


def file_of(*items: Item) -> ItemsRead:
    return read_items(write_items(items))


def bring(world: World, read: ItemsRead, name: str = "bela", send: bool = False) -> Any:
    with world.acting(name) as tx:
        return import_items(tx, read, strict=False, send=send)
