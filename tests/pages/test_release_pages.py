"""The releases, and what a trainee sees while a result is held, run without a browser."""

from typing import Any

from certs.commands.exams import submit_exam
from quizbank.queries.exams import exam_offer
from tests.factories import COURSE, EXAM, World
from tests.pages.screens import Open, button, field, words


def held(world: World, name: str = "alba", **changes: Any) -> str:
    with world.looking(name) as tx:
        rules = exam_offer(tx, EXAM).rules
    world.give_exam(rules.model_validate(rules.model_dump() | {"release": "held"} | changes))
    attempt = world.start_exam(name)
    world.answer_all(name, attempt)
    with world.acting(name) as tx:
        submit_exam(tx, attempt)
    return attempt


def test_nothing_waits(open_page: Open) -> None:
    assert "No result waits to be released" in words(open_page("releases", "cato"))


def test_a_trainee_reads_everywhere_that_the_result_will_be_released(
    world: World, open_page: Open
) -> None:
    attempt = held(world)
    app = open_page("result", "alba", attempt=attempt)
    assert not app.exception
    assert "Handed in; your result will be released by the academy" in words(app)
    assert "Passed" not in words(app)
    for page in ("course", "home", "exam"):
        said = words(open_page(page, "alba", **({} if page == "home" else {"course": COURSE})))
        assert "will be released by the academy" in said


def test_results_are_chosen_and_released_together(world: World, open_page: Open) -> None:
    attempts = {name: held(world, name) for name in ("alba", "lena")}
    app = open_page("releases", "cato")
    assert "**2 results wait;**" in words(app)
    assert button(app, "Release 0 results").disabled
    app = button(app, "Choose all 2").click().run()
    app = button(app, "Release 2 results").click().run()
    assert not app.exception
    assert "2 results released." in words(app)
    assert "No result waits" in words(app)
    for name, attempt in attempts.items():
        assert "**Passed.**" in words(open_page("result", name, attempt=attempt))


def test_two_people_agree_and_release(world: World, open_page: Open) -> None:
    attempt = held(world, release="second person")
    app = open_page("releases", "cato")
    field(app.checkbox, "**Alba**").check().run()
    app = button(app, "Agree to 1 result").click().run()
    assert "Agreed to 1 result. Another person releases it." in words(app)
    assert "Waiting for another person" in words(app)
    assert not [one for one in app.button if one.label.startswith("Release")]
    app = open_page("releases", "dina")
    assert "Cato agreed" in words(app)
    field(app.checkbox, "**Alba**").check().run()
    app = button(app, "Release 1 result").click().run()
    assert "1 result released." in words(app)
    said = words(open_page("results", "audi", attempt=attempt))
    assert "Cato agreed to this result, 23 November 2026" in said
    assert "Dina released it" in said


def test_who_reads_a_held_result_is_told_that_it_is_held(world: World, open_page: Open) -> None:
    attempt = held(world)
    assert "Not released" in words(open_page("results", "cato", attempt=attempt))
