"""One exam, several tabs and devices: one writes, the others are told, nothing is overwritten."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import col, select

from base.errors import AppError, Conflict, Expired
from certs.commands.exams import submit_exam
from courses.commands.study import start_final_exam, start_practice
from quizbank.attempts import Action
from quizbank.commands.attempts import save_answer, set_flag, take_over
from quizbank.confidence import Confidence
from quizbank.queries.sitting import (
    Sitting,
    sitting,
)
from quizbank.tables.attempts import StepRow
from tests.factories import COURSE, World

ELSEWHERE = "open in another tab or on another device"
ONE, OTHER = {"option": "from the first"}, {"option": "from the second"}


def started(world: World, tab: str | None = "desk") -> str:
    world.study("alba")
    with world.acting("alba") as tx:
        return start_final_exam(tx, COURSE, consent=True, tab=tab)


def sat(world: World, attempt: str) -> Sitting:
    with world.looking("alba") as tx:
        return sitting(tx, attempt, 1)


def response(world: World, attempt: str) -> object:
    item = sat(world, attempt).item
    assert item is not None
    return item.response


def save(world: World, attempt: str, tab: str | None, given: dict[str, str]) -> int:
    with world.acting("alba") as tx:
        return save_answer(tx, attempt, sat(world, attempt).revision, 1, dict(given), tab=tab)


def actions(world: World, attempt: str) -> list[str]:
    with world.looking("alba") as tx:
        steps = select(StepRow).where(StepRow.attempt_id == attempt).order_by(col(StepRow.number))
        return [step.action for step in tx.session.exec(steps)]


def test_only_the_tab_that_started_it_writes_until_another_takes_over(any_world: World) -> None:
    attempt = started(any_world)
    save(any_world, attempt, "desk", ONE)
    for stranger in ("phone", None):
        with pytest.raises(Conflict, match=ELSEWHERE):
            save(any_world, attempt, stranger, OTHER)
        with pytest.raises(Conflict, match=ELSEWHERE), any_world.acting("alba") as tx:
            set_flag(tx, attempt, 2, 1, True, tab=stranger)
        with pytest.raises(Conflict, match=ELSEWHERE), any_world.acting("alba") as tx:
            submit_exam(tx, attempt, stranger)
    assert response(any_world, attempt) == ONE
    with any_world.acting("alba") as tx:
        take_over(tx, attempt, "phone")
    assert sat(any_world, attempt).revision == 3
    with pytest.raises(Conflict, match=ELSEWHERE):
        save(any_world, attempt, "desk", ONE)
    save(any_world, attempt, "phone", OTHER)
    assert response(any_world, attempt) == OTHER
    assert actions(any_world, attempt) == ["started", "answered", "taken over", "answered"]
    with any_world.acting("alba") as tx:
        assert submit_exam(tx, attempt, "phone") is not None


def test_taking_over_moves_no_deadline_and_loses_no_answer(world: World) -> None:
    attempt = started(world)
    save(world, attempt, "desk", ONE)
    before = sat(world, attempt)
    world.wait(minutes=5)
    with world.acting("alba") as tx:
        take_over(tx, attempt, "phone")
    after = sat(world, attempt)
    assert (after.deadline, after.answered) == (before.deadline, before.answered)
    assert (before.tab, after.tab) == ("desk", "phone")


def test_an_attempt_without_a_tab_belongs_to_the_first_that_writes(any_world: World) -> None:
    attempt = started(any_world, tab=None)
    save(any_world, attempt, "desk", ONE)
    with pytest.raises(Conflict, match=ELSEWHERE):
        save(any_world, attempt, "phone", OTHER)


def test_twenty_tabs_at_once_leave_one_that_writes(any_world: World) -> None:
    attempt = started(any_world, tab=None)

    def write(number: int) -> bool:
        try:
            with any_world.acting("alba") as tx:
                save_answer(tx, attempt, 1, 1, {"option": str(number)}, tab=f"tab {number}")
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(write, range(20))) == 1
    assert actions(any_world, attempt) == ["started", "answered"]


def test_nobody_takes_over_what_has_ended_or_is_over_time(world: World) -> None:
    attempt = started(world)
    world.wait(minutes=61)
    with pytest.raises(Expired, match="time is up"), world.acting("alba") as tx:
        take_over(tx, attempt, "phone")
    with world.acting("alba") as tx:
        # Time is up for every tab, so any of them may bring the exam to its end.
        assert submit_exam(tx, attempt, "phone") is not None
        assert submit_exam(tx, attempt, "a third") is not None
    with pytest.raises(AppError), world.acting("alba") as tx:
        take_over(tx, attempt, "desk")
    assert actions(world, attempt) == ["started", Action.CLOSED_AT_DEADLINE]


def test_practice_asks_no_tab(world: World) -> None:
    with world.acting("alba") as tx:
        attempt = start_practice(tx, COURSE)
    assert sat(world, attempt).tab is None
    place, item = next(one for one in world.items_of(attempt).items() if not one[1].staged)
    world.practise("alba", attempt, place, item.key(), Confidence.GUESS)
    assert sat(world, attempt).tab is None
