"""The queue of reviews and one review, run without a browser."""

from tests.factories import World, single_choice
from tests.pages.screens import Open, button, entries, field, words


def changed(world: World) -> str:
    world.publish(single_choice())
    return world.propose("bela", single_choice(stem="Which layer holds least collagen?")).id


def test_the_queue_counts_what_waits(world: World, open_page: Open):
    changed(world)
    app = open_page("reviews", "cato")
    assert not app.exception
    assert any(one.startswith("**tt-01-001**") for one in entries(app))
    own = open_page("reviews", "bela")
    assert not entries(own)
    assert "All read: nothing waits for you." in words(own)


def test_a_reviewer_approves_what_differs(world: World, open_page: Open):
    change = changed(world)
    app = open_page("review", "cato", change=change)
    assert not app.exception
    assert "Review of tt-01-001" in words(app)
    assert "What this change will do" in words(app)
    button(app, "Approve and publish").click().run()
    assert "Published as version 2." in words(app)
    assert "approved by Cato" in words(app)


def test_a_return_needs_a_word_and_says_so(world: World, open_page: Open):
    change = changed(world)
    app = open_page("review", "cato", change=change)
    button(app, "Return to the author").click().run()
    assert "Write a comment first" in words(app)
    field(app.text_area, "Comment").set_value("Say which site.").run()
    button(app, "Return to the author").click().run()
    assert "Returned to its author." in words(app)
    author = open_page("item", "bela", id="tt-01-001")
    assert field(author.text_area, "Question").value == "Which layer holds least collagen?"
    assert "Say which site" in words(author)


def test_an_author_is_offered_no_approval_of_their_own(world: World, open_page: Open):
    change = changed(world)
    app = open_page("review", "bela", change=change)
    assert not app.exception
    assert "somebody else publishes it" in words(app)
    assert "Approve and publish" not in [one.label for one in app.button]


def test_a_pilot_is_approved_as_one(world: World, open_page: Open):
    change = world.propose("bela", single_choice()).id
    app = open_page("review", "cato", change=change)
    button(app, "Approve as a pilot, unscored").click().run()
    assert "Pilot, not scored" in words(app)


def test_several_are_approved_at_once(world: World, open_page: Open):
    for number in (1, 2, 3):
        world.propose("bela", single_choice(f"tt-01-00{number}"))
    app = open_page("reviews", "cato")
    chosen = field(app.multiselect, "Changes to approve")
    chosen.set_value(chosen.options and [world.change_of(f"tt-01-00{n}").id for n in (1, 2)]).run()
    button(app, "Approve 2 changes").click().run()
    assert "2 changes published." in words(app)


def test_an_unknown_change_is_a_sentence(open_page: Open):
    assert "no such change" in open_page("review", "cato", change="x").error[0].value
    assert "Choose a change" in open_page("review", "cato").error[0].value
