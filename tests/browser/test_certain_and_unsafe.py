"""Wrong, unsafe and certain: failed, put right by lesson and questions, sat again; on a phone."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlmodel import select

from quizbank.items import Item
from quizbank.remediation import remediation_id
from quizbank.tables.attempts import AttemptRow
from tests.browser.axe import AXE, violations
from tests.browser.conftest import PHONE, Walk
from tests.browser.screens import Walker, settle
from tests.conftest import skip_unless_ci
from tests.factories import EXAM, exam_rules, single_choice
from tests.server import Server, served


@pytest.fixture(scope="module")
def server(
    demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Server, None, None]:
    """An academy of its own, whose exam asks one question and how sure the answer is."""
    if not AXE.exists():
        skip_unless_ci("axe-core is not installed: sh tests/install_system_parts.sh")
    with served(demo_file, tmp_path_factory.mktemp("certain")) as server:
        world = server.world
        world.gather_cast()
        world.load_items(single_choice("tt-05-901", objective="MF-05", tags=["own-topic"]))
        cells = [{"objective": "MF-05", "count": 1, "tags": ["own-topic"]}]
        policy = {"max_attempts": 3, "wait_hours": 0}
        sureness = {"fresh_items": 2}
        asked = {"confidence": True, "sureness": sureness, "retakes": policy}
        world.give_exam(exam_rules(cells=cells, cut=1, critical_must_pass=False, **asked))
        world.study("alba")
        yield server


def test_a_certain_mistake_is_put_right_before_the_exam_is_sat_again(
    server: Server, walk: Walk
) -> None:
    walker: Walker = walk("alba", PHONE)
    fail_certainly(walker)
    walker.sees_heading("Certain, and unsafe").sees("Own topic").sees("to be put right")
    assert violations(walker.page) == []
    walker.press("Put it right").press("I have read this lesson to its end")
    walker.press("Go on to the questions")
    for place, item in questions(server).items():
        walker.sees_heading(f"Question {place} of 2").is_sure("Certain").answer(item)
        if not item.staged:
            walker.press("Check my answer")
        assert violations(walker.page) == []
        walker.press("Next question" if place == 1 else "Finish these questions")
    walker.sees("All right: that is put right.").follow("Take the exam again")
    walker.tick("I work alone").press("Start the exam").sees_heading("Question 1 of 1")


def fail_certainly(walker: Walker) -> None:
    walker.to("/exam").tick("I work alone").press("Start the exam")
    choose(walker.page, "The stratum corneum")
    walker.sees("Answer to question 1 saved").is_sure("Certain").sees("“Certain” for question 1")
    walker.press("Review and submit").sees_not("Not said how sure you are")
    walker.press("Submit the exam").sees("Not passed.")


def choose(page: Page, text: str) -> None:
    page.get_by_text(text).first.click()
    settle(page)


def questions(server: Server) -> dict[int, Item]:
    with server.world.looking("system") as tx:
        own = AttemptRow.exam_id == remediation_id(EXAM)
        attempt = tx.session.exec(select(AttemptRow.id).where(own)).one()
    return server.world.items_of(attempt)
