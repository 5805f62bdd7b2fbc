"""The item bank and the item page, run without a browser."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from quizbank.commands.proposals import save_draft
from quizbank.commands.retiring import retire_item
from quizbank.items import item_to_json
from quizbank.queries.bank import ItemFilter, bank_facets, bank_items, item_detail
from quizbank.queries.proposals import find_newest_proposal
from tests.factories import World, single_choice
from tests.pages.screens import Open, button, entries, field, press_in_dialog, words
from ui.bank.item_problems import in_words


def publish(world: World, **changes: object) -> None:
    world.publish(single_choice(**changes))


def detail(world: World, item_id: str = "tt-01-001"):
    with world.looking("bela") as tx:
        return item_detail(tx, item_id)


@pytest.mark.parametrize("page", ["bank", "item"])
@pytest.mark.parametrize("name", ["nobody", "alba", "cleo"])
def test_who_may_not_read_items_is_told_what_to_do(open_page: Open, page: str, name: str):
    app = open_page(page, name, id="mf-01-001")
    assert len(app.error) == 1
    assert not app.title


def size(world: World) -> int:
    with world.looking("bela") as tx:
        return bank_facets(tx).items


def test_the_bank_counts_in_words_and_pages_its_list(world: World, open_page: Open):
    app = open_page("bank", "bela")
    assert not app.exception
    assert f"**{size(world)} of {size(world)} items**" in words(app)
    assert len(listed(app)) == 20
    pages, rest = divmod(size(world) - 1, 20)
    app.pagination[0].set_value(pages + 1).run()
    assert len(listed(app)) == rest + 1


def listed(app: AppTest) -> list[str]:
    return [one for one in entries(app) if re.match(r"\*\*[a-z]{2}-\d{2}-\d{3}", one)]


def test_search_and_filters_narrow_the_list(world: World, open_page: Open):
    app = open_page("bank", "bela")
    field(app.selectbox, "Objective").select("MF-05")
    field(app.selectbox, "Critical").select("yes").run()
    assert not app.exception
    shown = listed(app)
    assert shown
    assert all(one.startswith("**mf-05") for one in shown)
    assert words(app).count("**Critical**") == len(shown)
    field(app.text_input, "Search").set_value("zebra").run()
    assert f"None of {size(world)} items fits" in words(app)


def test_what_is_past_review_says_so_in_words(world: World, open_page: Open):
    publish(world)
    world.wait(days=400)
    app = open_page("bank", "bela")
    field(app.selectbox, "Review").select("past").run()
    assert f"{size(world)} past review" in words(app)
    field(app.selectbox, "Objective").select("MF-01").run()
    assert "**Past review** since 22 November 2027" in words(app)


def test_readers_neither_write_nor_import(open_page: Open):
    app = open_page("bank", "cato")
    assert not app.menu_button
    assert "Import a file" not in [one.label for one in app.button]
    app = open_page("bank", "cato", view="import")
    assert "may not see this page" in app.error[0].value


def test_an_import_is_shown_first_and_done_only_on_the_button(world: World, open_page: Open):
    good = b"""items:
- {id: im-01, kind: true_false, pool: practice, objective: MF-01, level: recall, stem: Blue.,
   answer: true, reason_true: "Yes.", reason_false: "No.", sources: [S01],
   reviewed: 2026-11-22, review_due: 2027-11-22}
