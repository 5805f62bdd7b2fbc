"""Breaks: the clock rests, nothing is shown, and what was seen before stays as it was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from base.errors import Conflict
from certs.commands.exams import submit_exam
from quizbank.attempts import Action
from quizbank.commands.accommodations import grant_accommodation
from quizbank.commands.attempts import save_answer, take_over
from quizbank.commands.breaks import end_break, open_question, take_break
from quizbank.commands.windows import WindowPlan, plan_window
from quizbank.queries.sitting import (
    Sitting,
    sitting,
)
from quizbank.sittings import Adjustment
from quizbank.tables.attempts import AttemptRow, StepRow
from tests.factories import EXAM, World, close_overdue_exams

MINUTE = timedelta(minutes=1)


def begin(world: World, minutes: int = 10) -> str:
    world.change_exam(break_minutes=minutes)
    return world.start_exam("alba")


def stands(world: World, attempt: str, position: int = 1) -> Sitting:
    with world.looking("alba") as tx:
        return sitting(tx, attempt, position)


def look_at(world: World, attempt: str, position: int) -> Sitting:
    with world.acting("alba") as tx:
        open_question(tx, attempt, sitting(tx, attempt).revision, position)
        return sitting(tx, attempt, position)


def rest(world: World, attempt: str) -> None:
    with world.acting("alba") as tx:
        take_break(tx, attempt, sitting(tx, attempt).revision)


def go_on(world: World, attempt: str) -> None:
    with world.acting("alba") as tx:
        end_break(tx, attempt)


def deadline(world: World, attempt: str) -> datetime:
    told = stands(world, attempt).deadline
    assert told is not None
    return told


def steps(world: World, attempt: str) -> list[tuple[str, datetime]]:
    with world.looking("system") as tx:
        rows = tx.session.exec(
            select(StepRow)
            .where(StepRow.attempt_id == attempt, col(StepRow.action).in_(list(Action)))
            .order_by(col(StepRow.number))
        )
        return [(row.action, row.at) for row in rows]


def test_a_break_moves_the_deadline_by_exactly_what_was_rested(any_world: World) -> None:
    attempt = begin(any_world)
    first = deadline(any_world, attempt)
    any_world.wait(minutes=20)
    rest(any_world, attempt)
    assert deadline(any_world, attempt) == first + 10 * MINUTE
    any_world.wait(minutes=4)
    go_on(any_world, attempt)
    assert deadline(any_world, attempt) == first + 4 * MINUTE
    told = stands(any_world, attempt).breaks
    assert told is not None
    assert told.left == 6 * MINUTE


def test_no_question_is_shown_in_a_break_and_none_before_it_is_known_as_seen(
    any_world: World,
) -> None:
    attempt = begin(any_world)
    assert stands(any_world, attempt).item is None
    shown = look_at(any_world, attempt, 1)
    assert shown.item is not None
    rest(any_world, attempt)
    assert stands(any_world, attempt).item is None
    go_on(any_world, attempt)
    assert stands(any_world, attempt).item is not None
    assert stands(any_world, attempt, 2).item is None


def test_what_was_seen_before_a_break_is_closed_and_its_answer_stands(any_world: World) -> None:
    attempt = begin(any_world)
    key = any_world.items_of(attempt)[1].key()
    look_at(any_world, attempt, 1)
    any_world.answer("alba", attempt, 1, key)
    look_at(any_world, attempt, 2)
    rest(any_world, attempt)
    with pytest.raises(Conflict, match="on a break"):
        any_world.answer("alba", attempt, 3, None)
    go_on(any_world, attempt)
    for position in (1, 2):
        with pytest.raises(Conflict, match="seen before your break"):
            any_world.answer("alba", attempt, position, None)
    any_world.answer("alba", attempt, 3, None)
    told = stands(any_world, attempt)
    assert told.frozen == {1, 2}
    assert told.item is not None
    assert told.item.response == key


def test_a_break_ends_by_itself_when_it_is_used_up(any_world: World) -> None:
    attempt = begin(any_world)
    first, began = deadline(any_world, attempt), any_world.now
    rest(any_world, attempt)
    any_world.wait(minutes=25)
    assert deadline(any_world, attempt) == first + 10 * MINUTE
    go_on(any_world, attempt)
    assert steps(any_world, attempt)[-1] == (Action.RESUMED, began + 10 * MINUTE)
    assert deadline(any_world, attempt) == first + 10 * MINUTE
    with pytest.raises(Conflict, match="no time left for breaks"):
        rest(any_world, attempt)


def test_forgotten_in_a_break_it_is_closed_at_the_deadline_that_the_break_moved(
    any_world: World,
) -> None:
    attempt = begin(any_world)
    first = deadline(any_world, attempt)
    any_world.wait(minutes=59)
    began = any_world.now
    rest(any_world, attempt)
    any_world.wait(minutes=11)
    with any_world.acting("system") as tx:
        assert close_overdue_exams(tx) == 0
    any_world.wait(minutes=1)
    with any_world.acting("system") as tx:
        assert close_overdue_exams(tx) == 1
        assert close_overdue_exams(tx) == 0
    assert steps(any_world, attempt)[-2:] == [
        (Action.RESUMED, began + 10 * MINUTE),
        (Action.CLOSED_AT_DEADLINE, first + 10 * MINUTE),
    ]


def test_no_break_moves_the_deadline_past_the_end_of_the_window(any_world: World) -> None:
    any_world.change_exam(windowed=True, break_minutes=30)
    closes = any_world.now + 70 * MINUTE
    with any_world.acting("cato") as tx:
        plan_window(tx, WindowPlan(EXAM, "Room 1", any_world.now, closes))
    attempt = any_world.start_exam("alba")
    any_world.wait(minutes=50)
    rest(any_world, attempt)
    assert deadline(any_world, attempt) == closes
    any_world.wait(minutes=5)
    go_on(any_world, attempt)
    assert deadline(any_world, attempt) == closes - 5 * MINUTE


def test_two_clicks_and_another_device_make_one_break(any_world: World) -> None:
    attempt = begin(any_world)
    revision = stands(any_world, attempt).revision

    def click(_: int) -> None:
        with any_world.acting("alba") as tx:
            take_break(tx, attempt, revision)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(click, range(8)))

    def back(_: int) -> None:
        with any_world.acting("alba") as tx:
            end_break(tx, attempt)

    any_world.wait(minutes=1)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(back, range(8)))
    told = [action for action, _ in steps(any_world, attempt)]
    assert told == [Action.STARTED, Action.PAUSED, Action.RESUMED]


def test_a_break_goes_on_on_another_device_which_alone_may_end_it(world: World) -> None:
    attempt = begin(world)
    with world.acting("alba") as tx:
        take_break(tx, attempt, 1, "laptop")
    with world.acting("alba") as tx:
        take_over(tx, attempt, "phone")
    with world.acting("alba") as tx, pytest.raises(Conflict, match="another tab"):
        end_break(tx, attempt, "laptop")
    with world.acting("alba") as tx:
        end_break(tx, attempt, "phone")
    assert stands(world, attempt).breaks is not None


def test_a_stale_tab_takes_no_break(world: World) -> None:
    attempt = begin(world)
    look_at(world, attempt, 1)
    with world.acting("alba") as tx, pytest.raises(Conflict, match="went on in another tab"):
        take_break(tx, attempt, 1)


def test_submitted_in_a_break_it_ends_with_both(world: World) -> None:
    attempt = begin(world)
    rest(world, attempt)
    world.wait(minutes=2)
    with world.acting("alba") as tx:
        submit_exam(tx, attempt)
    assert [action for action, _ in steps(world, attempt)[-2:]] == [
        Action.RESUMED,
        Action.SUBMITTED,
    ]


def test_granted_pauses_add_to_the_breaks_of_everybody(world: World) -> None:
    with world.acting("dina") as tx:
        grant_accommodation(tx, world.actor("alba").own_id, Adjustment(1, 20), "A letter.", 0)
    attempt = begin(world)
    with world.looking("alba") as tx:
        assert tx.session.get_one(AttemptRow, attempt).pause_seconds == 30 * 60


def test_an_exam_without_breaks_shows_its_questions_at_once_and_notes_nothing(
    world: World,
) -> None:
    attempt = world.start_exam("alba")
    assert stands(world, attempt).item is not None
    assert look_at(world, attempt, 1).revision == 1
    with world.acting("alba") as tx, pytest.raises(Conflict, match="no time left"):
        take_break(tx, attempt, 1)
    with world.acting("alba") as tx:
        end_break(tx, attempt)
        assert save_answer(tx, attempt, 1, 1, None) == 2
