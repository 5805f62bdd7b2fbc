"""Many items changed at once, and all of it taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from base.errors import Conflict, Invalid, NotFound
from base.permissions import Role
from quizbank.commands.bulk_edits import PlaceChange, bulk_edit, undo_bulk_edit
from quizbank.queries.bank import ItemFilter, item_detail
from quizbank.queries.bulk_edits import bulk_edits, placed_items
from tests.factories import World, single_choice

NOW_DUE = date(2027, 11, 22)


@pytest.fixture
def bank(any_world: World) -> World:
    """Three items that bela wrote and cato approved."""
    any_world.publish(*(single_choice(f"zz-01-00{n}", objective="ZZ-01") for n in (1, 2, 3)))
    return any_world


def shown(world: World) -> list[PlaceChange]:
    with world.looking("bela") as tx:
        items = placed_items(tx, ItemFilter(objective="ZZ-01"), 500)
    return [
        PlaceChange(one.id, one.version, one.objective, one.tags, one.review_due) for one in items
    ]


def edit(world: World, name: str, changes: list[PlaceChange]) -> str:
    with world.acting(name) as tx:
        return bulk_edit(tx, changes)


def tags(world: World) -> list[tuple[str, ...]]:
    return [one.tags for one in shown(world)]


def test_topics_of_many_items_change_and_come_back(bank: World) -> None:
    changes = [replace(one, tags=("skin-layers", "dermis")) for one in shown(bank)]
    edit_id = edit(bank, "bela", changes)
    assert tags(bank) == [("skin-layers", "dermis")] * 3
    assert [one.version for one in shown(bank)] == [2, 2, 2]
    with bank.acting("bela") as tx:
        undone = undo_bulk_edit(tx, edit_id)
    assert (undone.restored, undone.left_alone) == (3, ())
    assert tags(bank) == [("test",)] * 3
    assert [one.version for one in shown(bank)] == [3, 3, 3]


def test_who_wrote_and_who_approved_the_question_stays_true(bank: World) -> None:
    edit(bank, "bela", [replace(one, tags=("x",)) for one in shown(bank)])
    with bank.looking("bela") as tx:
        newest = item_detail(tx, "zz-01-001").versions[0]
        (line,) = bulk_edits(tx)
    assert newest.published_by == "Bela"
    assert (line.person, line.items, line.what) == ("Bela", 3, "topics")


def test_the_history_names_who_moved_an_item_and_that_it_was_taken_back(bank: World) -> None:
    edit_id = edit(bank, "bela", [replace(one, tags=("x",)) for one in shown(bank)])
    bank.wait(minutes=1)
    with bank.acting("bela") as tx:
        undo_bulk_edit(tx, edit_id)
    with bank.looking("bela") as tx:
        moved = [one.moved for one in item_detail(tx, "zz-01-001").versions]
    assert moved == ["topics as before", "topics changed by Bela", ""]


def test_an_author_does_not_prolong_own_items(bank: World) -> None:
    later = [replace(one, review_due=NOW_DUE + timedelta(days=365)) for one in shown(bank)]
    with pytest.raises(Invalid, match="did not write this one") as refused:
        edit(bank, "bela", later)
    assert len(refused.value.problems) == 3
    assert {one.review_due for one in shown(bank)} == {NOW_DUE}


def test_another_author_who_may_publish_does(bank: World) -> None:
    bank.join("nino", Role.AUTHOR)
    later = [replace(one, review_due=date(2028, 1, 1), objective="ZZ-01") for one in shown(bank)]
    edit(bank, "nino", later)
    assert {one.review_due for one in shown(bank)} == {date(2028, 1, 1)}


def test_nothing_is_changed_where_one_item_cannot_be(bank: World) -> None:
    bank.propose("bela", single_choice("zz-01-002", objective="ZZ-01", stem="Another?"))
    with pytest.raises(Invalid, match="zz-01-002 has a change on its way"):
        edit(bank, "bela", [replace(one, tags=("x",)) for one in shown(bank)])
    assert tags(bank) == [("test",)] * 3


def test_a_list_that_is_no_longer_true_is_a_conflict(bank: World) -> None:
    old = [replace(one, tags=("x",)) for one in shown(bank)]
    bank.publish(single_choice("zz-01-003", objective="ZZ-01", stem="Another?"))
    with pytest.raises(Conflict, match="zz-01-003 is at version 2 now"):
        edit(bank, "bela", old)
    assert tags(bank) == [("test",)] * 3


def test_what_was_changed_since_is_left_alone_and_named(bank: World) -> None:
    edit_id = edit(bank, "bela", [replace(one, tags=("x",)) for one in shown(bank)])
    bank.publish(single_choice("zz-01-003", objective="ZZ-01", stem="Another?", tags=["y"]))
    with bank.acting("bela") as tx:
        undone = undo_bulk_edit(tx, edit_id)
    assert (undone.restored, undone.left_alone) == (2, ("zz-01-003",))
    assert tags(bank) == [("test",), ("test",), ("y",)]


def test_an_edit_is_taken_back_once(bank: World) -> None:
    edit_id = edit(bank, "bela", [replace(shown(bank)[0], tags=("x",))])
    with bank.acting("bela") as tx:
        undo_bulk_edit(tx, edit_id)
    with pytest.raises(Conflict, match="taken back already"), bank.acting("bela") as tx:
        undo_bulk_edit(tx, edit_id)
    with pytest.raises(NotFound), bank.acting("bela") as tx:
        undo_bulk_edit(tx, "no such edit")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("tags", ("Not a tag",), "zz-01-001: tags.0: use small letters"),
        ("objective", "dermis", "write it like MF-01"),
        ("review_due", date(2020, 1, 1), "Review_due must come after reviewed"),
    ],
)
def test_a_value_that_no_item_may_have_is_told_with_its_item(
    bank: World, field: str, value: object, sentence: str
) -> None:
    changes = [replace(one, **{field: value}) for one in shown(bank)[:1]]
    with pytest.raises(Invalid, match=sentence):
        edit(bank, "bela", changes)


def test_an_edit_of_nothing_is_told(bank: World) -> None:
    with pytest.raises(Invalid, match="Nothing has been changed"):
        edit(bank, "bela", [])
    with pytest.raises(Invalid, match="stays as it is"):
        edit(bank, "bela", shown(bank))
