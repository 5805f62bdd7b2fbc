"""Writing a lesson on its page, run without a browser: saved, read and published, two tabs."""

from datetime import timedelta

from courses.commands.lesson_writing import save_lesson_draft
from courses.content_changes import a_lesson
from courses.queries.lesson import lesson_view
from courses.queries.lesson_writing import lesson_sheet
from tests.content_life import begin_lesson_change, saved, send
from tests.factories import COURSE, World
from tests.pages.screens import Open, button, entries, field, press_in_dialog, words

FIRST = "01-what-needling-is"
THIS = a_lesson(COURSE, FIRST)


def test_what_is_typed_is_saved_read_and_published(world: World, open_page: Open) -> None:
    app = open_page("lesson_edit", "bela", course=COURSE, lesson=FIRST)
    assert not app.exception
    title = next(one for one in app.text_input if one.label == "Title")
    title.set_value("What needles do").run()
    assert "Draft saved" in words(app)
    with world.looking("alba") as tx:
        assert lesson_view(tx, COURSE, FIRST).title == "What needling is and is not"
    field(app.text_area, "Note for the reviewer (may stay empty)").set_value("Shorter.").run()
    button(app, "Send for review").click().run()
    assert not app.exception
    assert "Somebody else reads it" in words(app)
    assert app.title[0].value == "In review: What needles do"
    assert not app.text_input
    review = open_page("content_review", "cato", change=saved(world, THIS).id)
    assert not review.exception
    assert "Shorter" in words(review)
    button(review, "Approve and publish").click().run()
    assert "Published." in words(review)
    with world.looking("alba") as tx:
        assert lesson_view(tx, COURSE, FIRST).title == "What needles do"


def test_a_reader_leaves_a_word_and_returns_it(world: World, open_page: Open) -> None:
    begin_lesson_change(world)
    review = open_page("content_review", "cato", change=send(world, THIS).id)
    button(review, "Return to the author").click().run()
    assert "Write a comment first" in words(review)
    field(review.text_area, "Comment").set_value("Which layer?").run()
    button(review, "Leave the comment").click().run()
    assert "Your comment is kept." in words(review)
    assert not field(review.text_area, "Comment").value
    field(review.text_area, "Comment").set_value("Say which layer.").run()
    button(review, "Return to the author").click().run()
    assert "Returned to its author." in words(review)
    author = open_page("lesson_edit", "bela", course=COURSE, lesson=FIRST)
    assert "Which layer?" in words(author)
    button(author, "Drop this draft").click().run()
    press_in_dialog(author, "Drop this draft", "Drop it")
    assert "Dropped." in words(author)


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
    assert "write something here" in app.warning[0].value
    assert button(app, "Send for review").disabled
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


def test_an_author_takes_back_what_is_in_review_and_drops_it(world: World, open_page: Open) -> None:
    begin_lesson_change(world)
    send(world, THIS)
    other = open_page("lesson_edit", "dina", course=COURSE, lesson=FIRST)
    assert "Take it back to change it" not in [one.label for one in other.button]
    app = open_page("lesson_edit", "bela", course=COURSE, lesson=FIRST)
    button(app, "Take it back to change it").click().run()
    assert not app.exception
    assert field(app.text_input, "Title").value == "What needles do"
    button(app, "Drop this draft").click().run()
    press_in_dialog(app, "Drop this draft", "Drop it")
    assert not app.exception
    assert field(app.text_input, "Title").value == "What needling is and is not"


def test_a_returned_lesson_tells_its_author_what_is_to_be_done(
    world: World, open_page: Open
) -> None:
    begin_lesson_change(world)
    change = send(world, THIS).id
    queue = open_page("reviews", "cato")
    assert any("What needles do" in one for one in entries(queue))
    review = open_page("content_review", "cato", change=change)
    button(review, "Return to the author").click().run()
    assert "Write a comment first" in words(review)
    field(review.text_area, "Comment").set_value("Say which layer.").run()
    button(review, "Return to the author").click().run()
    assert "Returned to its author." in words(review)
    app = open_page("lesson_edit", "bela", course=COURSE, lesson=FIRST)
    assert "Say which layer" in words(app)
    assert "Returned to its author" in words(app)
    assert not button(app, "Send for review").disabled


def test_whoever_opens_anothers_draft_is_told_whose_it_is(world: World, open_page: Open) -> None:
    begin_lesson_change(world)
    app = open_page("lesson_edit", "dina", course=COURSE, lesson=FIRST)
    assert "Bela began this draft" in words(app)
    own = open_page("content_review", "bela", change=send(world, THIS).id)
    assert "somebody else publishes it" in words(own)
    assert "Approve and publish" not in [one.label for one in own.button]
