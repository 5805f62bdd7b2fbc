"""The result as its trainee reads it, run without a browser."""

import re
from typing import Any

from streamlit.testing.v1 import AppTest

from certs.commands.exams import submit_exam
from certs.queries.report import own_report
from quizbank.exams import ExamRules
from quizbank.queries.exams import exam_offer
from quizbank.review_windows import Part
from tests.crowd import RULES, set_exam
from tests.factories import EXAM, World
from tests.pages.screens import Open, entries, words


def ruled(world: World, **changes: Any) -> None:
    with world.looking("alba") as tx:
        rules = exam_offer(tx, EXAM).rules
    world.give_exam(ExamRules.model_validate(rules.model_dump() | changes))


def sat(world: World, missed: int = 0) -> str:
    """Hand an exam in with so many ordinary questions left open, of the first objective first."""
    attempt = world.start_exam("alba")
    items = world.items_of(attempt)
    ordinary = sorted(
        (place for place, item in items.items() if not item.critical),
        key=lambda place: items[place].objective,
    )
    world.answer_all("alba", attempt, frozenset(ordinary[:missed]))
    with world.acting("alba") as tx:
        submit_exam(tx, attempt)
    return attempt


def drawn(app: AppTest) -> str:
    """What stands in tables and pictures."""
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def test_what_failed_is_said_first_and_beside_each_objective(world: World, open_page: Open) -> None:
    ruled(world, objective_minimums=[{"objective": "MF-01", "share": 0.75}], most_omitted=3)
    attempt = sat(world, missed=4)
    app = open_page("result", "alba", attempt=attempt)
    assert not app.exception
    said = words(app)
    assert "**Not passed.** 36 of 40 marks; the cut score is 32. The marks alone" in said
    assert "0% of its marks reached, at least 75% needed." in said
    assert "4 questions left open, at most 3 allowed." in said
    assert said.index("**What failed**") < said.index("By objective")
    assert "at most 3 questions left open. Missing any one of these fails the exam" in said
    table = drawn(app)
    assert "below its minimum of 75%" in table
    bar = r"aria-label='0% of the marks, likely 0 to \d\d%; the cut is 80%, its minimum 75%'"
    assert re.search(bar, table)


def test_who_only_left_too_much_open_is_sent_to_no_lesson(world: World, open_page: Open) -> None:
    set_exam(world)
    world.give_exam(RULES.model_copy(update={"most_omitted": 0}))
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt, frozenset({1}))
    world.submit("alba", attempt)
    said = words(open_page("result", "alba", attempt=attempt))
    assert "1 question left open, at most 0 allowed." in said
    assert "Trying again" in said
    assert "What to study next" not in said


def test_attempts_are_drawn_once_there_are_two(world: World, open_page: Open) -> None:
    first = sat(world, missed=20)
    assert "Attempt" not in drawn(open_page("result", "alba", attempt=first))
    world.wait(days=2)
    second = sat(world)
    app = open_page("result", "alba", attempt=second)
    assert "attempt 1: 50%, not passed; attempt 2: 100%, passed" in drawn(app)
    assert "**Passed.** 40 of 40 marks" in words(app)


def test_attempts_lead_to_each_other_and_an_open_one_is_marked(
    world: World, open_page: Open
) -> None:
    first = sat(world, missed=20)
    world.wait(days=2)
    second = world.start_exam("alba")
    app = open_page("result", "alba", attempt=first)
    assert "running, no result yet" in drawn(app)
    assert "this one" in drawn(app)
    world.answer_all("alba", second)
    world.submit("alba", second)
    app = open_page("result", "alba", attempt=first)
    assert "Passed in another attempt" in words(app)
    assert "Trying again" not in words(app)
    assert any(label.startswith("Result of attempt 2, ") for label in entries(app))
    assert not any(label.startswith("Result of attempt 1, ") for label in entries(app))


def test_the_report_stands_near_the_verdict(world: World, open_page: Open) -> None:
    app = open_page("result", "alba", attempt=sat(world, missed=20))
    kinds = [one.type for one in app.main]
    assert kinds.index("download_button") < kinds.index("header")


def test_the_report_names_the_topics_of_critical_questions_missed(world: World) -> None:
    attempt = world.start_exam("alba")
    place, item = next(one for one in world.items_of(attempt).items() if one[1].critical)
    world.answer_all("alba", attempt, frozenset({place}))
    world.submit("alba", attempt)
    with world.looking("alba") as tx:
        failures = own_report(tx, attempt).failures
    assert any(one.startswith(f"{item.topic} (") for one in failures)


def test_what_the_window_hides_is_not_on_the_page(world: World, open_page: Open) -> None:
    hidden = dict.fromkeys(("right_after", "later", "closed"), (Part.VERDICT,))
    ruled(world, review=hidden)
    attempt = sat(world, missed=20)
    app = open_page("result", "alba", attempt=attempt)
    assert not app.exception
    assert "Marks: too few, 32 needed." in words(app)
    assert "20 of 40" not in words(app)
    assert "bars" not in drawn(app)
