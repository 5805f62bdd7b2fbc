"""A double click or a replayed request does once what it says."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import col, func, select

from certs.commands.exams import submit_exam
from certs.queries.own import my_credentials
from courses.commands.study import start_final_exam
from quizbank.commands.attempts import save_answer, set_flag, take_over
from quizbank.tables.attempts import AttemptRow, StepRow
from quizbank.tables.decisions import DecisionRow
from quizbank.tables.exams import FormRow
from tests.factories import COURSE, World

TAB = "desk"


def twice(action: Callable[[], object]) -> set[object]:
    return {action(), action()}


def twenty_at_once(action: Callable[[], object]) -> set[object]:
    with ThreadPoolExecutor(20) as pool:
        return set(pool.map(lambda _: action(), range(20)))


@pytest.fixture(params=[twice, twenty_at_once])
def repeat(request: pytest.FixtureRequest) -> Callable[[Callable[[], object]], set[object]]:
    return request.param


Repeat = Callable[[Callable[[], object]], set[object]]


def start(world: World) -> str:
    with world.acting("alba") as tx:
        return start_final_exam(tx, COURSE, consent=True, tab=TAB)


def steps(world: World, attempt: str) -> list[str]:
    with world.looking("alba") as tx:
        rows = select(StepRow).where(StepRow.attempt_id == attempt).order_by(col(StepRow.number))
        found = tx.session.exec(rows).all()
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    return [one.action for one in found]


def how_many(world: World, table: type) -> int:
    with world.looking("alba") as tx:
        return tx.session.exec(select(func.count()).select_from(table)).one()


def test_starting(any_world: World, repeat: Repeat) -> None:
    any_world.study("alba")
    (attempt,) = repeat(lambda: start(any_world))
    assert steps(any_world, str(attempt)) == ["started"]
    assert (how_many(any_world, AttemptRow), how_many(any_world, FormRow)) == (1, 1)


def test_answering(any_world: World, repeat: Repeat) -> None:
    any_world.study("alba")
    attempt = start(any_world)

    def answer() -> int:
        with any_world.acting("alba") as tx:
            return save_answer(tx, attempt, 1, 1, {"option": "a"}, tab=TAB)

    assert repeat(answer) == {2}
    assert steps(any_world, attempt) == ["started", "answered"]


def test_flagging(any_world: World, repeat: Repeat) -> None:
    any_world.study("alba")
    attempt = start(any_world)

    def flag() -> int:
        with any_world.acting("alba") as tx:
            return set_flag(tx, attempt, 1, 3, True, tab=TAB)

    assert repeat(flag) == {2}
    assert steps(any_world, attempt) == ["started", "flagged"]


def test_taking_over(any_world: World, repeat: Repeat) -> None:
    any_world.study("alba")
    attempt = start(any_world)

    def take() -> None:
        with any_world.acting("alba") as tx:
            take_over(tx, attempt, "phone")

    repeat(take)
    assert steps(any_world, attempt) == ["started", "taken over"]


def test_submitting(any_world: World, repeat: Repeat) -> None:
    any_world.study("alba")
    attempt = start(any_world)
    any_world.answer_all("alba", attempt)

    def submit() -> object:
        with any_world.acting("alba") as tx:
            verdict = submit_exam(tx, attempt, TAB)
        assert verdict is not None
        return verdict.decision_id

    assert len(repeat(submit)) == 1
    assert steps(any_world, attempt).count("submitted") == 1
    assert how_many(any_world, DecisionRow) == 1
    with any_world.looking("alba") as tx:
        assert len(my_credentials(tx)) == 1
