"""Appeals on screen: filed on the result page, answered in the queue."""

import pytest

from quizbank.commands.appeals import answer_appeal
from quizbank.queries.appeals import own_appeals
from tests.factories import World, description, exam_rules
from tests.integration.corrected import academy, proposed, sat
from tests.integration.test_appeals import WORDS, filed, place_with_wrong_key
from tests.pages.screens import Open, button, entries, field, words


@pytest.fixture
def attempt(world: World) -> str:
    """Alba's failed attempt at an exam with a wrong key."""
    return sat(academy(world), "alba", "b")


def test_a_trainee_appeals_by_the_number_of_the_question(open_page: Open, attempt: str) -> None:
    app = open_page("result", "alba", attempt=attempt)
    button(app, "File the appeal").click().run()
    assert "Write in a sentence what you think is wrong" in words(app)
    # One press is enough for who goes from the text straight to the button.
    app.number_input[0].set_value(2)
    field(app.text_area, "What is wrong, and why").set_value(WORDS)
    button(app, "File the appeal").click().run()
    assert not app.exception
    assert "Your appeal is filed" in words(app)
    assert "about question 2" in words(app)
    field(app.text_area, "What is wrong, and why").set_value(WORDS).run()
    app.number_input[0].set_value(2).run()
    button(app, "File the appeal").click().run()
    assert "is open already" in words(app)


def test_staff_read_the_answer_with_its_key_and_answer_the_trainee(
    world: World, open_page: Open, attempt: str
) -> None:
    place = place_with_wrong_key(world, attempt)
    one = filed(world, attempt, place)
    proposed(world, by="carl")
    queue = open_page("appeals", "cato")
    assert "**1 of 1 waits for an answer.**" in words(queue)
    app = open_page("appeals", "cato", id=one)
    said = words(app)
    assert "**Marked: wrong,** 0% of the mark." in said
    assert "Correct the key for past exams" in entries(app)
    assert field(app.selectbox, "Key correction that comes of it (only where the appeal is upheld)")
    button(app, "Uphold the appeal").click().run()
    assert "Write an answer" in words(app)
    field(app.text_area, "Answer, for the trainee to read").set_value("You are right.").run()
    button(app, "Uphold the appeal").click().run()
    assert not app.exception
    assert "**Upheld**" in words(app)
    result = open_page("result", "alba", attempt=attempt)
    assert "You are right" in words(result)


def test_an_answer_keeps_its_lines(world: World, open_page: Open, attempt: str) -> None:
    one = filed(world, attempt, place_with_wrong_key(world, attempt))
    with world.acting("cato") as tx:
        answer_appeal(tx, one, False, "The key stays.\nSee lesson 4.", None)
    for app in (
        open_page("appeals", "cato", id=one),
        open_page("result", "alba", attempt=attempt),
    ):
        assert "The key stays\\.  \nSee lesson 4\\." in "".join(part.value for part in app.markdown)


def test_nothing_to_answer_is_said(open_page: Open) -> None:
    assert "Nobody has appealed" in words(open_page("appeals", "cato"))


def test_numbers_are_those_of_the_questions_on_the_screen(
    world: World, open_page: Open, attempt: str
) -> None:
    world.load_items(description("tt-01-030", objective="TT-01"))
    texts = exam_rules(
        cells=[{"objective": "TT-01", "count": 2}], cut=2, descriptions=["tt-01-030"]
    )
    world.give_exam(texts)
    again = sat(world, "lena", "b")
    app = open_page("result", "lena", attempt=again)
    app.number_input[0].set_value(1)
    field(app.text_area, "What is wrong, and why").set_value(WORDS).run()
    button(app, "File the appeal").click().run()
    assert "about question 1" in words(app)
    with world.looking("lena") as tx:
        assert [one.position for one in own_appeals(tx, again)] == [2]
