"""Certain and unsafe, on the screen: one button after the other, until it is put right."""

from pydantic import JsonValue
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from quizbank.commands.attempts import start_attempt
from quizbank.confidence import Confidence
from quizbank.tables.bank import ItemRow
from tests.factories import COURSE, EXAM, World, exam_rules, single_choice
from tests.pages.screens import Open, button, entries, field, words

UNSAFE: JsonValue = {"option": "c"}


def failed(world: World) -> str:
    """Alba's failed exam with one unsafe answer that she was certain of."""
    attempt = begun(world)
    world.submit("alba", attempt)
    return attempt


def begun(world: World, cut: int = 2) -> str:
    """Her running exam of two questions with that answer."""
    tagged = {"objective": "MF-05", "tags": ["own-topic"]}
    world.load_items(*(single_choice(f"tt-05-10{one}", **tagged) for one in (1, 2)))
    cells = [{"objective": "MF-05", "count": 2, "tags": ["own-topic"]}]
    sureness = {"fresh_items": 1}
    world.give_exam(exam_rules(confidence=True, cells=cells, sureness=sureness, cut=cut), EXAM)
    world.study("alba")
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    world.answer("alba", attempt, 1, UNSAFE, Confidence.CERTAIN)
    return attempt


def only_practice(world: World, count: int) -> None:
    """Leave so many practice questions of the objective, all single choices."""
    with world.as_system() as tx:
        for row in tx.session.exec(
            select(ItemRow).where(ItemRow.pool == "practice", ItemRow.objective == "MF-05")
        ):
            row.status = "retired"
    names = [f"tt-05-20{one}" for one in range(count)]
    world.load_items(*(single_choice(one, pool="practice", objective="MF-05") for one in names))


def answer(app: AppTest, option: str) -> None:
    field(app.radio, "Choose one answer").set_value(option).run()
    field(app.get("button_group"), "How sure are you?").set_value(Confidence.CERTAIN).run()
    button(app, "Check my answer").click().run()
    button(app, "Finish these questions").click().run()


def test_the_result_names_it_by_topic_and_leads_there(world: World, open_page: Open) -> None:
    attempt = failed(world)
    app = open_page("result", "alba", attempt=attempt)
    assert not app.exception
    assert "**Own topic** · Contraindications and risk screening · to be put right" in words(app)
    assert "You were certain of an unsafe answer." in words(app)
    assert "1 answer you were certain of: too few to say anything." in words(app)
    assert world.items_of(attempt)[1].stem not in words(app)
    assert not button(app, "Put it right").disabled
    assert "Take the exam again" not in entries(app)
    course = open_page("course", "alba", course=COURSE)
    assert not button(course, "Continue: put right what was unsafe").disabled


def test_who_passed_with_one_is_led_there_too(world: World, open_page: Open) -> None:
    attempt = begun(world, cut=1)
    world.answer_all("alba", attempt, frozenset({1}))
    world.submit("alba", attempt)
    app = open_page("result", "alba", attempt=attempt)
    assert "**Passed.**" in words(app)
    assert "to be put right" in words(app)
    assert "Put it right" in entries(app)
    there = open_page("remediation", "alba", exam=EXAM)
    assert "I have read this lesson to its end" in [one.label for one in there.button]


def test_the_lesson_then_the_questions_until_all_are_right(world: World, open_page: Open) -> None:
    attempt = failed(world)
    only_practice(world, 2)
    app = open_page("remediation", "alba", exam=EXAM)
    assert not app.exception
    assert "Own topic" in words(app)
    button(app, "I have read this lesson to its end").click().run()
    button(app, "Go on to the questions").click().run()
    answer(app, "b")
    assert "1 question not right" in words(app)
    button(app, "Go on to the questions").click().run()
    answer(app, "a")
    assert "All right: that is put right." in words(app)
    assert "Nothing is left to put right." in words(app)
    assert "put right on 23 November 2026" in words(open_page("result", "alba", attempt=attempt))


def test_questions_met_before_are_said_to_be_so(world: World, open_page: Open) -> None:
    failed(world)
    only_practice(world, 1)
    app = open_page("remediation", "alba", exam=EXAM)
    button(app, "I have read this lesson to its end").click().run()
    button(app, "Go on to the questions").click().run()
    assert "You have met" not in words(app)
    answer(app, "b")
    world.wait(minutes=1)
    button(app, "Go on to the questions").click().run()
    assert "You have met 1 question of these before" in words(app)


def test_where_no_question_is_left_the_step_falls_away(world: World, open_page: Open) -> None:
    failed(world)
    only_practice(world, 0)
    app = open_page("remediation", "alba", exam=EXAM)
    button(app, "I have read this lesson to its end").click().run()
    button(app, "Go on to the questions").click().run()
    assert "this step falls away" in words(app)
    assert "Nothing is left to put right." in words(app)


def test_staff_see_the_unsafe_certainty_and_the_counts(world: World, open_page: Open) -> None:
    attempt = failed(world)
    app = open_page("results", "cato", attempt=attempt)
    assert not app.exception
    assert "**Own topic**" in words(app)
    assert "1 answer the trainee was certain of: too few to say anything." in words(app)
