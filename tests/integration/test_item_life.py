"""The life of an item: written, published, tried, retired and taken up again."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from base.audit import audit_entries
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from quizbank.commands.proposals import (
    drop_draft,
    rename_draft,
    save_draft,
    send_for_review,
    take_back,
)
from quizbank.commands.retiring import restore_item, retire_item, set_pilot
from quizbank.items import item_to_data
from quizbank.proposals import ItemStatus
from quizbank.queries.bank import ItemFilter, bank_items, item_detail, item_exists
from quizbank.tables.bank import ItemTagRow, ItemVersionRow
from tests.factories import World, single_choice
from tests.integration.changes import ITEM, edited, save, shown, status, version


def test_from_the_first_word_to_the_second_version(any_world: World) -> None:
    any_world.propose("bela", single_choice())
    assert status(any_world) == "in review"
    assert any_world.approve("cato", ITEM) == 1
    assert status(any_world) == "approved"
    any_world.propose("bela", edited(stem="Which layer bleeds?"))
    assert status(any_world) == "approved"
    with any_world.looking("bela") as tx:
        assert item_detail(tx, ITEM).item == single_choice()
    assert any_world.approve("cato", ITEM) == 2
    with any_world.looking("system") as tx:
        rows = tx.session.exec(select(ItemVersionRow).where(ItemVersionRow.item_id == ITEM)).all()
        assert {one.number: one.published_by for one in rows} == {1: "Bela", 2: "Bela"}
        assert {one.approved_by for one in rows} == {"Cato"}
        assert {one.author_id for one in rows} == {any_world.actor("bela").own_id}
    with any_world.looking("audi") as tx:
        said = [(one.action, one.actor) for one in audit_entries(tx, ITEM)]
    bela, cato = any_world.actor("bela").own_id, any_world.actor("cato").own_id
    assert said == [("item:draft", bela), ("item:send", bela), ("item:publish", cato)] * 2


def test_a_draft_may_be_as_unfinished_as_it_likes(any_world: World) -> None:
    assert save(any_world, {"kind": "single_choice", "stem": "Wh"}, 0) == 1
    assert save(any_world, {"kind": "single_choice", "stem": "Why?\x00", "tags": ["skin"]}, 1) == 2
    assert status(any_world) == "draft"
    with any_world.looking("bela") as tx:
        listed = bank_items(tx, ItemFilter(status="draft"))
        assert [(one.id, one.stem, one.change) for one in listed] == [(ITEM, "Why?", "draft")]
        assert bank_items(tx, ItemFilter(search="why?"))[0].version == 0
        with pytest.raises(NotFound, match="not finished"):
            item_detail(tx, ITEM)
    change = any_world.change_of(ITEM)
    assert shown(any_world, change).fields["stem"] == "Why?\x00"
    with pytest.raises(Invalid) as missing, any_world.acting("bela") as tx:
        send_for_review(tx, change.id, change.revision)
    assert len(missing.value.problems) > 3


@pytest.mark.parametrize(
    ("based_on", "revision", "said"),
    [
        (0, 0, "at version 1 now; you began from version 0"),
        (2, 0, "at version 1 now"),
        (1, 3, "went on in another tab"),
    ],
)
def test_a_draft_of_something_else_overwrites_nothing(
    world: World, based_on: int, revision: int, said: str
) -> None:
    world.publish(single_choice())
    with pytest.raises(Conflict, match=said), world.acting("bela") as tx:
        save_draft(tx, ITEM, based_on, {"stem": "Mine"}, revision)


def test_of_two_tabs_the_second_is_told_and_overwrites_nothing(any_world: World) -> None:
    first = save(any_world, {"stem": "One"}, 0)
    save(any_world, {"stem": "Two"}, first)
    with pytest.raises(Conflict, match="Nothing was overwritten"):
        save(any_world, {"stem": "Three"}, first)
    assert shown(any_world, any_world.change_of(ITEM)).fields["stem"] == "Two"


@pytest.mark.parametrize("published", [False, True])
def test_two_who_begin_at_once_make_one_draft(any_world: World, published: bool) -> None:
    if published:
        any_world.publish(single_choice())
    ready = Barrier(2)

    def begin(stem: str) -> str:
        ready.wait()
        try:
            with any_world.acting("bela") as tx:
                save_draft(tx, ITEM, int(published), {"stem": stem}, 0)
        except Conflict:
            return "conflict"
        return "saved"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(begin, ("One", "Two"))) == ["conflict", "saved"]


def test_a_pilot_is_drawn_unscored_until_somebody_else_lets_it_count(any_world: World) -> None:
    any_world.propose("bela", single_choice())
    any_world.approve("cato", ITEM, ItemStatus.PILOT)
    assert status(any_world) == "pilot"
    with pytest.raises(NotAllowed, match="You wrote this item"), any_world.acting("bela") as tx:
        set_pilot(tx, ITEM, pilot=False)
    with any_world.acting("bela") as tx:
        retire_item(tx, ITEM)
        restore_item(tx, ITEM)
    assert status(any_world) == "pilot"
    with any_world.acting("cato") as tx:
        set_pilot(tx, ITEM, pilot=False)
    assert status(any_world) == "approved"
    with any_world.acting("bela") as tx:
        set_pilot(tx, ITEM, pilot=True)
    assert status(any_world) == "pilot"


def test_a_retired_item_stays_retired_when_a_change_of_it_is_published(world: World) -> None:
    world.publish(single_choice())
    with world.acting("bela") as tx:
        retire_item(tx, ITEM)
    world.propose("bela", edited(stem="Other?"))
    world.approve("cato", ITEM, ItemStatus.PILOT)
    assert (status(world), version(world)) == ("retired", 2)
    with pytest.raises(Conflict, match="Restore it first"), world.acting("cato") as tx:
        set_pilot(tx, ITEM, pilot=True)
    with world.acting("cato") as tx:
        restore_item(tx, ITEM)
    assert status(world) == "pilot"


def test_what_was_never_published_is_not_retired(world: World) -> None:
    save(world, {"stem": "Why?"}, 0)
    for change in (retire_item, restore_item):
        with pytest.raises(Conflict, match="never published"), world.acting("bela") as tx:
            change(tx, ITEM)


def test_a_dropped_draft_keeps_its_words_and_can_be_begun_again(any_world: World) -> None:
    revision = save(any_world, {"stem": "Why?"}, 0)
    change = any_world.change_of(ITEM)
    with any_world.acting("bela") as tx:
        drop_draft(tx, change.id, revision)
    assert status(any_world) == "retired"
    with pytest.raises(Conflict, match="is dropped already"), any_world.acting("bela") as tx:
        drop_draft(tx, change.id, revision)
    assert shown(any_world, change).fields["stem"] == "Why?"
    assert save(any_world, {"stem": "Again?"}, 0) == 1
    assert status(any_world) == "draft"


def test_a_new_item_may_change_its_id_until_it_is_published(any_world: World) -> None:
    revision = save(any_world, item_to_data(single_choice()), 0)
    change = any_world.change_of(ITEM)
    with pytest.raises(Conflict, match="has the id mf-01-001"), any_world.acting("bela") as tx:
        rename_draft(tx, change.id, revision, "mf-01-001")
    with any_world.acting("bela") as tx:
        revision = rename_draft(tx, change.id, revision, "tt-01-777")
        send_for_review(tx, change.id, revision)
    with any_world.looking("bela") as tx:
        assert not item_exists(tx, ITEM)
        assert item_detail(tx, "tt-01-777").item.id == "tt-01-777"
        tags = select(ItemTagRow.item_id).where(ItemTagRow.tag == "test")
        assert tx.session.exec(tags).all() == ["tt-01-777"]
    any_world.approve("cato", "tt-01-777")
    world_change = any_world.propose("bela", edited(item_id="tt-01-777", stem="Other?"))
    with any_world.acting("bela") as tx:
        revision = take_back(tx, world_change.id)
    with pytest.raises(Conflict, match="keeps its id"), any_world.acting("bela") as tx:
        rename_draft(tx, world_change.id, revision, "tt-01-778")


@pytest.mark.parametrize("item_id", ["", "Tt-01", "a b", "x" * 80, "../x"])
def test_an_id_is_small_letters_digits_and_dashes(world: World, item_id: str) -> None:
    with pytest.raises(Invalid, match="Write an id"), world.acting("bela") as tx:
        save_draft(tx, item_id, 0, {}, 0)


def test_a_novel_is_no_item(world: World) -> None:
    with pytest.raises(Invalid, match="too long"), world.acting("bela") as tx:
        save_draft(tx, ITEM, 0, {"stem": "x" * 500_000}, 0)
