"""One exam on two screens: the second is told, may go on, and the first is then read-only."""

from streamlit.testing.v1 import AppTest

from quizbank.commands.attempts import save_answer, set_flag
from quizbank.queries.sitting import sitting
from tests.factories import COURSE, World, steps_to
from tests.pages.screens import Open, button, words

ELSEWHERE = "open in another tab or on another device"


def begun(world: World) -> str:
    attempt = world.start_exam("alba")
    with world.acting("alba") as tx:
        save_answer(tx, attempt, 1, 1, {"option": "a"}, tab="desk")
    return attempt


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def test_a_second_tab_is_told_and_shown_nothing_until_it_goes_on_here(
    world: World, open_page: Open
) -> None:
    attempt = begun(world)
    app = open_page("exam", "alba", course=COURSE)
    assert ELSEWHERE in words(app)
    assert "Question" not in words(app)
    button(app, "Go on here").click().run()
    assert ELSEWHERE not in words(app)
    assert "Next" in labels(app)
    with world.looking("alba") as tx:
        assert sitting(tx, attempt).tab == app.query_params["tab"]


def test_the_address_carries_the_tab_through_a_reload(world: World, open_page: Open) -> None:
    begun(world)
    app = open_page("exam", "alba", course=COURSE, tab="desk")
    assert ELSEWHERE not in words(app)
    assert app.query_params["tab"] == "desk"


def at(app: AppTest) -> str:
    """The heading of the question on the screen."""
    return next(one for one in words(app).split("\n") if "Question " in one).strip("# ")


def test_a_restarted_server_shows_the_question_that_one_was_at(
    world: World, open_page: Open
) -> None:
    attempt = world.start_exam("alba")

    def answer(*places: int) -> None:
        for place in places:
            world.answer("alba", attempt, place, {"option": "b"})

    def comes_back() -> str:
        return at(open_page("exam", "alba", course=COURSE, tab="desk"))

    assert comes_back() == "Question 1 of 40"
    with world.acting("alba") as tx:
        save_answer(tx, attempt, 1, 1, {"option": "a"}, tab="desk")
    # Who goes on in order reads the next question by now.
    assert comes_back() == "Question 2 of 40"
    answer(2, 3, 4)
    assert comes_back() == "Question 5 of 40"
    answer(2)
    assert comes_back() == "Question 2 of 40"
    answer(20)
    assert comes_back() == "Question 21 of 40"
    with world.acting("alba") as tx:
        revision = sitting(tx, attempt).revision
        set_flag(tx, attempt, revision, 30, True, tab="desk")
    assert comes_back() == "Question 30 of 40"
    last = world.items_of(attempt)[40]
    world.answer("alba", attempt, 40, steps_to(last, last.key())[0])
    assert comes_back() == "Question 40 of 40"


def test_the_first_tab_is_read_only_once_another_went_on(world: World, open_page: Open) -> None:
    begun(world)
    first = open_page("exam", "alba", course=COURSE, tab="desk")
    second = open_page("exam", "alba", course=COURSE, tab="phone")
    button(second, "Go on here").click().run()
    button(first, "Flag for later").click().run()
    assert "so nothing was saved here" in words(first)
    button(first, "Next").click().run()
    assert ELSEWHERE in words(first)
    assert "you can read your answers, not change them" in words(first)
    assert "Question " in words(first)
    assert "Flag for later" not in labels(first)
    assert all(one.disabled for one in [*first.radio, *first.checkbox])
    button(first, "Go on here").click().run()
    assert "Flag for later" in labels(first)


def test_a_submission_from_the_first_tab_is_refused_and_the_exam_stays(
    world: World, open_page: Open
) -> None:
    attempt = begun(world)
    first = open_page("exam", "alba", course=COURSE, tab="desk")
    while "Next" in labels(first):
        button(first, "Next").click().run()
    button(first, "Review and submit").click().run()
    second = open_page("exam", "alba", course=COURSE, tab="phone")
    button(second, "Go on here").click().run()
    button(first, "Submit the exam").click().run()
    assert ELSEWHERE in words(first)
    assert "Go on here" in labels(first)
    with world.looking("alba") as tx:
        assert not sitting(tx, attempt).ended
