"""What the academy does by itself: closing exams whose time is over."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog
from anyio.to_thread import run_sync

from base.db import Tx
from base.errors import Unavailable
from base.permissions import SYSTEM
from web.site import Site

EVERY_SECONDS = 5.0
_log = structlog.get_logger()


def close_overdue(site: Site, command: Callable[[Tx], int]) -> int:
    """Run the closing command once, as the system; never raises, says how many it closed."""
    here = site.academy()
    try:
        with here.database.write(SYSTEM, site.clock(), here.config) as tx:
            closed = command(tx)
    except Unavailable as error:
        _log.warning("closing overdue exams must wait", reason=str(error))
        return 0
    except Exception:
        _log.exception("closing overdue exams failed")
        return 0
    if closed:
        _log.info("closed overdue exams", count=closed)
    return closed


async def repeat(action: Callable[[], object], stop: asyncio.Event, every_seconds: float) -> None:
    """Run the action in a thread again and again until `stop`; a run under way is finished."""
    while not stop.is_set():
        await run_sync(action)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every_seconds)
