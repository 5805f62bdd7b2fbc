"""Before the start: one's own time, the window, its password and its codes."""

from datetime import timedelta
from typing import Any

from quizbank.commands.accommodations import grant_accommodation
from quizbank.commands.windows import WindowPlan, make_codes, plan_window
from quizbank.sittings import Adjustment
from tests.factories import COURSE, EXAM, World
from tests.pages.screens import Open, button, field, words

CODE = "Invitation code, if you were given one"
PASSWORD = "Password, read out in the room"


def plan(world: World, begins: int, ends: int, **said: Any) -> str:
    world.study("alba")
    world.change_exam(windowed=True)
    opens, closes = (world.now + timedelta(minutes=one) for one in (begins, ends))
    with world.acting("cato") as tx:
        return plan_window(tx, WindowPlan(EXAM, "Room 1", opens, closes, **said))


def agree_and_start(app: Any) -> None:
    app.checkbox[0].check().run()
    button(app, "Start the exam").click().run()


def test_a_trainee_reads_their_own_time_before_the_start_and_no_reason(
    world: World, open_page: Open
) -> None:
    world.study("alba")
    with world.acting("dina") as tx:
        granted = Adjustment(1.25, 20, larger_text=True)
        grant_accommodation(tx, world.actor("alba").own_id, granted, "A letter.", 0)
    app = open_page("exam", "alba", course=COURSE)
    assert "Your time: 75 minutes (1.25 times)." in words(app)
    assert "Your breaks: 20 minutes in all." in words(app)
    assert "letter" not in words(app)
    assert any("130%" in str(one.proto.body) for one in app.get("html"))
    others = open_page("exam", "lena", course=COURSE)
    assert "Your time" not in words(others)
    assert not any("130%" in str(one.proto.body) for one in others.get("html"))


def test_a_window_that_is_to_come_says_when_and_starts_nothing(
    world: World, open_page: Open
) -> None:
    plan(world, begins=90, ends=200)
    app = open_page("exam", "alba", course=COURSE)
    assert "**Room 1** opens on 23 November 2026, 10:30 UTC" in words(app)
    assert "Start the exam" not in [one.label for one in app.button]


def test_a_window_that_closes_early_says_what_is_left(world: World, open_page: Open) -> None:
    plan(world, begins=0, ends=45)
    app = open_page("exam", "alba", course=COURSE)
    assert "you have 45 minutes instead of 60 minutes" in words(app)


def test_the_password_of_the_room_starts_the_exam_and_a_wrong_one_says_so(
    world: World, open_page: Open
) -> None:
    plan(world, begins=0, ends=200, password="heron")
    app = open_page("exam", "alba", course=COURSE)
    field(app.text_input, PASSWORD).set_value("stork")
    agree_and_start(app)
    assert "This is not right, or no longer." in words(app)
    for _ in range(5):
        button(app, "Start the exam").click().run()
    assert "Too many wrong passwords or codes." in words(app)
    world.wait(minutes=20)
    field(app.text_input, PASSWORD).set_value("Heron")
    button(app, "Start the exam").click().run()
    assert "Question 1 of 40" in words(app)


def test_a_code_lets_its_holder_in(world: World, open_page: Open) -> None:
    window = plan(world, begins=0, ends=200, invited_only=True)
    with world.acting("cato") as tx:
        (code,) = make_codes(tx, window, 1)
    app = open_page("exam", "alba", course=COURSE)
    field(app.text_input, CODE).set_value("AAAAA-BBBBB")
    button(app, "Use the code").click().run()
    assert "This is not right, or no longer." in words(app)
    field(app.text_input, CODE).set_value(code)
    button(app, "Use the code").click().run()
    assert "**Room 1**, open until" in words(app)
    agree_and_start(app)
    assert "Question 1 of 40" in words(app)
