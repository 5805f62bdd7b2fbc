"""Twice as many people as there are seats: do those who sit feel those who wait?"""

import asyncio
import json
import os
import random
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.clicks import TAB, Clicks, one_load
from tests.bench.people import arriving_people, course_database, sitting_people
from tests.bench.servers import Server, academy_server, watching
from tests.bench.table import Line
from tests.load_client import open_tab

SEATS = int(os.environ.get("BENCH_SEATS", "300"))
_THINK = 2.0
_SECONDS = 12.0
# As `ui/sitting/hall.py` asks.
_ASKS_EVERY = 15.0


def measure(folder: Path) -> list[Line]:
    """Measure those who sit, alone and with as many again in front of the hall."""
    prepared = folder / "crowd.db"
    course_database(prepared)
    sitting = sitting_people(prepared, SEATS)
    arriving = arriving_people(prepared, SEATS)
    with academy_server(prepared, seats=SEATS) as server:
        alone = asyncio.run(_load(server, sitting, []))
        crowded = asyncio.run(_load(server, sitting, arriving))
        place = _ask(server, arriving[-1])
    load = f"{SEATS} sit, think {_THINK:g} s"
    return [
        Line("Hall: answer click, nobody waits", load, alone.figures),
        Line(
            f"Hall: answer click, {SEATS} wait",
            load,
            crowded.figures,
            f"the last one is number {place}",
            "not felt",
        ),
    ]


async def _load(server: Server, sitting: Sequence[str], arriving: Sequence[str]) -> Clicks:
    address = f"{server.address}/exam?tab={TAB}"
    waiting = [asyncio.create_task(_wait(server, one)) for one in arriving]
    with watching(server) as noise:
        clicks = await one_load(address, sitting, SEATS, _THINK, _SECONDS)
    clicks.noise = noise.mark
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    return clicks


async def _wait(server: Server, cookie: str) -> None:
    """Open the exam's page some time in the first seconds, then ask for a seat again and again."""
    await asyncio.sleep(random.uniform(0, _ASKS_EVERY))
    async with open_tab(f"{server.address}/exam", cookie) as tab:
        await tab.load()
        while True:
            await asyncio.to_thread(_ask, server, cookie)
            await asyncio.sleep(_ASKS_EVERY * random.uniform(0.8, 1.2))


def _ask(server: Server, cookie: str) -> int:
    """Ask for a seat, and return the number in the queue."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", "/hall", headers={"Cookie": cookie})
    response = connection.getresponse()
    said = response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"/hall answered {response.status}")
    return int(json.loads(said)["place"])
