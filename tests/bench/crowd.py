"""600 people before a hall of 200 seats: do those who sit feel those who come and wait?"""

import asyncio
import json
import os
import random
from collections.abc import Sequence
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter

from base.config import Config
from tests.bench.clicks import TAB, Clicks, Room, fill
from tests.bench.people import arriving_people, course_database, sitting_people
from tests.bench.servers import Server, academy_server, watching
from tests.bench.table import Line, milliseconds, quantile
from tests.load_client import open_tab

SEATS = int(os.environ.get("BENCH_SEATS", str(Config().seats)))
_PEOPLE = 600
_THINK = 2.0
_SECONDS = 20.0
# All of them come while the others sit, and have been told their number before those end.
_COME_WITHIN = 15.0
# As `web/shell.py` asks before the door, and `ui/sitting/hall.py` before the hall.
_FIRST_ASKS_AFTER = 2.0
_ASKS_EVERY = 15.0


def measure(folder: Path) -> list[Line]:
    """Measure those who sit, alone and while all the others come to the hall."""
    prepared = folder / "crowd.db"
    course_database(prepared)
    sitting = sitting_people(prepared, SEATS)
    arriving = arriving_people(prepared, _PEOPLE - SEATS)
    with academy_server(prepared, seats=SEATS) as server:
        alone, _ = asyncio.run(_load(server, sitting, []))
        crowded, told = asyncio.run(_load(server, sitting, arriving))
    load = f"{SEATS} sit, think {_THINK:g} s"
    return [
        Line("Hall: answer click, nobody comes", load, alone.figures),
        Line(
            f"Hall: answer click, {len(arriving)} come",
            f"{load}; the others within {_COME_WITHIN:g} s",
            crowded.figures,
            _said(told, len(arriving)),
            "p95 < 500 ms",
        ),
    ]


def _said(told: Sequence[float], coming: int) -> str:
    if not told:
        return "nobody was told a number"
    p50, p95 = (milliseconds(quantile(told, share)) for share in (0.5, 0.95))
    return f"{len(told)} of {coming} told their number, p50 {p50}, p95 {p95}"


async def _load(
    server: Server, sitting: Sequence[str], arriving: Sequence[str]
) -> tuple[Clicks, list[float]]:
    room, told = Room(Clicks(SEATS, _THINK, _SECONDS)), list[float]()
    waiting = [asyncio.create_task(_wait(room, server, one, told)) for one in arriving]
    with watching(server) as noise:
        await fill(room, f"{server.address}/exam?tab={TAB}", sitting)
    room.clicks.noise = noise.mark
    for one in waiting:
        one.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*waiting)
    return room.clicks, told


async def _wait(room: Room, server: Server, cookie: str, told: list[float]) -> None:
    """Open the exam's page once the others sit, then ask for a seat again and again."""
    await room.start.wait()
    await asyncio.sleep(random.uniform(0, _COME_WITHIN))
    came = perf_counter()
    async with open_tab(f"{server.address}/exam", cookie) as tab:
        loading = asyncio.create_task(tab.load())
        await asyncio.wait({loading}, timeout=_FIRST_ASKS_AFTER)
        asked = "/hall" if loading.done() else "/door"
        if await asyncio.to_thread(_ask, server, cookie, asked):
            told.append(perf_counter() - came)
        await loading
        while True:
            await asyncio.to_thread(_ask, server, cookie, "/hall")
            await asyncio.sleep(_ASKS_EVERY * random.uniform(0.8, 1.2))


def _ask(server: Server, cookie: str, asked: str) -> int:
    """Ask for one's number in the line before the door, or before the hall."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", asked, headers={"Cookie": cookie})
    response = connection.getresponse()
    said = response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{asked} answered {response.status}")
    return int(json.loads(said)["place"])
