"""The grid of many items, without a browser."""

from datetime import date
from typing import Any

import pytest

from quizbank.queries.bank import ItemFilter
from quizbank.queries.bulk_edits import placed_items
from tests.factories import World, single_choice
from tests.pages.screens import Open, button, field, words


def topics(world: World) -> list[tuple[str, ...]]:
    with world.looking("bela") as tx:
        return [one.tags for one in placed_items(tx, ItemFilter(objective="ZZ-01"), 10)]


@pytest.fixture
def ticked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The grid as if somebody had ticked its first line; AppTest cannot click into a canvas."""

    def editor(rows: list[dict[str, Any]], **_: Any) -> list[dict[str, Any]]:
        return [row | {"Tick": place == 0} for place, row in enumerate(rows)]

    monkeypatch.setattr("ui.bank.bulk_grid.st.data_editor", editor)


def test_what_holds_for_all_that_are_ticked_is_saved_and_taken_back(
    world: World, open_page: Open, ticked: None
) -> None:
    world.publish(*(single_choice(f"zz-01-00{n}", objective="ZZ-01") for n in (1, 2)))
    app = open_page("bulk", "bela")
    field(app.selectbox, "Objective").select("ZZ-01").run()
    assert button(app, "Save the changes to 0 items").disabled
    assert "**For the 1 ticked item**" in words(app)
    field(app.multiselect, "Topics to add").set_value(["scars"]).run()
    button(app, "Save the changes to 1 item").click().run()
    assert not app.exception
    assert "Changed 1 item. You can take it back below." in [one.value for one in app.success]
    assert topics(world) == [("test", "scars"), ("test",)]
    button(app, "Take back").click().run()
    assert "1 item as before." in [one.value for one in app.success]
    assert topics(world) == [("test",), ("test",)]


def test_what_may_not_be_changed_is_told_and_nothing_is(
    world: World, open_page: Open, ticked: None
) -> None:
    world.publish(single_choice("zz-01-001", objective="ZZ-01"))
    app = open_page("bulk", "bela")
    field(app.selectbox, "Objective").select("ZZ-01").run()
    field(app.date_input, "New review date").set_value(date(2029, 1, 1)).run()
    button(app, "Save the changes to 1 item").click().run()
    assert "did not write this one" in app.error[0].value
    assert topics(world) == [("test",)]


def test_nothing_is_asked_for_all_before_an_item_is_ticked(open_page: Open) -> None:
    app = open_page("bulk", "bela")
    assert "Tick items, and say here what is to hold for all of them." in words(app)
    assert "New objective" not in [one.label for one in app.selectbox]


def test_who_may_not_write_is_told(open_page: Open) -> None:
    app = open_page("bulk", "cato")
    assert len(app.error) == 1
    assert not app.title
