"""In front of a full hall: the number in the queue is seen, heard, and gone with a seat."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.axe import AXE, violations
from tests.browser.screens import Walker, sign_in
from tests.conftest import skip_unless_ci
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
