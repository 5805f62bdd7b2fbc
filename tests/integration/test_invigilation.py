"""What invigilators see of running exams, and what they note; never a question or an answer."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from base.errors import Expired, Invalid, NotFound
from courses.commands.study import start_practice
from quizbank.attempts import Action
from quizbank.commands.accommodations import grant_accommodation
from quizbank.commands.attempts import take_over
from quizbank.commands.breaks import take_break
from quizbank.commands.incidents import note_on_attempt, note_on_window
from quizbank.commands.windows import WindowPlan, plan_window
from quizbank.queries.incidents import incidents_in, incidents_of
from quizbank.queries.invigilation import Seat, events_of, seat, seats, watched_windows
from quizbank.sittings import Adjustment
from tests.factories import COURSE, EXAM, World


def board(world: World, window: str | None = None) -> dict[str, Seat]:
    names = {world.actor(name).own_id: name for name in ("alba", "lena")}
    with world.looking("cato") as tx:
        return {names[one.person_id]: one for one in seats(tx, window)}


def room(world: World, minutes: int = 300) -> str:
    world.change_exam(windowed=True, break_minutes=5)
    closes = world.now + timedelta(minutes=minutes)
    with world.acting("cato") as tx:
        return plan_window(tx, WindowPlan(EXAM, "Room 1", world.now, closes))


def test_the_board_counts_what_is_answered_and_tells_the_last_sign_of_life(
    any_world: World,
) -> None:
    attempt = any_world.start_exam("alba")
    keys = {place: item.key() for place, item in any_world.items_of(attempt).items()}
    any_world.wait(minutes=3)
    for position in (1, 2, 3):
        any_world.answer("alba", attempt, position, keys[position])
    any_world.answer("alba", attempt, 1, keys[2])
    any_world.answer("alba", attempt, 2, None)
    last = any_world.now
    any_world.wait(minutes=9)
    told = board(any_world)["alba"]
    assert (told.answered, told.questions, told.last_sign) == (2, 40, last)
    assert told.closed_at is None
    assert not told.adjusted


def test_breaks_taken_over_tabs_and_adjusted_time_show_and_no_reason(any_world: World) -> None:
    window = room(any_world)
    with any_world.acting("dina") as tx:
        grant_accommodation(tx, any_world.actor("alba").own_id, Adjustment(1.5), "A letter.", 0)
    attempt = any_world.start_exam("alba")
    other = any_world.start_exam("lena")
    with any_world.acting("alba") as tx:
        take_over(tx, attempt, "phone")
        take_break(tx, attempt, 2, "phone")
    told = board(any_world, window)
    assert told["alba"].adjusted
    assert not told["lena"].adjusted
    assert told["alba"].taken_over == 1
    assert told["alba"].paused_until == any_world.now + timedelta(minutes=5)
    assert told["lena"].attempt_id == other
    with any_world.looking("cato") as tx:
        assert [one.action for one in events_of(tx, attempt)] == [
            Action.STARTED,
            Action.TAKEN_OVER,
            Action.PAUSED,
        ]
    assert {"response", "reason", "time_factor"}.isdisjoint(one.name for one in fields(Seat))


def test_late_answers_are_counted_and_a_window_keeps_who_handed_in(any_world: World) -> None:
    window = room(any_world)
    attempt = any_world.start_exam("alba")
    any_world.start_exam("lena")
    any_world.submit("alba", attempt)
    any_world.wait(minutes=61)
    with pytest.raises(Expired):
        any_world.answer("lena", board(any_world)["lena"].attempt_id, 1, {"option": "a"})
    assert set(board(any_world)) == {"lena"}
    told = board(any_world, window)
    assert told["alba"].closed_at is not None
    assert told["lena"].late == 1


def test_three_hundred_people_are_one_question_to_the_database(world: World) -> None:
    world.start_exam("alba")
    asked: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(world.database.engine, "before_cursor_execute", hear)
    with world.looking("cato") as tx:
        seats(tx)
        asked.clear()
        seats(tx)
    assert len([one for one in asked if one.startswith("SELECT")]) == 1


def test_practice_is_nobody_s_to_watch(world: World) -> None:
    with world.acting("alba") as tx:
        attempt = start_practice(tx, COURSE)
    assert board(world) == {}
    with world.looking("cato") as tx, pytest.raises(NotFound):
        seat(tx, attempt)
    with world.acting("cato") as tx, pytest.raises(NotFound):
        note_on_attempt(tx, attempt, "Talked.")


def test_notes_are_appended_with_who_and_when_and_stand_at_the_result(any_world: World) -> None:
    window = room(any_world)
    attempt, other = any_world.start_exam("alba"), any_world.start_exam("lena")
    with any_world.acting("cato") as tx:
        note_on_attempt(tx, attempt, " Left for a minute. ")
    any_world.wait(minutes=5)
    with any_world.acting("dina") as tx:
        note_on_window(tx, window, "The fire alarm rang for two minutes.")
    with any_world.looking("audi") as tx:
        told = incidents_of(tx, attempt)
        assert [one.text for one in incidents_of(tx, other)] == [told[1].text]
    assert [(one.person, one.text, one.whole_room) for one in told] == [
        ("Cato", "Left for a minute.", False),
        ("Dina", "The fire alarm rang for two minutes.", True),
    ]
    with any_world.looking("cato") as tx:
        assert len(incidents_in(tx, window)) == 1
        assert seat(tx, attempt).notes == 1


@pytest.mark.parametrize("text", ["  ", "x" * 2001])
def test_a_note_has_words_and_not_too_many(world: World, text: str) -> None:
    attempt = world.start_exam("alba")
    with world.acting("cato") as tx, pytest.raises(Invalid):
        note_on_attempt(tx, attempt, text)


def test_windows_are_watched_from_the_day_before_until_a_week_after(world: World) -> None:
    window = room(world, minutes=60)
    for days, seen in ((0, [window]), (6, [window]), (8, [])):
        world.wait(days=days)
        with world.looking("cato") as tx:
            assert [one.id for one in watched_windows(tx)] == seen
        world.wait(days=-days)