- {id: im-02, kind: true_false}
"""
    app = open_page("bank", "bela", view="import")
    app.file_uploader[0].set_value([("items.yaml", good, "application/yaml")]).run()
    assert not app.exception
    assert "**1 item understood" in words(app)
    assert len(app.dataframe) == 1
    assert "**Line 5, left out:**" in words(app)
    assert button(app, "Import 1 item").disabled
    app.toggle[0].set_value(False).run()
    with pytest.raises(Exception, match="no item im-01"):
        detail(world, "im-01")
    button(app, "Import 1 item").click().run()
    assert "Imported: 1 added, 0 changed, 0 unchanged." in words(app)
    assert "Line 5 was left out." in words(app)
    assert detail(world, "im-01").status == "draft"


def test_a_file_that_is_no_utf8_is_named_so(open_page: Open):
    app = open_page("bank", "bela", view="import")
    app.file_uploader[0].set_value([("items.yaml", b"items: \xe9\xff", "application/yaml")]).run()
    assert "not UTF-8" in app.error[0].value


def test_an_edit_is_previewed_and_sent_for_review(world: World, open_page: Open):
    publish(world)
    app = open_page("item", "bela", id="tt-01-001")
    assert not app.exception
    assert button(app, "Send for review").disabled
    field(app.text_area, "Question").set_value("Which layer bleeds?").run()
    assert "Which layer bleeds?" in words(app)
    button(app, "Send for review").click().run()
    assert "Sent for review." in words(app)
    world.approve("cato", "tt-01-001")
    app.run()
    assert "**Version 2**, the standing one" in words(app)


def test_enemies_and_the_expected_time_are_written_with_the_item(world: World, open_page: Open):
    publish(world)
    app = open_page("item", "bela", id="tt-01-001")
    label = "Enemies: items that it never meets in a form"
    field(app.multiselect, label).set_value(["mf-01-002"])
    field(app.number_input, "Expected seconds to answer (may stay empty)").set_value(45).run()
    button(app, "Send for review").click().run()
    world.approve("cato", "tt-01-001")
    item = detail(world, "tt-01-001").item
    assert (item.enemies, item.seconds) == (("mf-01-002",), 45)


def test_looking_at_an_item_changes_nothing(world: World, open_page: Open):
    for item_id in ("mf-01-001", "mf-01-004", "mf-01-007"):
        app = open_page("item", "bela", id=item_id)
        assert not app.exception
        assert "Nothing has been changed yet." in words(app), item_id


def test_problems_stand_in_words_and_block_publishing(world: World, open_page: Open):
    publish(world)
    app = open_page("item", "bela", id="tt-01-001")
    field(app.text_area, "Text of option B").set_value("")
    field(app.multiselect, "Sources").set_value([]).run()
    assert "Option B, text: write something here." in words(app)
    assert "Sources: choose at least one." in words(app)
    assert button(app, "Send for review").disabled


def test_the_right_answer_stays_with_its_option_when_options_move(world: World, open_page: Open):
    publish(world)
    app = open_page("item", "bela", id="tt-01-001")
    button(app, "Move A down").click().run()
    button(app, "Remove A").click().run()
    button(app, "Add an option").click().run()
    field(app.text_area, "Text of option C").set_value("The fascia")
    field(app.text_area, "Why option C is right or wrong").set_value("Deeper.").run()
    button(app, "Send for review").click().run()
    world.approve("cato", "tt-01-001")
    options = detail(world).item.options
    assert [one.text for one in options] == ["The dermis", "The stratum corneum", "The fascia"]
    assert [one.correct for one in options] == [True, False, False]


def test_removing_the_right_answer_asks_for_another(world: World, open_page: Open):
    publish(world)
    app = open_page("item", "bela", id="tt-01-001")
    button(app, "Remove A").click().run()
    assert "Exactly one option must be correct, not 0." in words(app)


def saved(world: World, item_id: str = "tt-01-001") -> dict[str, object]:
    with world.looking("bela") as tx:
        found = find_newest_proposal(tx, item_id)
    assert found is not None
    return dict(found.fields)


def elsewhere(world: World, stem: str, revision: int) -> None:
    """Save into the same draft from another tab."""
    fields = saved(world) | {"stem": stem}
    with world.acting("bela") as tx:
        save_draft(tx, "tt-01-001", 1, fields, revision)  # type: ignore[arg-type]


def test_what_is_typed_is_there_again_on_another_device(world: World, open_page: Open):
    publish(world)
    app = open_page("item", "bela", id="tt-01-001")
    field(app.text_area, "Question").set_value("Half a ques").run()
    assert "Draft saved on 23 November 2026" in words(app)
    # Who has begun a change by mistake can drop it at once.
    assert button(app, "Drop this draft")
    assert saved(world)["stem"] == "Half a ques"
    other = open_page("item", "bela", id="tt-01-001")
    assert field(other.text_area, "Question").value == "Half a ques"
    assert detail(world).item.stem == "Which layer holds most collagen?"


def test_a_second_tab_keeps_what_was_typed_and_saves_it_over(world: World, open_page: Open):
    publish(world)
    app = open_page("item", "bela", id="tt-01-001")
    field(app.text_area, "Question").set_value("First").run()
    elsewhere(world, "Theirs", 1)
    field(app.text_area, "Question").set_value("Mine").run()
    assert "This item went on in another tab" in words(app)
    assert saved(world)["stem"] == "Theirs"
    app.run()
    assert field(app.text_area, "Question").value == "Mine"
    button(app, "Keep my text and save it over").click().run()
    app.run()
    assert saved(world)["stem"] == "Mine"


def test_what_is_saved_can_be_loaded_instead(world: World, open_page: Open):
    publish(world)
    app = open_page("item", "bela", id="tt-01-001")
    field(app.text_area, "Question").set_value("First").run()
    elsewhere(world, "Theirs", 1)
    field(app.text_area, "Question").set_value("Mine").run()
    app.run()
    button(app, "Drop my text and load what is saved").click().run()
    assert field(app.text_area, "Question").value == "Theirs"


def test_the_bank_shows_changes_on_their_way_in_words(world: World, open_page: Open):
    world.propose("bela", single_choice("tt-01-002"))
    publish(world)
    world.propose("bela", single_choice(stem="Which layer holds least collagen?"))
    app = open_page("bank", "cato")
    field(app.selectbox, "Change on its way").select("in review").run()
    assert not app.exception
    said = words(app)
    assert "**2 of " in said
    assert "In use] · version 1 · :blue[:material/rate_review: Change in review]" in said
    assert ":blue[:material/rate_review: In review]" in said


def test_in_review_the_form_gives_way_to_what_changes(world: World, open_page: Open):
    publish(world)
    world.propose("bela", single_choice(stem="Which layer holds least collagen?"))
    app = open_page("item", "bela", id="tt-01-001")
    assert not app.exception
    assert not [one for one in app.text_area if one.label == "Question"]
    assert "In review" in words(app)
    button(app, "Take it back to change it").click().run()
    assert field(app.text_area, "Question").value == "Which layer holds least collagen?"


def test_an_untouched_draft_follows_the_newest_version(world: World, open_page: Open):
    publish(world)
    app = open_page("item", "bela", id="tt-01-001")
    publish(world, stem="Theirs")
    app.run()
    assert field(app.text_area, "Question").value == "Theirs"
    assert not app.warning[1:]


def test_a_new_item_gets_a_free_id_and_is_published(world: World, open_page: Open):
    app = open_page("item", "bela", new="numeric")
    with world.looking("bela") as tx:
        taken = {one.id for one in bank_items(tx, ItemFilter())}
    assert field(app.text_input, "Id").value not in taken
    field(app.selectbox, "Objective").select("MF-02").run()
    suggested = field(app.text_input, "Id").value
    assert suggested.startswith("mf-02-")
    assert suggested not in taken
    field(app.text_area, "Question").set_value("How many millimetres?")
    field(app.text_input, "Right answer (a number)").set_value("1,5")
    field(app.text_input, "Tolerance: how far off still counts").set_value("0.1")
    field(app.text_area, "Why it is right").set_value("Measured.")
    field(app.text_area, "Why another number is wrong").set_value("Not measured.")
    field(app.multiselect, "Sources").set_value(["S13"]).run()
    button(app, "Send for review").click().run()
    assert not app.exception
    assert '"answer":"1.5"' in item_to_json(detail(world, suggested).item)


def test_an_id_that_is_taken_is_told_before_publishing(open_page: Open):
    app = open_page("item", "bela", new="true_false")
    field(app.text_input, "Id").set_value("mf-01-001").run()
    assert "Id: another item has it already; write another." in words(app)


def test_retiring_asks_once_more_and_can_be_taken_back(world: World, open_page: Open):
    publish(world)
    with world.acting("bela") as tx:
        retire_item(tx, "tt-01-001")
    app = open_page("item", "bela", id="tt-01-001")
    button(app, "Restore this item").click().run()
    assert detail(world).status == "retired"
    press_in_dialog(app, "Restore this item", "Restore it")
    assert detail(world).status == "approved"
    button(app, "Retire this item").click().run()
    press_in_dialog(app, "Retire this item", "Retire it")
    assert detail(world).status == "retired"


def test_an_old_version_is_shown_as_it_was(world: World, open_page: Open):
    publish(world, stem="As it was")
    publish(world, stem="As it is")
    first = detail(world).versions[-1]
    app = open_page("item", "bela", id="tt-01-001", version=first.id)
    assert "As it was" in words(app)
    assert not app.text_area


def test_readers_see_the_item_and_no_form(open_page: Open):
    app = open_page("item", "cato", id="mf-01-001")
    assert not app.exception
    assert not app.text_area
    assert "As the trainee sees it" in words(app)
    app = open_page("item", "cato", new="numeric")
    assert "may not see this page" in app.error[0].value


def test_an_unknown_item_is_a_sentence(open_page: Open):
    assert "There is no item x." in open_page("item", "bela", id="x").error[0].value
    assert "Choose an item" in open_page("item", "bela").error[0].value


@pytest.mark.parametrize(
    ("path", "said", "expected"),
    [
        (("stem",), "stem: write something here.", "Question: write something"),
        (("options", 1), "options.1: an option cannot be both.", "Option B: an option cannot be"),
        (("tags", 0), "tags.0: use small letters.", "Topics: use small"),
        ((), "Review_due must come after reviewed.", "“Review due on” must come after “Reviewed"),
    ],
)
def test_problems_speak_the_words_of_the_form(path, said: str, expected: str):
    assert in_words(path, said).startswith(expected)
