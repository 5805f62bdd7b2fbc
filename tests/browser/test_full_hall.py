"""In front of a full hall, or of an app to which many come: the number is seen, heard, and gone."""

import asyncio
from collections.abc import Generator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from base.academy import SESSION_COOKIE
from tests.browser.axe import AXE, violations
from tests.browser.screens import Walker, sign_in
from tests.conftest import skip_unless_ci
from tests.load_client import open_tab
from tests.server import Server, served

_TALL = ViewportSize(width=1280, height=2400)


@pytest.fixture
def small(demo_file: Path, tmp_path: Path) -> Generator[Server, None, None]:
    """An academy whose hall has one seat."""
    with served(demo_file, tmp_path, seats=1) as server:
        server.world.gather_cast()
        yield server


def test_the_queue_is_accessible_fits_a_narrow_screen_and_ends(
    small: Server, browser: Browser
) -> None:
    if not AXE.exists():
        skip_unless_ci("axe-core is not installed: sh tests/install_system_parts.sh")
    world = small.world
    attempt = world.start_exam("lena")
    world.study("alba")
    context = browser.new_context(viewport=_TALL, base_url=small.url)
    sign_in(context, small, "alba")
    walker = Walker(context.new_page())
    walker.to("/exam").tick("I will answer alone").press("Start the exam")
    number = walker.page.get_by_text("The hall is full, you are number 1.")
    expect(number).to_be_visible()
    expect(walker.page.get_by_role("status").filter(has=number)).to_be_visible()
    assert violations(walker.page) == []
    walker.page.set_viewport_size(ViewportSize(width=320, height=2400))
    assert walker.page.evaluate("document.scrollingElement.scrollWidth") <= 321
    world.submit("lena", attempt)
    expect(walker.page.get_by_text("There is a seat for you now.")).to_be_visible(timeout=40_000)
    context.close()


def test_who_comes_in_a_crowd_is_told_a_number_until_the_page_opens(
    small: Server, browser: Browser
) -> None:
    small.world.start_exam("lena")
    context = browser.new_context(viewport=_TALL, base_url=small.url)
    sign_in(context, small, "alba")
    page = context.new_page()
    with _coming(small, 200):
        page.goto("/courses")
        number = page.get_by_role("status").filter(has_text="You are number")
        expect(number).to_be_visible()
        assert violations(page) == []
        page.set_viewport_size(ViewportSize(width=320, height=640))
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 321
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
        expect(number).to_have_count(0)
    context.close()


@contextmanager
def _coming(server: Server, screens: int) -> Generator[None, None, None]:
    """Let so many screens come at once and stay, until the block ends."""
    cookie = f"{SESSION_COOKIE}={server.world.sign_in('bela')}"
    came, done = Event(), Event()

    async def crowd() -> None:
        async with AsyncExitStack() as stack:
            for _ in range(screens):
                await stack.enter_async_context(open_tab(server.url, cookie))
            came.set()
            await asyncio.to_thread(done.wait)

    # A thread of its own: the browser's loop runs in this one.
    thread = Thread(target=asyncio.run, args=(crowd(),))
    thread.start()
    assert came.wait(60)
    try:
        yield
    finally:
        done.set()
        thread.join()
