"""The real server is killed at random moments while people answer; nothing acknowledged is lost.

Clients speak Streamlit's own protocol, several at once. Every answer that a screen called saved
must be in the database afterwards, once, and no deadline may have moved. The number of kills is
`PINPOINT_KILLS`; a release is tried with 200 on each database.
"""

import asyncio
import os
import random
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import col, select
from websockets.exceptions import WebSocketException

from base.academy import SESSION_COOKIE
from base.audit import audit_break
from base.permissions import Role
from quizbank.attempts import Action
from quizbank.queries.sitting import sitting
from quizbank.tables.attempts import StepRow
from tests.content import before_the_cases
from tests.factories import World
from tests.load_client import Tab, open_tab, options_of
from tests.server import WarmServer

KILLS = int(os.environ.get("PINPOINT_KILLS", "8"))
PEOPLE = 4
# From the moment at which everybody sits: in this time a person answers several questions.
LONGEST_RUN_SECONDS = 0.6


@dataclass
class Sitter:
    """Somebody who answers, and remembers what the screen said was saved.

    `in_flight` is a click whose end nobody saw: it may have been saved or not, but only once.
    """

    name: str
    attempt: str
    cookie: str
    deadline: datetime | None
    saved: dict[int, str] = field(default_factory=dict[int, str])
    acknowledged: int = 0
    in_flight: tuple[int, str] | None = None
    landed: int = 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killing_the_server_loses_no_acknowledged_answer(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server = _server(kind, request, tmp_path)
    sitters = [_sit_down(server.world, f"sitter{number}") for number in range(PEOPLE)]
    rng = random.Random(20_261_122)
    try:
        for _ in range(KILLS):
            server.start()
            asyncio.run(_answer_until_killed(server, sitters, rng))
            for sitter in sitters:
                _nothing_is_lost(server.world, sitter)
        with server.world.looking("audi") as tx:
            assert audit_break(tx) is None
    finally:
        server.close()
    acknowledged = sum(one.acknowledged for one in sitters)
    landed = sum(one.landed for one in sitters)
    print(f"{kind}: {KILLS} kills, {acknowledged} acknowledged, {landed} more landed, 0 lost")  # noqa: T201 the figures that a release is judged by
    assert acknowledged > KILLS


def _server(kind: str, request: pytest.FixtureRequest, folder: Path) -> WarmServer:
    if kind == "postgresql":
        world: World = request.getfixturevalue("postgres_world")
        server = WarmServer(folder, database_url=world.config.database_url)
        server.world.cast = world.cast
    else:
        shutil.copyfile(request.getfixturevalue("course_file"), folder / "pinpoint.db")
        server = WarmServer(folder)
        server.world.gather_cast()
    return server


def _sit_down(world: World, name: str) -> Sitter:
    world.join(name, Role.LEARNER)
    attempt = world.start_exam(name)
    with world.looking(name) as tx:
        deadline = sitting(tx, attempt).deadline
    return Sitter(name, attempt, world.sign_in(name), deadline)


async def _answer_until_killed(
    server: WarmServer, sitters: list[Sitter], rng: random.Random
) -> None:
    seated = asyncio.Semaphore(0)
    answering = [
        asyncio.create_task(_answer_on(server, sitter, seated, random.Random(rng.random())))
        for sitter in sitters
    ]
    for _ in sitters:
        await seated.acquire()
    await asyncio.sleep(rng.uniform(0, LONGEST_RUN_SECONDS))
    server.stop(kill=True)
    await asyncio.gather(*answering)


async def _answer_on(
    server: WarmServer, sitter: Sitter, seated: asyncio.Semaphore, rng: random.Random
) -> None:
    cookie = f"{SESSION_COOKIE}={sitter.cookie}"
    # The tab's name stands in its address, so that it goes on without a question.
    address = f"{server.url}/exam?tab={sitter.name}"
    try:
        with suppress(WebSocketException, OSError):
            async with open_tab(address, cookie) as tab:
                await tab.load()
                await _go_to_a_choice(tab, rng)
                seated.release()
                while True:
                    await _answer(tab, sitter, rng)
                    await _go_to_a_choice(tab, rng)
    finally:
        # Who failed before sitting must not keep the others waiting: the test is to say why.
        seated.release()


async def _go_to_a_choice(tab: Tab, rng: random.Random) -> None:
    for _ in range(rng.randrange(1, 4)):
        with suppress(LookupError):
            await tab.click(tab.button("Next"))
    # On to the cases, then back: the last before them may all be of kinds without a choice.
    way, plain = "Next", before_the_cases()
    while _position(tab) > plain or not tab.radios():
        way = way if _position(tab) < plain else "Previous"
        await tab.click(tab.button(way))


async def _answer(tab: Tab, sitter: Sitter, rng: random.Random) -> None:
    (radio,) = tab.radios()
    position = _position(tab)
    option = rng.choice(options_of(radio))
    if sitter.saved.get(position) == option:
        return
    sitter.in_flight = (position, option)
    await tab.choose(radio, option)
    assert f"Answer to question {position} saved" in tab.saved(), tab.words()
    sitter.saved[position] = option
    sitter.acknowledged += 1
    sitter.in_flight = None


def _position(tab: Tab) -> int:
    found = re.search(r"Question (\d+) of 40", tab.words())
    assert found is not None, tab.words()
    return int(found.group(1))


def _nothing_is_lost(world: World, sitter: Sitter) -> None:
    _settle(world, sitter)
    for position, option in sitter.saved.items():
        assert _stands(world, sitter, position) == option
    with world.looking(sitter.name) as tx:
        assert sitting(tx, sitter.attempt).deadline == sitter.deadline
        steps = tx.session.exec(
            select(StepRow)
            .where(StepRow.attempt_id == sitter.attempt)
            .order_by(col(StepRow.number))
        ).all()
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    actions = [step.action for step in steps]
    assert actions.count(Action.ANSWERED) == sitter.acknowledged + sitter.landed
    assert Action.TAKEN_OVER not in actions


def _settle(world: World, sitter: Sitter) -> None:
    """What raced the kill has one outcome now; from here on it must stay."""
    if sitter.in_flight is None:
        return
    position, option = sitter.in_flight
    if _stands(world, sitter, position) == option:
        sitter.saved[position] = option
        sitter.landed += 1
    sitter.in_flight = None


def _stands(world: World, sitter: Sitter, position: int) -> str | None:
    with world.looking(sitter.name) as tx:
        item = sitting(tx, sitter.attempt, position).item
    assert item is not None
    texts = {choice.id: choice.text for choice in item.prompt.choices}
    return texts[str(item.response["option"])] if isinstance(item.response, dict) else None
