"""A practice session in the browser: chosen, answered, and told what comes back when."""

from collections.abc import Generator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import ViewportSize

from quizbank.commands.practice import start_chosen_practice
from quizbank.items import Item
from quizbank.tables.bank import ItemRow
from tests.browser.axe import AXE, violations
from tests.browser.conftest import DESKTOP, PHONE, Walk
from tests.browser.screens import Walker, give, settle
from tests.conftest import skip_unless_ci
from tests.factories import COURSE, PRACTICE, World, single_choice
from tests.practising import go_through
from tests.server import Server, served


@pytest.fixture(scope="module")
def server(
    demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Server, None, None]:
    """An academy of its own, where two people have missed the same three questions."""
    if not AXE.exists():
        skip_unless_ci("axe-core is not installed: sh tests/install_system_parts.sh")
    with served(demo_file, tmp_path_factory.mktemp("practice")) as server:
        server.world.gather_cast()
        server.world.load_items(*(question(place) for place in range(3)))
        for name in ("alba", "lena"):
            miss(server.world, name)
        yield server


def question(place: int) -> Item:
    return single_choice(
        f"tt-08-90{place}",
        objective="MF-08",
        pool="practice",
        tags=["own-family"],
        stem=f"Which layer holds most collagen, in figure {place}?",
    )


def miss(world: World, name: str) -> None:
    with world.acting(name) as tx:
        ids = [question(place).id for place in range(3)]
        versions = [tx.session.get_one(ItemRow, one).version_id for one in ids]
        attempt = start_chosen_practice(tx, PRACTICE, versions, seed=1)
    go_through(world, attempt, wrong=lambda _: True, name=name)


@pytest.mark.parametrize(("name", "size"), [("alba", DESKTOP), ("lena", PHONE)])
def test_a_session_is_chosen_answered_and_comes_back(
    server: Server, walk: Walk, name: str, size: ViewportSize
) -> None:
    walker: Walker = walk(name, size).to(f"/practice?course={COURSE}")
    assert violations(walker.page) == []
    choose(walker, "What I missed (3)")
    walker.main.get_by_role("radio", name="5", exact=True).click()
    settle(walker.page)
    walker.press("Start practising")
    for place in (1, 2, 3):
        walker.sees_heading(f"Question {place} of 3").is_sure("Certain")
        give(walker.main, question(0), {"option": "c" if place == 1 else "a"})
        settle(walker.page)
        walker.press("Check my answer")
        assert violations(walker.page) == []
        walker.press("Next question" if place < 3 else "Finish practice")
    walker.sees("Practice finished: 2 of 3 marks.").sees_heading("What comes back when")
    row = walker.main.get_by_role("row").filter(has_text="Own family")
    assert "not right" in row.inner_text()
    # Missed first and right twice since, it waits for a day.
    assert "tomorrow" in row.inner_text()
    assert violations(walker.page) == []
    walker.follow("See your progress").sees_heading("Your progress")
    walker.sees("6 of 10 questions today").sees_heading("Ready for the exam?")
    assert violations(walker.page) == []
    assert "practice_answers.csv" in downloaded(walker)
    walker.follow("Practise where I am weakest").press("Start practising")
    walker.press("End this practice here").sees("Practice ended")


def choose(walker: Walker, label: str) -> None:
    walker.main.get_by_text(label, exact=True).click()
    settle(walker.page)


def downloaded(walker: Walker) -> list[str]:
    """Take one's own data away, and return the names of the files in it."""
    with walker.page.expect_download() as coming:
        walker.press("Download my data")
    with ZipFile(coming.value.path()) as archive:
        return archive.namelist()
