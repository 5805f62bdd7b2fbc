"""A practice session in the browser: chosen, answered, and told what comes back when."""

from collections.abc import Generator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import ViewportSize
from sqlmodel import select

from courses.queries.outline import course_outline
from quizbank.items import Item
from quizbank.tables.attempts import AttemptRow
from tests.browser.axe import AXE, violations
from tests.browser.conftest import DESKTOP, PHONE, Walk
from tests.browser.screens import Walker, give, settle
from tests.conftest import skip_unless_ci
from tests.factories import COURSE, PRACTICE, single_choice
from tests.server import Server, served

pytestmark = pytest.mark.xdist_group("browser")
FAMILY, OBJECTIVE = "own-family", "MF-08"


@pytest.fixture(scope="module")
def server(
    demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Server, None, None]:
    """An academy of its own, where nothing of another test is due."""
    if not AXE.exists():
        skip_unless_ci("axe-core is not installed: sh tests/install_system_parts.sh")
    with served(demo_file, tmp_path_factory.mktemp("practice")) as server:
        server.world.gather_cast()
        server.world.load_items(
            *(
                single_choice(
                    f"tt-08-90{place}",
                    objective=OBJECTIVE,
                    pool="practice",
                    tags=[FAMILY],
                    stem=f"Which layer holds most collagen, in figure {place}?",
                )
                for place in range(3)
            )
        )
        yield server


@pytest.mark.parametrize(("name", "size"), [("alba", DESKTOP), ("lena", PHONE)])
def test_a_session_is_chosen_answered_and_comes_back(
    server: Server, walk: Walk, name: str, size: ViewportSize
) -> None:
    walker: Walker = walk(name, size).to(f"/practice?course={COURSE}")
    assert violations(walker.page) == []
    choose(walker, "One objective")
    walker.main.get_by_role("radio", name="5", exact=True).click()
    settle(walker.page)
    walker.pick("Objective", f"{OBJECTIVE}: {title(server)}").press("Start practising")
    asked = items(server, name)
    assert {one.objective for one in asked.values()} == {OBJECTIVE}
    missed = next(place for place, one in asked.items() if FAMILY in one.tags)
    for place, item in asked.items():
        walker.sees_heading(f"Question {place} of {len(asked)}").is_sure("Certain")
        answer(walker, item, right=place != missed)
        assert violations(walker.page) == []
        walker.press("Next question" if place < len(asked) else "Finish practice")
    walker.sees("Practice finished:").sees_heading("What comes back when")
    row = walker.main.get_by_role("row").filter(has_text="Own family")
    assert "not right" in row.inner_text()
    assert "later today" in row.inner_text()
    assert violations(walker.page) == []
    walker.follow("See your progress").sees_heading("Your progress")
    walker.sees(f"{len(asked)} of 10 questions today").sees_heading("Ready for the exam?")
    assert violations(walker.page) == []
    assert "practice_answers.csv" in downloaded(walker)
    walker.follow("Practise where I am weakest").press("Start practising")
    walker.press("End this practice here").sees("left for another time")


def choose(walker: Walker, label: str) -> None:
    walker.main.get_by_text(label, exact=True).click()
    settle(walker.page)


def answer(walker: Walker, item: Item, *, right: bool) -> None:
    if right:
        walker.answer(item)
    else:
        give(walker.main, item, {"option": "c"})
        settle(walker.page)
    if not item.staged:
        walker.press("Check my answer")


def downloaded(walker: Walker) -> list[str]:
    """Take one's own data away, and return the names of the files in it."""
    with walker.page.expect_download() as coming:
        walker.press("Download my data")
    with ZipFile(coming.value.path()) as archive:
        return archive.namelist()


def title(server: Server) -> str:
    with server.world.looking("alba") as tx:
        return course_outline(tx, COURSE).objective_titles[OBJECTIVE]


def items(server: Server, name: str) -> dict[int, Item]:
    with server.world.looking("system") as tx:
        attempt = tx.session.exec(
            select(AttemptRow.id).where(
                AttemptRow.exam_id == PRACTICE,
                AttemptRow.person_id == server.world.actor(name).own_id,
            )
        ).one()
    return server.world.items_of(attempt)
