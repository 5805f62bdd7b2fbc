import asyncio
import socket
import time
from asyncio import base_events
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from base.academy import Academy, use_academy
from base.config import Config
from base.db import Database, Tx
from base.errors import Unavailable
from base.permissions import SYSTEM, Actor
from web.background import (
    Closing,
    Replaying,
    Sealing,
    close_overdue,
    go_on_replaying,
    repeat,
    seal_waiting,
)
from web.lifespan import answer_without_delay, lifespan_of
from web.site import Site


@pytest.fixture
def site(tmp_path: Path):
    config = Config(database_url=f"sqlite:///{tmp_path}/a.db")
    database = Database(config.database_url)
    with use_academy(Academy(config, database)):
        yield Site()
    database.dispose()


def test_each_is_closed_as_the_system_in_a_transaction_of_its_own(site: Site) -> None:
    seen: list[Tx] = []

    def close(tx: Tx, attempt: str) -> bool:
        seen.append(tx)
        return attempt != "closed by another process"

    found = ("one", "closed by another process", "two")
    assert close_overdue(site, Closing(lambda _tx: found, close)) == 2
    assert {tx.actor for tx in seen} == {SYSTEM}
    assert len({id(tx.session) for tx in seen}) == 3


@pytest.mark.parametrize("error", [RuntimeError("defect"), Unavailable("busy")])
def test_one_that_cannot_be_closed_is_logged_and_keeps_no_other_open(
    site: Site, error: Exception
) -> None:
    def close(_tx: Tx, attempt: str) -> bool:
        if attempt == "broken":
            raise error
        return True

    with capture_logs() as logs:
        assert close_overdue(site, Closing(lambda _tx: ("one", "broken", "two"), close)) == 2
    assert len(logs) == 2


@pytest.mark.parametrize("error", [RuntimeError("defect"), Unavailable("busy")])
def test_a_round_that_finds_nothing_out_is_logged_and_survived(
    site: Site, error: Exception
) -> None:
    def overdue(_tx: Tx) -> tuple[str, ...]:
        raise error

    with capture_logs() as logs:
        assert close_overdue(site, Closing(overdue, lambda _tx, _id: True)) == 0
    assert len(logs) == 1


def test_a_replay_that_was_left_is_gone_on_with_until_nothing_waits(site: Site) -> None:
    left = [3, 2]
    replaying = Replaying(lambda _tx: bool(left), lambda _tx: left.pop())
    assert go_on_replaying(site, replaying) == 5
    assert go_on_replaying(site, replaying) == 0


@pytest.mark.parametrize("error", [RuntimeError("defect"), Unavailable("busy")])
def test_a_replay_that_fails_is_logged_and_tried_again_later(site: Site, error: Exception) -> None:
    def some(_tx: Tx) -> int:
        raise error

    with capture_logs() as logs:
        assert go_on_replaying(site, Replaying(lambda _tx: True, some)) == 0
    assert len(logs) == 1


def test_repeating_stops_when_told() -> None:
    runs: list[float] = []

    async def scenario() -> None:
        stop = asyncio.Event()
        task = asyncio.create_task(repeat(lambda: runs.append(time.monotonic()), stop, 0.01))
        while len(runs) < 3:
            await asyncio.sleep(0.005)
        stop.set()
        await asyncio.wait_for(task, 2)

    asyncio.run(scenario())
    assert len(runs) >= 3


def test_each_that_waits_is_sealed_by_what_opens_transactions_as_the_system(site: Site) -> None:
    actors: list[Actor] = []

    def seal(opening: Callable[[], AbstractContextManager[Tx]], serial: str) -> bool:
        with opening() as tx:
            actors.append(tx.actor)
        return serial != "sealed by another process"

    found = iter((("one", "sealed by another process", "two"), ()))
    assert seal_waiting(site, Sealing(lambda _tx: next(found), seal)) == 2
    assert actors == [SYSTEM] * 3


@pytest.mark.parametrize("error", [RuntimeError("defect"), Unavailable("no keys")])
def test_one_that_cannot_be_sealed_is_logged_and_keeps_no_other_waiting(
    site: Site, error: Exception
) -> None:
    def seal(_opening: object, serial: str) -> bool:
        if serial == "broken":
            raise error
        return True

    found = iter((("one", "broken", "two"), ()))
    with capture_logs() as logs:
        assert seal_waiting(site, Sealing(lambda _tx: next(found), seal)) == 2
    assert len(logs) == 1


def test_lifespan_closes_at_once_and_ends_cleanly(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[int] = []
    monkeypatch.setattr(base_events, "_set_nodelay", base_events._set_nodelay)
    monkeypatch.setattr("web.memory.gc.freeze", lambda: None)
    monkeypatch.setattr("web.memory.gc.set_threshold", lambda *_: None)

    def close(_tx: Tx, _attempt: str) -> bool:
        closed.append(1)
        return True

    async def scenario() -> None:
        closing = partial(close_overdue, site, Closing(lambda _tx: ("one",), close))
        async with lifespan_of(site, (closing,))(None):
            while not closed:
                await asyncio.sleep(0.005)

    asyncio.run(asyncio.wait_for(scenario(), 20))
    assert closed == [1]


def test_nodelay_reaches_sockets_that_name_no_protocol(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base_events, "_set_nodelay", base_events._set_nodelay)
    answer_without_delay()
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0) as tcp:
        base_events._set_nodelay(tcp)
        assert tcp.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as unix:
        base_events._set_nodelay(unix)
