"""The real server is killed at random moments while somebody answers; nothing acknowledged is lost.

A client speaks Streamlit's own protocol. Every answer that the screen acknowledged must be in the
database afterwards, once, and the deadline must not have moved.
"""

import asyncio
import random
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import select
from websockets.exceptions import WebSocketException

from base.academy import SESSION_COOKIE
from quizbank.attempts import Action
from quizbank.queries.attempts import sitting
from quizbank.tables.attempts import StepRow
from tests.factories import World
from tests.load_client import Tab, open_tab, options_of
from tests.server import Server

KILLS = 12


@dataclass
class Sitter:
    """Somebody who answers, and remembers what the screen acknowledged."""

    attempt: str
    cookie: str
    acknowledged: dict[int, str] = field(default_factory=dict[int, str])
    sent: int = 0
    in_flight: int = 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killing_the_server_loses_no_acknowledged_answer(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server = _server(kind, request, tmp_path)
    sitter = Sitter(server.world.start_exam("alba"), server.world.sign_in("alba"))
    deadline = _deadline(server.world, sitter)
    rng = random.Random(20_261_122)
    try:
        for _ in range(KILLS):
            server.start()
            asyncio.run(_answer_until_killed(server, sitter, rng))
            server.stop()
            _nothing_is_lost(server.world, sitter)
            assert _deadline(server.world, sitter) == deadline
    finally:
        server.close()
    assert len(sitter.acknowledged) > 5


def _server(kind: str, request: pytest.FixtureRequest, folder: Path) -> Server:
    if kind == "postgresql":
        world: World = request.getfixturevalue("postgres_world")
        server = Server(folder, database_url=world.config.database_url)
        server.world.cast = world.cast
    else:
        shutil.copyfile(request.getfixturevalue("course_file"), folder / "pinpoint.db")
        server = Server(folder)
        server.world.gather_cast()
    return server


async def _answer_until_killed(server: Server, sitter: Sitter, rng: random.Random) -> None:
    answers_before = rng.randrange(1, 6)
    cookie = f"{SESSION_COOKIE}={sitter.cookie}"
    with suppress(WebSocketException, OSError):
        async with open_tab(f"{server.url}/exam", cookie) as tab:
            await tab.load()
            for _ in range(answers_before):
                await _go_to_a_choice(tab, rng)
                await _answer(tab, sitter, rng)
            # The last click races the kill: whether it arrives is open, but it may not do harm.
            await _go_to_a_choice(tab, rng)
            click = asyncio.create_task(_answer(tab, sitter, rng))
            await asyncio.sleep(rng.uniform(0, 0.03))
            server.stop(kill=True)
            await click


async def _go_to_a_choice(tab: Tab, rng: random.Random) -> None:
    for _ in range(rng.randrange(1, 4)):
        with suppress(LookupError):
            await tab.click(tab.button("Next"))
    while not tab.radios():
        label = "Next" if _position(tab) < 40 else "Previous"
        await tab.click(tab.button(label))


async def _answer(tab: Tab, sitter: Sitter, rng: random.Random) -> None:
    (radio,) = tab.radios()
    position = _position(tab)
    option = rng.choice(options_of(radio))
    if sitter.acknowledged.get(position) == option:
        return
    sitter.sent += 1
    sitter.in_flight = position
    await tab.choose(radio, option)
    assert "Not saved" not in tab.words()
    sitter.acknowledged[position] = option
    sitter.in_flight = 0


def _position(tab: Tab) -> int:
    found = re.search(r"Question (\d+) of 40", tab.words())
    assert found is not None, tab.words()
    return int(found.group(1))


def _nothing_is_lost(world: World, sitter: Sitter) -> None:
    with world.looking("alba") as tx:
        for position, option in sitter.acknowledged.items():
            item = sitting(tx, sitter.attempt, position).item
            assert item is not None
            texts = {choice.id: choice.text for choice in item.prompt.choices}
            chosen = item.response["option"] if isinstance(item.response, dict) else None
            if position != sitter.in_flight:
                assert texts.get(str(chosen)) == option
        steps = tx.session.exec(select(StepRow).where(StepRow.attempt_id == sitter.attempt)).all()
    assert sorted(step.number for step in steps) == list(range(1, len(steps) + 1))
    answers = [step for step in steps if step.action == Action.ANSWERED]
    assert len(answers) <= sitter.sent
    if sitter.in_flight:
        _settle(world, sitter)


def _settle(world: World, sitter: Sitter) -> None:
    """What raced the kill has one outcome now; from here on it must stay."""
    with world.looking("alba") as tx:
        item = sitting(tx, sitter.attempt, sitter.in_flight).item
    assert item is not None
    texts = {choice.id: choice.text for choice in item.prompt.choices}
    if isinstance(item.response, dict):
        sitter.acknowledged[sitter.in_flight] = texts[str(item.response["option"])]
    sitter.in_flight = 0


def _deadline(world: World, sitter: Sitter) -> datetime | None:
    with world.looking("alba") as tx:
        return sitting(tx, sitter.attempt).deadline
