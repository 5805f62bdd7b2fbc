"""Right after a start, before anybody has opened the first page, no page is open to strangers.

Streamlit runs what lies in a `pages/` folder beside the entry script without that script, until
some visitor has run it; an address typed by hand must not find such a hole here.
"""

import asyncio
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.load_client import open_tab
from tests.server import Server, served
from ui.nav import PLACES

GUARDED = [place.name for place in PLACES if place.permission]


@pytest.fixture
def fresh(course_file: Path, tmp_path: Path) -> Generator[Server, None, None]:
    """A server that nobody has visited."""
    with served(course_file, tmp_path) as server:
        yield server


def test_strangers_are_refused_everywhere_on_a_server_that_nobody_has_visited(
    fresh: Server,
) -> None:
    assert asyncio.run(_told_everywhere(fresh)) == dict.fromkeys(
        GUARDED, "Sign in first to see this page."
    )
    assert "Traceback" not in fresh.log()


async def _told_everywhere(server: Server) -> dict[str, str]:
    # All at once, so that none of them finds a server that another has made safe.
    told = await asyncio.gather(*(_told(f"{server.url}/{name}") for name in GUARDED))
    return dict(zip(GUARDED, told, strict=True))


async def _told(address: str) -> str:
    async with open_tab(address) as tab:
        await tab.load()
        return tab.words().strip()
