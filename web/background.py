"""What the academy does by itself: closing exams, going on with replays, sealing certificates."""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass

import structlog
from anyio.to_thread import run_sync

from base.db import Tx
from base.errors import Unavailable
from base.permissions import SYSTEM
from web.site import Site

EVERY_SECONDS = 5.0
_BATCHES = 50
_log = structlog.get_logger()


@dataclass(frozen=True)
class Closing:
    """How forgotten exams are found, and how one of them is closed (False: another did it)."""

    overdue: Callable[[Tx], Sequence[str]]
    close: Callable[[Tx, str], bool]


@dataclass(frozen=True)
class Replaying:
    """Whether attempts wait to be marked again, and how some of them are; returns how many."""

    waits: Callable[[Tx], bool]
    some: Callable[[Tx], int]


@dataclass(frozen=True)
class Sealing:
    """Which certificates wait for their seal, and how one of them is sealed."""

    waiting: Callable[[Tx], Sequence[str]]
    seal: Callable[[Callable[[], AbstractContextManager[Tx]], str], bool]


def seal_waiting(site: Site, sealing: Sealing) -> int:
    """Seal the certificates that wait, one after the other; returns how many.

    Never raises: one that cannot be sealed is logged, and keeps no other waiting. Stops after a
    while, so that an ending process need not wait for it.
    """
    done = 0
    for _ in range(_BATCHES):
        sealed = _seal_some(site, sealing)
        done += sealed
        if sealed == 0:
            break
    return done


def _seal_some(site: Site, sealing: Sealing) -> int:
    here = site.academy()

    def opening() -> AbstractContextManager[Tx]:
        return here.database.write(SYSTEM, site.clock(), here.config)

    try:
        with here.database.read(SYSTEM, site.clock(), here.config) as tx:
            found = [*sealing.waiting(tx)]
    except Exception as error:
        _log.warning("sealing certificates must wait", reason=str(error))
        return 0
    # Other processes seal as well, so each takes them in an order of its own.
    random.shuffle(found)
    return sum(_seal(sealing, opening, serial) for serial in found)


def _seal(sealing: Sealing, opening: Callable[[], AbstractContextManager[Tx]], serial: str) -> bool:
    try:
        return sealing.seal(opening, serial)
    except Unavailable as error:
        _log.warning("sealing a certificate must wait", serial=serial, reason=str(error))
    except Exception:
        _log.exception("sealing a certificate failed", serial=serial)
    return False


def go_on_replaying(site: Site, replaying: Replaying) -> int:
    """Mark attempts again that a replay left, a batch a transaction; returns how many.

    Never raises. Stops after a while, so that an ending process need not wait for it.
    """
    here, done = site.academy(), 0
    try:
        for _ in range(_BATCHES):
            with here.database.read(SYSTEM, site.clock(), here.config) as tx:
                if not replaying.waits(tx):
                    break
            with here.database.write(SYSTEM, site.clock(), here.config) as tx:
                done += replaying.some(tx)
    except Unavailable as error:
        _log.warning("a replay must wait", reason=str(error))
    except Exception:
        _log.exception("going on with a replay failed")
    return done


def close_overdue(site: Site, closing: Closing) -> int:
    """Close every overdue exam as the system, each in a transaction of its own.

    Never raises: one that cannot be closed is logged and keeps no other open. Returns how many
    were closed; other processes may have closed some of those that were found.
    """
    here = site.academy()
    try:
        with here.database.read(SYSTEM, site.clock(), here.config) as tx:
            found = closing.overdue(tx)
    except Unavailable as error:
        _log.warning("closing overdue exams must wait", reason=str(error))
        return 0
    except Exception:
        _log.exception("finding overdue exams failed")
        return 0
    closed = sum(_close(site, closing, attempt_id) for attempt_id in found)
    if closed:
        _log.info("closed overdue exams", count=closed)
    return closed


def _close(site: Site, closing: Closing, attempt_id: str) -> bool:
    here = site.academy()
    try:
        with here.database.write(SYSTEM, site.clock(), here.config) as tx:
            return closing.close(tx, attempt_id)
    except Unavailable as error:
        _log.warning("closing an overdue exam must wait", reason=str(error))
    except Exception:
        _log.exception("closing an overdue exam failed", attempt=attempt_id)
    return False


async def repeat(action: Callable[[], object], stop: asyncio.Event, every_seconds: float) -> None:
    """Run the action in a thread again and again until `stop`; a run under way is finished."""
    while not stop.is_set():
        await run_sync(action)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every_seconds)
