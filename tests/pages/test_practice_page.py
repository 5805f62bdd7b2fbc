"""Practice: what is answered is explained before the next question comes."""

from streamlit.testing.v1 import AppTest

from tests.factories import PRACTICE, World, exam_rules, single_choice
from tests.pages.screens import Open, button, field, words


def begun(world: World, open_page: Open) -> AppTest:
    cells = [{"objective": "TT-01", "count": 2}]
    rules = exam_rules(
        cells=cells, purpose="practice", cut=0, minutes=None, retakes=None, consent=""
    )
    items = [single_choice(f"tt-01-00{n}", objective="TT-01", pool="practice") for n in (1, 2)]
    world.publish(*items)
    world.give_exam(rules, PRACTICE)
    app = open_page("practice", "alba")
    button(app, "Start practising").click().run()
    return app


def answer(app: AppTest, option: str) -> None:
    field(app.radio, "Choose one answer").set_value(option).run()
    button(app, "Check my answer").click().run()


def test_every_answer_is_explained_from_the_first_on(world: World, open_page: Open) -> None:
    app = begun(world, open_page)
    for number in (1, 2):
        assert f"Question {number} of 2" in words(app)
        answer(app, "a")
        assert f"Question {number} of 2" in words(app)
        assert "right answer" in words(app)
        button(app, "Next question" if number == 1 else "Finish practice").click().run()
    assert "Practice finished" in words(app)


def test_a_refresh_goes_on_at_the_first_open_question(world: World, open_page: Open) -> None:
    answer(begun(world, open_page), "a")
    app = open_page("practice", "alba")
    assert "Question 2 of 2" in words(app)
    answer(app, "a")
    assert "right answer" in words(app)
