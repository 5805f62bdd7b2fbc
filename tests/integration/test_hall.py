"""A hall with two seats: who sits is let in always, who comes waits in order."""

import pytest

from base.errors import Conflict
from base.permissions import Role
from courses.commands.study import start_final_exam, start_practice
from quizbank.commands.hall import queue_up
from quizbank.queries.hall import place_in_queue
from tests.factories import COURSE, World

PEOPLE = [f"guest{number}" for number in range(5)]


@pytest.fixture
def hall(any_world: World) -> World:
    """Everybody is ready to start; two can."""
    any_world.config = any_world.config.model_copy(update={"seats": 2})
    for name in PEOPLE:
        any_world.join(name, Role.LEARNER)
        any_world.study(name)
    return any_world


def start(hall: World, name: str) -> str:
    with hall.acting(name) as tx:
        return start_final_exam(tx, COURSE, consent=True)


def ask(hall: World, name: str) -> int:
    with hall.acting(name) as tx:
        return queue_up(tx)


def test_who_comes_to_a_full_hall_is_told_the_number_and_gets_in_in_order(hall: World) -> None:
    attempts = [start(hall, name) for name in PEOPLE[:2]]
    with pytest.raises(Conflict, match="The hall is full, you are number 1"):
        start(hall, PEOPLE[2])
    for place, name in enumerate(PEOPLE[2:], start=1):
        hall.wait(seconds=1)
        assert ask(hall, name) == place
    assert [ask(hall, name) for name in PEOPLE[2:]] == [1, 2, 3]
    hall.submit(PEOPLE[0], attempts[0])
    assert [ask(hall, name) for name in PEOPLE[2:]] == [0, 1, 2]
    with pytest.raises(Conflict, match="you are number 1"):
        start(hall, PEOPLE[3])
    start(hall, PEOPLE[2])
    assert [ask(hall, name) for name in PEOPLE[3:]] == [1, 2]


def test_who_sits_always_gets_back_in(hall: World) -> None:
    first = start(hall, PEOPLE[0])
    start(hall, PEOPLE[1])
    hall.wait(minutes=11)
    for name in PEOPLE[2:4]:
        # The first two have gone quiet: their seats are free for others meanwhile.
        start(hall, name)
    assert start(hall, PEOPLE[0]) == first
    hall.answer(PEOPLE[0], first, 1, {"option": "a"})


def test_who_stops_asking_loses_the_place_and_comes_back_at_the_end(hall: World) -> None:
    for name in PEOPLE[:2]:
        start(hall, name)
    for name in PEOPLE[2:4]:
        ask(hall, name)
        hall.wait(seconds=50)
    assert [ask(hall, name) for name in PEOPLE[2:4]] == [1, 2]
    hall.wait(seconds=110)
    assert ask(hall, PEOPLE[3]) == 2
    hall.wait(seconds=30)
    assert ask(hall, PEOPLE[3]) == 1
    assert ask(hall, PEOPLE[2]) == 2


def test_practice_needs_no_seat(hall: World) -> None:
    for name in PEOPLE[:2]:
        start(hall, name)
    with hall.acting(PEOPLE[2]) as tx:
        assert start_practice(tx, COURSE)
        assert place_in_queue(tx).number == 1
