import asyncio
from collections.abc import Callable
from itertools import count

import pytest

from web.line import Line

ON_TIME, LATE = 0.051, 0.3


def stepping(seconds: float) -> Callable[[], float]:
    """A clock that is so much later whenever it is looked at, as where the loop is that late."""
    ticks = count()
    return lambda: next(ticks) * seconds


def test_whoever_comes_alone_walks_in() -> None:
    now = 0.0
    line = Line(lambda: now)
    assert line.walks_in()
    assert not line.walks_in()
    now = 0.3
    assert line.walks_in()


def test_they_come_in_one_by_one_in_the_order_in_which_they_came() -> None:
    async def story() -> tuple[list[str], list[int]]:
        line, came_in, places = Line(stepping(ON_TIME)), list[str](), list[int]()

        async def stand(name: str) -> None:
            await line.wait(name)
            came_in.append(name)
            places.extend(line.place(one) for one in "abc")

        async with asyncio.TaskGroup() as group:
            for name in "abc":
                group.create_task(stand(name))
        return came_in, places

    assert asyncio.run(story()) == (["a", "b", "c"], [0, 1, 2, 0, 0, 1, 0, 0, 0])


def test_nobody_walks_past_those_who_wait() -> None:
    async def story() -> bool:
        now = 0.0
        line = Line(lambda: now)
        waiting = asyncio.create_task(line.wait("a"))
        await asyncio.sleep(0)
        now = 10.0
        walked_in = line.walks_in()
        waiting.cancel()
        return walked_in

    assert not asyncio.run(story())


@pytest.mark.parametrize(("step", "looks"), [(ON_TIME, 1), (LATE, 2)])
def test_while_the_loop_is_late_only_one_a_second_comes_in(step: float, looks: int) -> None:
    async def story() -> int:
        ticks = count()
        line = Line(lambda: next(ticks) * step)
        line.walks_in()
        await line.wait("a")
        # Two looks at the clock a tick, after the two of walking in.
        return (next(ticks) - 2) // 2

    assert asyncio.run(story()) == looks


def test_who_goes_away_leaves_the_line() -> None:
    async def story() -> list[int]:
        line = Line(stepping(ON_TIME))
        waiting = {name: asyncio.create_task(line.wait(name)) for name in "ab"}
        await asyncio.sleep(0)
        before = line.place("b")
        waiting["a"].cancel()
        await asyncio.sleep(0)
        after = line.place("b")
        await waiting["b"]
        return [before, after, line.place("a")]

    assert asyncio.run(story()) == [2, 1, 0]
