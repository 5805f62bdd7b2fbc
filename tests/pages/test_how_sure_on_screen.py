"""Saying how sure one is: before any feedback in practice, never needed in an exam."""

from streamlit.testing.v1 import AppTest

from courses.commands.study import start_practice
from quizbank.confidence import Confidence
from quizbank.queries.sitting import (
    Sitting,
    sitting,
)
from tests.factories import COURSE, PRACTICE, World, exam_rules, single_choice
from tests.pages.screens import Open, button, field, words

QUESTION = "How sure are you?"


def say(app: AppTest, confidence: Confidence) -> AppTest:
    field(app.get("button_group"), QUESTION).set_value(confidence)
    return app.run()


def exam_begun(world: World, open_page: Open) -> tuple[str, AppTest]:
    world.load_items(*(single_choice(f"tt-01-10{n}", objective="TT-01") for n in (1, 2)))
    cells = [{"objective": "TT-01", "count": 2}]
    world.give_exam(exam_rules(confidence=True, cells=cells, cut=1))
    attempt = world.start_exam("alba")
    return attempt, open_page("exam", "alba", course=COURSE)


def shown(world: World, attempt: str, position: int = 1) -> Sitting:
    with world.looking("alba") as tx:
        return sitting(tx, attempt, position)


def test_in_an_exam_it_is_saved_and_said_to_be_saved(world: World, open_page: Open) -> None:
    attempt, app = exam_begun(world, open_page)
    field(app.radio, "Choose one answer").set_value("a").run()
    say(app, Confidence.CERTAIN)
    assert not app.exception
    now = shown(world, attempt).item
    assert now is not None
    assert (now.response, now.confidence) == ({"option": "a"}, Confidence.CERTAIN)
    # A changed answer keeps it; it is not asked anew.
    field(app.radio, "Choose one answer").set_value("b").run()
    after = shown(world, attempt).item
    assert after is not None
    assert (after.response, after.confidence) == ({"option": "b"}, Confidence.CERTAIN)


def test_an_answer_and_its_certainty_that_arrive_together_are_both_kept(
    world: World, open_page: Open
) -> None:
    attempt, app = exam_begun(world, open_page)
    field(app.radio, "Choose one answer").set_value("a")
    say(app, Confidence.GUESS)
    now = shown(world, attempt).item
    assert now is not None
    assert (now.response, now.confidence) == ({"option": "a"}, Confidence.GUESS)


def test_before_submitting_the_exam_says_where_it_was_not_said(
    world: World, open_page: Open
) -> None:
    _, app = exam_begun(world, open_page)
    field(app.radio, "Choose one answer").set_value("a").run()
    button(app, "Next").click().run()
    field(app.radio, "Choose one answer").set_value("a").run()
    say(app, Confidence.FAIRLY_SURE)
    button(app, "Review and submit").click().run()
    assert "**Not said how sure you are:** 1." in words(app)
    assert "never changes your marks" in words(app)


def test_in_practice_the_answer_is_checked_only_once_it_is_said(
    world: World, open_page: Open
) -> None:
    world.load_items(single_choice("tt-01-101", objective="TT-01", pool="practice"))
    free = {"minutes": None, "retakes": None, "consent": "", "cut": 0, "purpose": "practice"}
    cells = [{"objective": "TT-01", "count": 1}]
    world.give_exam(exam_rules(confidence=True, cells=cells, **free), PRACTICE)
    with world.acting("alba") as tx:
        attempt = start_practice(tx, COURSE)
    app = open_page("practice", "alba", course=COURSE)
    field(app.radio, "Choose one answer").set_value("a").run()
    assert button(app, "Check my answer").disabled
    say(app, Confidence.GUESS)
    button(app, "Check my answer").click().run()
    assert "right answer" in words(app)
    assert "You said: guess" in words(app)
    now = shown(world, attempt).item
    assert now is not None
    assert now.confidence is Confidence.GUESS
