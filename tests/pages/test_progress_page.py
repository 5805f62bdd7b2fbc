"""One's own progress, and practising from it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from courses.commands.practice import set_study_plan
from courses.practice_choice import Mode
from quizbank.items import Item
from tests.factories import COURSE, World
from tests.pages.screens import Open, button, entries, field, words
from tests.practising import begin, go_through


def practise(world: World, wrong: Callable[[Item], bool] = lambda _: False) -> None:
    """Go through a session as alba, certain of every answer."""
    go_through(world, begin(world, Mode.MIXED), wrong=wrong)


def test_somebody_who_begins_is_told_what_to_do_and_blamed_for_nothing(open_page: Open) -> None:
    app = open_page("progress", "alba", course=COURSE)
    assert not app.exception
    said = words(app)
    assert "0 of 10 questions today, 10 to your goal" in said
    assert "Nothing is known yet" in said
    assert "Nothing comes back in the next 14 days" in said
    assert "missed" not in said.casefold()
    assert [one.label for one in app.button if one.label.startswith("Begin: ")] != []


def test_practice_shows_as_goal_readiness_and_forecast(world: World, open_page: Open) -> None:
    practise(world, wrong=lambda item: item.kind == "single_choice")
    app = open_page("progress", "alba", course=COURSE)
    assert not app.exception
    said = words(app)
    assert "10 questions today: your goal of 10 is reached" in said
    assert "You practised on 1 day of the last 4 weeks" in said
    assert "To work on" in said
    drawn = "".join(one.proto.body for one in app.get("html"))
    assert "class='bars'" in drawn
    assert "class='load'" in drawn
    assert "Today" in drawn
    assert "Practise where I am weakest" in entries(app)


def test_a_day_without_practice_is_not_spoken_of(world: World, open_page: Open) -> None:
    practise(world)
    world.wait(days=3)
    said = words(open_page("progress", "alba", course=COURSE))
    assert "You practised on 1 day of the last 4 weeks" in said
    assert "0 of 10 questions today, 10 to your goal" in said


def test_a_goal_and_an_exam_day_are_set(world: World, open_page: Open) -> None:
    app = open_page("progress", "alba", course=COURSE)
    field(app.selectbox, "Questions a day").set_value(20)
    app.date_input[0].set_value(world.now.date() + timedelta(days=5))
    button(app, "Save").click().run()
    assert "0 of 20 questions today" in words(app)
    practise(world)
    app = open_page("progress", "alba", course=COURSE)
    assert "(exam)" in "".join(one.proto.body for one in app.get("html"))


def test_reviews_that_are_due_are_the_next_step(world: World, open_page: Open) -> None:
    world.study("alba")
    practise(world)
    world.wait(days=60)
    app = open_page("course", "alba", course=COURSE)
    label = next(one.label for one in app.button if one.label.startswith("Continue"))
    assert label.endswith("reviews")
    app = open_page("practice", "alba", course=COURSE, mode="due")
    assert app.radio[0].value == Mode.DUE
    button(app, "Start practising").click().run()
    assert "Question 1 of" in words(app)


def test_a_session_says_what_comes_back_when(world: World, open_page: Open) -> None:
    practise(world, wrong=lambda item: item.kind == "single_choice")
    with world.acting("alba") as tx:
        set_study_plan(tx, COURSE, 10, None)
    app = open_page("practice", "alba", course=COURSE)
    labels = [one for one in app.radio[0].options if one.startswith("What I missed (")]
    assert len(labels) == 1
    app.radio[0].set_value(Mode.MISSED).run()
    button(app, "Start practising").click().run()
    button(app, "End this practice here").click().run()
    assert "Practice ended" in words(app)


def test_whoever_is_new_may_first_see_where_they_stand(world: World, open_page: Open) -> None:
    app = open_page("practice", "alba", course=COURSE)
    button(app, "Begin with where I stand").click().run()
    assert "Question 1 of 10" in words(app)


def test_a_holder_finds_the_monthly_refresher_at_home(world: World, open_page: Open) -> None:
    assert "monthly refresher" not in words(open_page("home", "alba"))
    world.earn("alba")
    app = open_page("home", "alba")
    button(app, "Monthly refresher: 5 questions").click().run()
    assert "Question 1 of 5" in words(app)
    assert "next monthly refresher" in words(open_page("home", "alba"))


@pytest.mark.parametrize(("place", "asked"), [("certificates", {}), ("course", {"course": COURSE})])
def test_a_holder_finds_the_monthly_refresher_beside_the_certificate_and_the_course(
    world: World, open_page: Open, place: str, asked: dict[str, str]
) -> None:
    assert "monthly refresher" not in words(open_page(place, "alba", **asked)).lower()
    world.earn("alba")
    app = open_page(place, "alba", **asked)
    button(app, "Monthly refresher: 5 questions").click().run()
    assert "Question 1 of 5" in words(app)
    assert "next monthly refresher" in words(open_page(place, "alba", **asked))


def test_the_result_of_one_course_is_not_shown_on_another(world: World, open_page: Open) -> None:
    app = open_page("practice", "alba", course=COURSE)
    button(app, "Start practising").click().run()
    button(app, "End this practice here").click().run()
    assert "Practice ended" in words(app)
    app.query_params["course"] = "needling-for-scars"
    app.run()
    assert "Practice ended" not in words(app)
    button(app, "Start practising").click().run()
    assert "Question 1 of" in words(app)
