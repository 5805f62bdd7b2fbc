"""From the start of the process to its end: settings checked, warmed up, frozen, tidied away."""

import asyncio
import gc
import socket
from asyncio import base_events
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

from anyio.to_thread import run_sync

from accounts.passwords import strength
from certs.typefaces import unprintable
from web.background import (
    EVERY_SECONDS,
    Closing,
    Replaying,
    close_overdue,
    go_on_replaying,
    repeat,
)
from web.look_round import write_looks_down
from web.mail import send_waiting
from web.site import Site
from web.status_lists import keep_lists_fresh

Lifespan = Callable[[object], AbstractAsyncContextManager[None]]


def lifespan_of(site: Site, closing: Closing, replaying: Replaying) -> Lifespan:
    """Return the lifespan of the site.

    `closing` ends exams whose time is over; `replaying` goes on where a replay was killed.
    """

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncGenerator[None, None]:
        answer_without_delay()
        here = site.academy()
        await run_sync(_warm_up)
        stop = asyncio.Event()
        rounds = (
            partial(close_overdue, site, closing),
            partial(go_on_replaying, site, replaying),
            partial(send_waiting, site),
            partial(keep_lists_fresh, site),
            partial(write_looks_down, site),
        )
        tasks = [asyncio.create_task(repeat(one, stop, EVERY_SECONDS)) for one in rounds]
        try:
            yield
        finally:
            stop.set()
            await asyncio.gather(*tasks)
            here.database.dispose()

    return lifespan


def answer_without_delay() -> None:
    """Send small messages at once (TCP_NODELAY).

    asyncio does so by itself only for sockets that name TCP as their protocol, and Streamlit
    binds one that does not: 44 ms instead of 6 for every rerun.
    """
    base_events._set_nodelay = _set_nodelay  # pyright: ignore[reportAttributeAccessIssue] there is no public way


def _set_nodelay(sock: socket.socket) -> None:
    if sock.family in {socket.AF_INET, socket.AF_INET6} and sock.type == socket.SOCK_STREAM:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _warm_up() -> None:
    """Load what first requests would wait for, then keep it out of every later collection."""
    strength("warm up")
    unprintable("Warm up")
    gc.collect()
    gc.freeze()
