"""From the start of the process to its end: settings checked, warmed up, frozen, tidied away."""

import asyncio
import socket
from asyncio import base_events
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from anyio.to_thread import run_sync

from accounts.passwords import strength
from certs.typefaces import unprintable
from web.background import EVERY_SECONDS, repeat
from web.memory import keep_what_is_loaded
from web.site import Site

Lifespan = Callable[[object], AbstractAsyncContextManager[None]]


def lifespan_of(site: Site, rounds: Sequence[Callable[[], object]]) -> Lifespan:
    """Return the lifespan of the site.

    Every round is made again and again, each in a thread of its own, some seconds apart.
    """

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncGenerator[None, None]:
        answer_without_delay()
        here = site.academy()
        await run_sync(_warm_up)
        stop = asyncio.Event()
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
    keep_what_is_loaded()
