"""The client without a browser sits a real exam on a real server."""

import asyncio
import shutil
from pathlib import Path

from tests.bench.people import answers_in, sitting_people
from tests.bench.servers import academy_server
from tests.load_client import open_tab, options_of


def test_an_answer_given_over_the_websocket_is_in_the_database(
    course_file: Path, tmp_path: Path
) -> None:
    database = Path(shutil.copyfile(course_file, tmp_path / "pinpoint.db"))
    (cookie,) = sitting_people(database, 1)
    with academy_server(database) as server:
        saved = asyncio.run(_answer_two(f"{server.address}/exam", cookie))
    assert len(answers_in(database)) == 2
    assert "of 40" in saved


async def _answer_two(address: str, cookie: str) -> str:
    async with open_tab(address, cookie) as tab:
        await tab.load()
        for _ in range(2):
            while not tab.radios():
                await tab.click(tab.button("Next"))
            (radio,) = tab.radios()
            await tab.choose(radio, options_of(radio)[0])
            await tab.click(tab.button("Next"))
        return tab.words()


def test_without_a_sign_in_there_is_no_exam(course_file: Path, tmp_path: Path) -> None:
    database = Path(shutil.copyfile(course_file, tmp_path / "pinpoint.db"))
    with academy_server(database) as server:
        assert "Sign in" in asyncio.run(_first_words(f"{server.address}/exam"))


async def _first_words(address: str) -> str:
    async with open_tab(address) as tab:
        await tab.load()
        return tab.words()
