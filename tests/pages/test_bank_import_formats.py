"""Bringing GIFT and Aiken in through the page."""

from quizbank.queries.bank import ItemFilter, bank_items
from tests.factories import World
from tests.pages.screens import Open, button, field, words

GIFT = b"""// [id:Q-7]
::Depth::Which layer holds most collagen?{=The dermis#It does. ~The epidermis#It holds little.}

Which layer is dead?{~dermis ~fat}
"""
AIKEN = b"Which layer is dead?\nA) dermis\nB) stratum corneum\nANSWER: B\n"


def imported(world: World, objective: str) -> list[str]:
    with world.looking("bela") as tx:
        return [one.id for one in bank_items(tx, ItemFilter(objective=objective, pool="practice"))]


def test_a_gift_file_is_shown_placed_and_imported(world: World, open_page: Open) -> None:
    app = open_page("bank", "bela", view="import")
    before = set(imported(world, "MF-02"))
    app.file_uploader[0].set_value([("quiz.gift", GIFT, "text/plain")]).run()
    assert not app.exception
    assert field(app.selectbox, "Format").value == "gift"
    assert "**1 item understood, 1 problem found.**" in words(app)
    field(app.selectbox, "Objective").select("MF-02")
    field(app.multiselect, "Sources").set_value(["S01"]).run()
    app.toggle[0].set_value(False).run()
    button(app, "Import 1 item").click().run()
    assert "Imported: 1 added, 0 changed, 0 unchanged." in words(app)
    assert "Line 4 was left out. No option is right" in words(app)
    (new,) = set(imported(world, "MF-02")) - before
    assert new.startswith("q-7-")


def test_an_aiken_file_is_known_by_its_words_and_comes_in_once(
    world: World, open_page: Open
) -> None:
    for expected in ("1 added, 0 changed, 0 unchanged", "0 added, 0 changed, 1 unchanged"):
        app = open_page("bank", "bela", view="import")
        app.file_uploader[0].set_value([("quiz.txt", AIKEN, "text/plain")]).run()
        assert field(app.selectbox, "Format").value == "aiken"
        button(app, "Import 1 item").click().run()
        assert not app.exception
        assert f"Imported: {expected}." in words(app)
    (one,) = imported(world, "IMPORT-00")
    assert one.startswith("aiken-")


def test_another_format_can_be_chosen(open_page: Open) -> None:
    app = open_page("bank", "bela", view="import")
    app.file_uploader[0].set_value([("quiz.txt", GIFT, "text/plain")]).run()
    field(app.selectbox, "Format").select("aiken").run()
    assert not app.exception
    assert "**0 items understood" in words(app)
    assert not field(app.selectbox, "Format").disabled


def test_a_sheet_says_itself_where_its_items_belong(world: World, open_page: Open) -> None:
    sheet = b"question,right,A,B,objective,sources,pool\nWhich?,A,x,y,MF-02,S13,practice\n"
    before = set(imported(world, "MF-02"))
    app = open_page("bank", "bela", view="import")
    app.file_uploader[0].set_value([("items.csv", sheet, "text/csv")]).run()
    assert "It holds for the rows that leave it open" in words(app)
    button(app, "Import 1 item").click().run()
    assert not app.exception
    assert len(set(imported(world, "MF-02")) - before) == 1
