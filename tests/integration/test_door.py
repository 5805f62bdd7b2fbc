"""Before the app when many come at once: who sits goes in, all others wait and have a number."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from base.academy import SESSION_COOKIE, Academy
from tests.factories import World
from web.door import Door, place_at_the_door
from web.line import Line
from web.site import Site


class Crowd:
    """A door that somebody has just walked through, so that all others come in a crowd."""

    def __init__(self, world: World) -> None:
        here = Academy(world.config, world.database)
        # As where the event loop is late, so that whoever waits does so for some rounds.
        ticks = count()
        self.line = Line(lambda: next(ticks) * 0.07)
        self.door = Door(self._app, Site(lambda: here, lambda: world.now, line=self.line))
        self.inside: list[str] = []
        self.line.walks_in()

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        said = [await receive()]
        await send({"type": "websocket.accept", "subprotocol": "streamlit"})
        said.append(await receive())
        self.inside.append(f"{dict(scope['headers'])[b'cookie'].decode()}: {said[1]['bytes']!r}")
        await send({"type": "websocket.send", "bytes": b"drawn"})

    async def place(self, cookie: str) -> bytes:
        request = Request({"type": "http", "headers": [(b"cookie", cookie.encode())]})
        show: Callable[[Request], Awaitable[Response]] = place_at_the_door(self.line)
        return bytes((await show(request)).body)

    @asynccontextmanager
    async def screen(self, cookie: str) -> AsyncGenerator["Screen", None]:
        screen = Screen()
        headers = [(b"cookie", cookie.encode()), (b"sec-websocket-protocol", b"streamlit, x")]
        scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
        coming = asyncio.create_task(self.door(scope, screen.says.get, screen.hear))
        yield screen
        await coming


class Screen:
    """The browser's end of a connection, which has asked for its page."""

    def __init__(self) -> None:
        self.says = asyncio.Queue[Message]()
        self.heard: list[str] = []
        self.says.put_nowait({"type": "websocket.connect"})
        self.says.put_nowait({"type": "websocket.receive", "bytes": b"run"})

    async def hear(self, message: Message) -> None:
        self.heard.append(message["type"])


@pytest.fixture
def crowd(any_world: World) -> Crowd:
    return Crowd(any_world)


def cookie_of(world: World, name: str) -> str:
    return f"{SESSION_COOKIE}={world.sign_in(name)}"


def test_who_sits_an_exam_waits_for_nobody(any_world: World, crowd: Crowd) -> None:
    any_world.start_exam("lena")
    lena, alba = cookie_of(any_world, "lena"), cookie_of(any_world, "alba")

    async def story() -> bytes:
        async with crowd.screen(alba) as waiting:
            while not waiting.heard:
                await asyncio.sleep(0)
            async with crowd.screen(lena):
                pass
            return await crowd.place(alba)

    assert asyncio.run(story()) == b'{"place":1}'
    assert crowd.inside == [f"{lena}: b'run'", f"{alba}: b'run'"]


def test_who_waits_is_connected_once_and_then_drawn(any_world: World, crowd: Crowd) -> None:
    any_world.start_exam("lena")
    alba = cookie_of(any_world, "alba")

    async def story() -> tuple[list[str], bytes]:
        async with crowd.screen(alba) as screen:
            pass
        return screen.heard, await crowd.place(alba)

    heard, place = asyncio.run(story())
    assert heard == ["websocket.accept", "websocket.send"]
    assert place == b'{"place":0}'


def test_who_leaves_while_waiting_is_never_run(any_world: World, crowd: Crowd) -> None:
    any_world.start_exam("lena")
    alba = cookie_of(any_world, "alba")

    async def story() -> bytes:
        async with crowd.screen(alba) as screen:
            screen.says.put_nowait({"type": "websocket.disconnect", "code": 1001})
        return await crowd.place(alba)

    assert asyncio.run(story()) == b'{"place":0}'
    assert crowd.inside == []


def test_while_nobody_sits_nobody_waits(any_world: World, crowd: Crowd) -> None:
    alba = cookie_of(any_world, "alba")

    async def story() -> list[str]:
        async with crowd.screen(alba) as screen:
            await asyncio.sleep(0)
        return screen.heard

    assert asyncio.run(story()) == ["websocket.accept", "websocket.send"]
    assert crowd.line.place(alba.partition("=")[2]) == 0
    assert len(crowd.inside) == 1
