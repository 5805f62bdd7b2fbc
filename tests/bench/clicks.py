"""The click that matters: choosing an answer in the exam, against a bare Streamlit page."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from tests.bench.people import course_database, sitting_people
from tests.bench.servers import Server, academy_server, bare_server, tuned_server, watching
from tests.bench.table import Line, milliseconds, quantile
from tests.load_client import Tab, open_tab, options_of

SECONDS = 8.0
# How many people, and how long each thinks between two clicks, in seconds.
LOADS = ((1, 0.0), (20, 0.0), (100, 0.0), (300, 2.0))
_LOADING_AT_ONCE = 8
# One load after the other sits the same exams, and so must be the same tab.
TAB = "bench"


@dataclass
class Clicks:
    """What came of one load: the latency in seconds of every click that ended in time."""

    people: int
    think: float
    seconds: float
    latencies: list[float] = field(default_factory=list[float])
    noise: str = ""

    @property
    def rate(self) -> float:
        """Clicks a second."""
        return len(self.latencies) / self.seconds

    @property
    def figures(self) -> str:
        """Rate, median and 95th percentile, as text."""
        if not self.latencies:
            return "no click ended in time"
        p50, p95 = (milliseconds(quantile(self.latencies, share)) for share in (0.5, 0.95))
        return f"{self.rate:.0f}/s, p50 {p50}, p95 {p95}{self.noise}"


@dataclass
class Room:
    """The people of one load, who begin together once everybody has a question before them."""

    clicks: Clicks
    doors: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_LOADING_AT_ONCE))
    seated: int = 0
    start: asyncio.Event = field(default_factory=asyncio.Event)
    end: float = 0.0

    def sit_down(self) -> None:
        """Note that one more is ready; the last one gives the sign."""
        self.seated += 1
        if self.seated == self.clicks.people:
            self.end = perf_counter() + self.clicks.seconds
            self.start.set()


def measure(folder: Path, seconds: float = SECONDS) -> list[Line]:
    """Measure every load on the bare page twice and on the exam; returns the lines of the table."""
    prepared = folder / "sitting.db"
    course_database(prepared)
    cookies = sitting_people(prepared, max(people for people, _ in LOADS))
    with bare_server(folder / "default") as server:
        default = _every_load(server, "/", [], seconds)
    with tuned_server(folder / "tuned") as server:
        tuned = _every_load(server, "/", [], seconds)
    with academy_server(prepared) as server:
        exam = _every_load(server, f"/exam?tab={TAB}", cookies, seconds)
    return [
        line
        for load in range(len(LOADS))
        for line in _lines(default[load], tuned[load], exam[load])
    ]


async def one_load(
    address: str, cookies: Sequence[str], people: int, think: float, seconds: float
) -> Clicks:
    """Let so many people click at a page for so long."""
    room = Room(Clicks(people, think, seconds))
    await fill(room, address, cookies)
    return room.clicks


async def fill(room: Room, address: str, cookies: Sequence[str]) -> None:
    """Let everybody of this room come in, click together until its end, and go."""
    async with asyncio.TaskGroup() as group:
        for number in range(room.clicks.people):
            cookie = cookies[number] if cookies else ""
            group.create_task(_click_on(room, address, cookie, random.Random(number)))


def _every_load(server: Server, page: str, cookies: Sequence[str], seconds: float) -> list[Clicks]:
    measured: list[Clicks] = []
    for people, think in LOADS:
        with watching(server) as noise:
            clicks = asyncio.run(one_load(server.address + page, cookies, people, think, seconds))
        clicks.noise = noise.mark
        measured.append(clicks)
    return measured


async def _click_on(room: Room, address: str, cookie: str, rng: random.Random) -> None:
    async with open_tab(address, cookie) as tab:
        async with room.doors:
            await tab.load()
            await _find_radio(tab)
        room.sit_down()
        await room.start.wait()
        try:
            async with asyncio.timeout(room.end - perf_counter()):
                await _click_forever(room, tab, rng)
        except TimeoutError:
            return


async def _find_radio(tab: Tab) -> None:
    while not tab.radios():
        await tab.click(tab.button("Next"))


async def _click_forever(room: Room, tab: Tab, rng: random.Random) -> None:
    think, number = room.clicks.think, rng.randrange(10)
    await asyncio.sleep(rng.uniform(0, think))
    while True:
        radio = tab.radios()[0]
        options = options_of(radio)
        number += 1
        room.clicks.latencies.append(await tab.choose(radio, options[number % len(options)]))
        await asyncio.sleep(rng.uniform(0.5, 1.5) * think)


def _lines(default: Clicks, tuned: Clicks, exam: Clicks) -> list[Line]:
    load = f"{exam.people}, think {exam.think:g} s"
    best = _ratio(exam.rate, default.rate)
    cost = _ratio(tuned.rate, exam.rate)
    aimed = exam.people == 100
    return [
        Line("Click: bare page, defaults", load, default.figures),
        Line("Click: bare page, our settings", load, tuned.figures),
        Line(
            "Click: exam answer, saved",
            load,
            exam.figures,
            f"{best} of default; bare/ours {cost}",
            ">= 5; <= 3" if aimed else "",
        ),
    ]


def _ratio(upper: float, lower: float) -> str:
    return f"{upper / lower:.2f}" if lower else "-"
