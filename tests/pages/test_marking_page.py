"""The marking queue and the marking of one answer."""

from dataclasses import replace

import pytest

from certs.commands.exams import submit_exam
from certs.commands.marking import mark_essay
from quizbank.commands.attempts import start_attempt
from quizbank.queries.marking import marking_queue
from tests.factories import EXAM, World, essay, exam_rules
from tests.pages.screens import Open, button, entries, field, words

FULL = {"layer": 4, "why": 6}
SAVE = "Save mark and go to the next"


@pytest.fixture
def attempt(world: World) -> str:
    """An exam of one essay, handed in by alba three hours ago."""
    world.load_items(essay(objective="TT-01"))
    world.give_exam(exam_rules(cells=[{"objective": "TT-01", "count": 1}], cut=1))
    with world.acting("alba") as tx:
        started = start_attempt(tx, EXAM, consent=True)
    world.answer("alba", started, 1, {"text": "# The *dermis*\n<b>holds</b> it."})
    with world.acting("alba") as tx:
        submit_exam(tx, started)
    world.wait(hours=3)
    return started


def test_the_queue_names_the_question_and_never_the_learner(open_page: Open, attempt: str) -> None:
    app = open_page("marking", "cato")
    assert not app.exception
    assert "**1 answer to mark;** the oldest has waited 3 hours." in words(app)
    assert "0 of 2 markers so far" in words(app)
    assert entries(app) == ["**Which layer holds most collagen?**"]
    assert "Alba" not in words(app)


def test_an_answer_is_marked_by_its_rubric(world: World, open_page: Open, attempt: str) -> None:
    app = open_page("marking", "cato", attempt=attempt, position="1")
    assert "Alba" not in words(app)
    assert r"\# The \*dermis\*" in words(app)
    assert "**Total: 0 of 10 points.** 2 criteria left." in words(app)
    assert button(app, SAVE).disabled
    field(app.radio, "Names the layer (up to 4 points)").set_value(2)
    field(app.number_input, "Says why (up to 6 points)").set_value(5).run()
    assert "**Total: 7 of 10 points.**" in words(app)
    button(app, SAVE).click().run()
    assert not app.exception
    assert "Mark saved. That was the last one." in words(app)
    assert "Nothing waits for your mark." in words(app)
    with world.looking("cato") as tx:
        assert marking_queue(tx) == ()


def test_what_others_have_settled_meanwhile_is_said(
    world: World, open_page: Open, attempt: str
) -> None:
    world.cast["bela"] = replace(world.actor("bela"), roles=world.actor("cato").roles)
    for name in ("bela", "cato"):
        with world.acting(name) as tx:
            mark_essay(tx, attempt, 1, "", FULL, "")
    app = open_page("marking", "cato", attempt=attempt, position="1")
    assert "needs no mark of yours any more" in words(app)


@pytest.mark.parametrize("address", [{"attempt": "nowhere"}, {"attempt": "x", "position": "-1"}])
def test_an_answer_that_is_not_there_is_refused_with_a_sentence(
    open_page: Open, attempt: str, address: dict[str, str]
) -> None:
    app = open_page("marking", "cato", **address)
    assert not app.exception
    assert [str(one.value).startswith("There is no such answer") for one in app.error] == [True]


def test_the_learner_reads_that_people_mark_it(open_page: Open, attempt: str) -> None:
    app = open_page("result", "alba", attempt=attempt)
    assert "Handed in; being marked." in words(app)
    assert "assed" not in words(app)
    app = open_page("course", "alba")
    assert "handed in and being marked" in words(app)


def test_staff_read_that_it_is_to_be_marked(open_page: Open, attempt: str) -> None:
    app = open_page("results", "dina")
    assert "1 to be marked" in words(app)
    field(app.selectbox, "Verdict").select("to be marked").run()
    assert "**1 attempt:**" in words(app)
