"""Writing a lesson on its page, run without a browser: saved while typed, published, two tabs."""

from datetime import timedelta

from courses.commands.lesson_writing import save_lesson_draft
from courses.queries.lesson import lesson_view
from courses.queries.lesson_writing import lesson_sheet
from tests.factories import COURSE, World
from tests.pages.screens import Open, button, words

FIRST = "01-what-needling-is"


def test_what_is_typed_is_saved_and_published_as_the_next_version(
    world: World, open_page: Open
) -> None:
    app = open_page("lesson_edit", "bela", course=COURSE, lesson=FIRST)
    assert not app.exception
    title = next(one for one in app.text_input if one.label == "Title")
    title.set_value("What needles do").run()
    assert "Draft saved" in words(app)
    with world.looking("alba") as tx:
        assert lesson_view(tx, COURSE, FIRST).title == "What needling is and is not"
    button(app, "Publish as version 2").click().run()
    assert not app.exception
    assert "Published as version 2" in words(app)
    with world.looking("alba") as tx:
        assert lesson_view(tx, COURSE, FIRST).title == "What needles do"


def test_a_reload_finds_the_draft_again(world: World, open_page: Open) -> None:
    app = open_page("lesson_edit", "bela", course=COURSE, lesson=FIRST)
    next(one for one in app.text_input if one.label == "Title").set_value("Half a tit").run()
    again = open_page("lesson_edit", "dina", course=COURSE, lesson=FIRST)
    assert again.title[0].value == "Write: Half a tit"


def test_an_empty_title_keeps_the_lesson_from_being_published(
    world: World, open_page: Open
) -> None:
    app = open_page("lesson_edit", "bela", course=COURSE, lesson=FIRST)
    next(one for one in app.text_input if one.label == "Title").set_value("").run()
    assert "Title: write something here." in "\n".join(str(one.value) for one in app.warning)
    assert button(app, "Publish as version 2").disabled
    assert world.now


def test_a_second_tab_keeps_its_text_and_is_asked(world: World, open_page: Open) -> None:
    app = open_page("lesson_edit", "bela", course=COURSE, lesson=FIRST)
    with world.acting("dina") as tx:
        text = lesson_sheet(tx, COURSE, FIRST).versions[0].text
        save_lesson_draft(tx, COURSE, FIRST, 1, text.replace("minutes: 12", "minutes: 14"), 0)
    next(one for one in app.text_input if one.label == "Title").set_value("Mine").run()
    assert "went on elsewhere" in "\n".join(str(one.value) for one in app.warning)
    assert app.title[0].value == "Write: Mine"
    button(app, "Keep my text and save it over").click().run()
    with world.looking("bela") as tx:
        draft = lesson_sheet(tx, COURSE, FIRST).draft
    assert draft is not None
    assert "title: Mine" in draft.text
    assert draft.saved_at - world.now < timedelta(seconds=1)
