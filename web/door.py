"""In front of the app when many come at once: who sits an exam goes in, all others one by one.

To open a screen costs several times what a click in an exam does, and a crowd that arrives would be
felt by those who sit. A screen that waits is connected, but not yet run; `web/shell.py` asks for
its number, and shows it. While nobody sits, nobody waits.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accounts.queries.people import signed_in
from base.academy import SESSION_COOKIE
from base.permissions import NOBODY
from quizbank.queries.hall import who_sits
from web.line import Line
from web.site import Site

_STREAM = "/_stcore/stream"
# A screen that waits says little: what to run, and whether it is still there.
_MOST_UNREAD = 16
# Whoever reloads so soon after starting may wait a moment.
_KNOWN_FOR = timedelta(seconds=2)


class _Hall:
    """Who sits an exam, asked again every few seconds."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._asked_at: datetime | None = None
        self._sitting = frozenset[str]()

    def keeps_waiting(self, token: str) -> bool:
        """Tell whether whoever has this cookie waits for others: somebody sits, and not they."""
        here, now = self._site.academy(), self._site.clock()
        with here.database.read(NOBODY, now, here.config) as tx:
            if self._asked_at is None or now - self._asked_at > _KNOWN_FOR:
                self._asked_at, self._sitting = now, who_sits(tx)
            if not self._sitting:
                return False
            return signed_in(tx, token).person_id not in self._sitting


class Door:
    """Keeps screens that come in a crowd waiting, connected but not run."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._hall = _Hall(site)
        self._line = site.line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "websocket" or scope["path"] != _STREAM or self._line.walks_in():
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        token = token_in(headers.get("cookie"))
        if not await run_sync(self._hall.keeps_waiting, token):
            await self._app(scope, receive, send)
            return
        protocol = headers.get("sec-websocket-protocol", "").partition(",")[0].strip()
        await self._in_turn(scope, receive, send, token, protocol)

    async def _in_turn(
        self, scope: Scope, receive: Receive, send: Send, token: str, protocol: str
    ) -> None:
        inbox = asyncio.Queue[Message](_MOST_UNREAD)
        await inbox.put(await receive())
        # Browsers give up on what is not connected after a while.
        await send({"type": "websocket.accept", "subprotocol": protocol or None})
        turn = asyncio.create_task(self._line.wait(token))
        reading = asyncio.create_task(_read(receive, inbox))
        try:
            await asyncio.wait({turn, reading}, return_when=asyncio.FIRST_COMPLETED)
            if turn.done():
                await self._app(scope, inbox.get, _after_accept(send))
        finally:
            turn.cancel()
            reading.cancel()


def place_at_the_door(line: Line) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that tells a screen its number before the door, 0 where it is in."""

    async def show(request: Request) -> Response:
        place = line.place(request.cookies.get(SESSION_COOKIE, ""))
        return JSONResponse({"place": place}, headers={"Cache-Control": "no-store"})

    return show


def token_in(cookies: str | None) -> str:
    """Return the sign-in cookie of a Cookie header, empty where there is none."""
    try:
        morsel = SimpleCookie(cookies or "").get(SESSION_COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


async def _read(receive: Receive, inbox: asyncio.Queue[Message]) -> None:
    """Put what the browser says where the app will find it, until it has gone."""
    while True:
        message = await receive()
        await inbox.put(message)
        if message["type"] == "websocket.disconnect":
            return


def _after_accept(send: Send) -> Send:
    """Leave out the app's own accepting: the connection is accepted already."""

    async def sending(message: Message) -> None:
        if message["type"] != "websocket.accept":
            await send(message)

    return sending
