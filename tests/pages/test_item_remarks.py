"""What the linter says beside the form while an item is written."""

from quizbank.queries.bank import item_detail
from tests.factories import World
from tests.pages.screens import Open, field, words


def test_remarks_change_with_what_is_typed(world: World, open_page: Open) -> None:
    app = open_page("item", "bela", id="mf-01-001")
    assert "The linter has no remarks." in words(app)
    field(app.text_area, "Text of option B").set_value("All of the above").run()
    assert not app.exception
    assert "**All of the above.** Option B speaks of the other options." in words(app)


def test_a_question_that_the_bank_has_already_is_named(world: World, open_page: Open) -> None:
    with world.looking("bela") as tx:
        stem = item_detail(tx, "mf-01-002").item.stem
    app = open_page("item", "bela", id="mf-01-001")
    field(app.text_area, "Question").set_value(stem).run()
    assert "This is the same question as mf-01-002" in words(app)
