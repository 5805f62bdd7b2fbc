"""The reports on sources, run without a browser: from a source to the quiz on a holder's page."""

from tests.factories import World
from tests.pages.screens import Open, button, entries, words


def test_a_change_is_noted_and_its_quiz_reaches_the_holder(world: World, open_page: Open) -> None:
    world.earn("alba")
    app = open_page("content_reports", "bela", source="S13")
    assert not app.exception
    assert "Alba" in words(app)
    assert "What needling is and is not" in entries(app)
    app.text_area[0].set_value("The elastin figure was corrected.")
    button(app, "Note the change").click().run()
    assert "Noted." in words(app)
    app.segmented_control[0].set_value("Changes").run()
    button(app, "Send the quiz to 1 holder").click().run()
    assert not app.exception
    assert "Sent to 1 holder now" in words(app)
    assert "Nobody is left to send it to" in words(app)
    assert not [one for one in app.button if one.label.startswith("Send the quiz")]
    button(app, "See all of them").click().run()
    assert "What needling is and is not" in entries(app)
    home = open_page("home", "alba")
    assert "The elastin figure was corrected" in words(home)
    button(home, "Take the short quiz").click().run()
    assert not home.exception
    assert "Something changed" not in words(open_page("home", "lena"))


def test_what_is_due_is_said_in_words(world: World, open_page: Open) -> None:
    world.wait(days=380)
    app = open_page("content_reports", "bela")
    app.segmented_control[0].set_value("Due for review").run()
    assert not app.exception
    assert "past the review date" in words(app)
    assert "was due on" in " ".join(entries(app)) + words(app)
