"""Right after a start, before anybody has opened the first page, no page is open to strangers.

Streamlit runs what lies in a `pages/` folder beside the entry script without that script, until
some visitor has run it; an address typed by hand must not find such a hole here.
"""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import settle
from tests.server import Server, served
from ui.nav import PLACES

pytestmark = pytest.mark.xdist_group("browser")

GUARDED = [place.name for place in PLACES if place.permission]


@pytest.fixture
def fresh(demo_file: Path, tmp_path: Path) -> Generator[Server, None, None]:
    """A server that nobody has visited."""
    with served(demo_file, tmp_path) as server:
        yield server


def test_strangers_are_refused_everywhere_on_a_server_that_nobody_has_visited(
    fresh: Server, browser: Browser
) -> None:
    with browser.new_context(base_url=fresh.url) as context:
        # All at once, so that none of them finds a server that another has made safe.
        pages = {name: context.new_page() for name in GUARDED}
        for name, page in pages.items():
            page.goto(f"/{name}", wait_until="commit")
        for name, page in pages.items():
            _is_refused(name, page)
    assert "Traceback" not in fresh.log()


def _is_refused(name: str, page: Page) -> None:
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("Sign in first to see this page.")).to_be_visible(timeout=20_000)
    settle(page)
    assert page.url.endswith(f"/{name}")
    expect(main.get_by_role("heading", level=1)).to_have_count(0)
    expect(main.get_by_role("button")).to_have_count(0)
    for defect in ("Traceback", "Error:", "incident"):
        expect(page.get_by_text(defect)).to_have_count(0)
