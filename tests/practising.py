"""Going through practice by the house's own commands."""

from collections.abc import Callable

from courses.commands.practice import start_session
from courses.practice_choice import Mode, Wanted
from quizbank.commands.attempts import finish_practice
from quizbank.confidence import UNASKED_KINDS, Confidence
from quizbank.items import Item
from tests.factories import COURSE, World, steps_to


def plain(item: Item) -> bool:
    """Tell whether an item is answered at once, so that one response can be wrong."""
    return not item.staged


def begin(world: World, mode: Mode, length: int = 10, objective: str = "", name="alba") -> str:
    """Start a session of the course and return its attempt."""
    with world.acting(name) as tx:
        return start_session(tx, COURSE, Wanted(mode, length, objective))


def go_through(
    world: World,
    attempt: str,
    said: Callable[[Item], Confidence] = lambda _: Confidence.CERTAIN,
    wrong: Callable[[Item], bool] = lambda _: False,
    name: str = "alba",
) -> None:
    """Answer every question of a session, and end it; cases are answered right in any case."""
    for position, item in world.items_of(attempt).items():
        confidence = None if item.kind in UNASKED_KINDS else said(item)
        missed = plain(item) and wrong(item)
        for response in [{"option": "none"}] if missed else steps_to(item, item.key()):
            world.practise(name, attempt, position, response, confidence)
    with world.acting(name) as tx:
        finish_practice(tx, attempt)
