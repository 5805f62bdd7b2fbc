"""Every screen keeps WCAG 2.2 A and AA, has its headings in order, and fits 320 pixels."""

from collections.abc import Callable, Generator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.axe import AXE, violations
from tests.browser.screens import PATIENCE, Walker, sign_in
from tests.browser.stories import Stories, tell
from tests.browser.views import VIEWS, View
from tests.conftest import skip_unless_ci
from tests.server import Server

# Tall, because Streamlit scrolls inside the page, and axe judges what is on the screen.
_TALL = ViewportSize(width=1280, height=2400)
_NARROW = ViewportSize(width=320, height=2400)
_LEVELS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
  .filter(one => one.checkVisibility() && !one.closest('[role="dialog"]'))
  .map(one => [Number(one.tagName[1]), one.innerText])"""
_WIDTHS = """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
  .filter(Boolean).map(one => one.scrollWidth)"""


@pytest.fixture(scope="module")
def stories(server: Server) -> Stories:
    return tell(server)


Visit = Callable[[View], Walker]


@pytest.fixture(scope="module")
def visit(browser: Browser, server: Server) -> Generator[Visit, None, None]:
    """One browser profile a person for all views, so that files are loaded once."""
    contexts: dict[str, BrowserContext] = {}

    def open_profile(view: View) -> Walker:
        if view.who not in contexts:
            context = browser.new_context(viewport=_TALL, base_url=server.url)
            context.set_default_timeout(PATIENCE)
            if view.who != "nobody":
                sign_in(context, server, view.who)
            contexts[view.who] = context
        return Walker(contexts[view.who].new_page())

    yield open_profile
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.title)
def test_a_view_is_accessible_and_fits_a_narrow_screen(
    view: View, visit: Visit, stories: Stories
) -> None:
    if not AXE.exists():
        skip_unless_ci("axe-core is not installed: sh tests/install_system_parts.sh")
    walker = visit(view)
    try:
        view.open(walker, stories)
        assert violations(walker.page) == []
        assert _jumps(walker.page) == []
        assert _widest(walker.page) <= 321
    finally:
        walker.page.close()


def _jumps(page: Page) -> list[str]:
    """Return the headings that skip a level, and complain of more than one title."""
    found = page.evaluate(_LEVELS)
    levels = [level for level, _ in found]
    jumps = [
        f"{text} at level {level} after {before}"
        for before, (level, text) in zip([0, *levels], found, strict=False)
        if level > before + 1
    ]
    return jumps if levels.count(1) <= 1 else [*jumps, f"{levels.count(1)} titles"]


def _widest(page: Page) -> int:
    """Return the width on a narrow screen, in pixels; charts have time to be drawn anew."""
    page.set_viewport_size(_NARROW)
    with suppress(PlaywrightTimeout):
        page.wait_for_function(f"() => Math.max(...({_WIDTHS})()) <= 321", timeout=10_000)
    return max(page.evaluate(_WIDTHS))
