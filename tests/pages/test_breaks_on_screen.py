"""A trainee's break: what it closes, the calm page, and the way on."""

from streamlit.testing.v1 import AppTest

from quizbank.attempts import Action
from quizbank.queries.sitting import sitting
from quizbank.tables.attempts import StepRow
from tests.factories import COURSE, World
from tests.pages.screens import Open, button, words


def sit(world: World, open_page: Open) -> tuple[str, AppTest]:
    world.change_exam(break_minutes=10)
    attempt = world.start_exam("alba")
    return attempt, open_page("exam", "alba", course=COURSE)


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def test_a_break_says_what_it_closes_and_shows_no_question(world: World, open_page: Open) -> None:
    attempt, app = sit(world, open_page)
    assert "Question 1 of 40" in words(app)
    assert "10 minutes left for breaks." in words(app)
    button(app, "Next").click().run()
    button(app, "Take a break").click().run()
    assert "2 questions that you have seen will be closed** (1, 2)" in words(app)
    assert "**Without a whole answer:** 1, 2." in words(app)
    assert "Question 2 of 40" not in words(app)
    button(app, "Start the break").click().run()
    assert not app.exception
    assert "You are on a break" in words(app)
    assert labels(app) == ["Go on"]
    with world.looking("alba") as tx:
        assert sitting(tx, attempt, 2).item is None


def test_who_comes_back_goes_on_with_what_is_open_and_reads_what_is_closed(
    world: World, open_page: Open
) -> None:
    _, app = sit(world, open_page)
    button(app, "Take a break").click().run()
    button(app, "Start the break").click().run()
    world.wait(minutes=4)
    # A tab that was reloaded, or another device, finds the same page.
    app = open_page("exam", "alba", course=COURSE)
    button(app, "Go on here").click().run()
    assert "You are on a break" in words(app)
    button(app, "Go on").click().run()
    assert "Question 2 of 40" in words(app)
    assert "6 minutes left for breaks." in words(app)
    button(app, "Previous").click().run()
    assert "**Seen before your break:**" in words(app)
    assert "Flag for later" not in labels(app)


def test_a_break_that_is_used_up_is_over_for_who_comes_back(world: World, open_page: Open) -> None:
    attempt, app = sit(world, open_page)
    button(app, "Take a break").click().run()
    button(app, "Start the break").click().run()
    world.wait(minutes=12)
    app.run()
    assert "Question 2 of 40" in words(app)
    assert "No time is left for breaks." in words(app)
    with world.looking("system") as tx:
        steps = [tx.session.get_one(StepRow, (attempt, number)) for number in range(2, 6)]
    assert [one.action for one in steps] == [
        Action.SEEN,
        Action.PAUSED,
        Action.RESUMED,
        Action.SEEN,
    ]


def test_thinking_better_of_it_leads_back_to_the_question(world: World, open_page: Open) -> None:
    _, app = sit(world, open_page)
    button(app, "Take a break").click().run()
    button(app, "Back to the questions").click().run()
    assert "Question 1 of 40" in words(app)
