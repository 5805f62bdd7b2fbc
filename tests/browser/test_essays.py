"""Essays from writing to a certificate: the trainee writes, two mark, a third decides."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.commands.people import create_person
from base.permissions import Actor, Role
from quizbank.kinds.essay import count_words
from quizbank.queries.results import result_lines
from tests.browser.axe import AXE, violations
from tests.browser.conftest import PHONE, Walk
from tests.browser.screens import Walker, settle
from tests.conftest import skip_unless_ci
from tests.factories import World, description, essay, exam_rules, single_choice
from tests.server import Server, served

ANSWER = "The dermis holds most collagen, for its fibres are made there."
TRICKY = (
    "0.5 mm – or 1,5",
    "a\u00a0b\u2003c\u3000d\ufeffe",
    "… ! —",
    "皮膚 Haut ½",
    "a\u0085b",
    "",
)


@pytest.fixture(scope="module")
def server(
    demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Server, None, None]:
    """An academy of its own, whose exam has a text to read, a choice and an essay."""
    if not AXE.exists():
        skip_unless_ci("axe-core is not installed: sh tests/install_system_parts.sh")
    with served(demo_file, tmp_path_factory.mktemp("essays")) as server:
        world = server.world
        world.gather_cast()
        for name in ("carl", "cora"):
            enrol(world, name, Role.EXAMINER)
        world.load_items(essay(objective="TT-01"), single_choice(objective="TT-01"), description())
        cells = [{"objective": "TT-01", "count": 2}]
        world.give_exam(exam_rules(cells=cells, cut=2, descriptions=["tt-01-009"]))
        yield server


def enrol(world: World, name: str, role: Role) -> None:
    with world.as_system() as tx:
        person = create_person(tx, name.title(), f"{name}@example.org", None, (role,))
    world.cast[name] = Actor(person, name.title(), frozenset({role}))


def field(page: Page) -> Locator:
    return page.get_by_label("Your text", exact=True)


def go_to_essay(walker: Walker) -> None:
    """From the text to read on to the essay, which may be the first or the second question."""
    walker.press("Next")
    if not field(walker.page).count():
        walker.press("Next")
    field(walker.page).wait_for()


def test_from_writing_to_the_certificate(server: Server, walk: Walk, newcomer: str) -> None:
    server.world.study(newcomer)
    trainee = walk(newcomer)
    _sit(trainee)
    trainee.sees("Handed in; being marked.").sees_not("Not passed")
    trainee.to("/course").sees("handed in and being marked")
    _mark(walk("cato"), "4: Names the layer and what it holds.", "6", "0 of 2 markers so far")
    _mark(walk("carl"), "0: Names no layer.", "1", "1 of 2 markers so far")
    trainee.to("/result?attempt=" + _attempt(server, newcomer)).sees("Handed in; being marked.")
    _mark(walk("cora", PHONE), "4: Names the layer and what it holds.", "6", "2 of 3 markers")
    trainee.reload().sees("Passed.").sees("2 of 2 marks")
    trainee.follow("See my certificate").sees(newcomer.title())
    staff = walk("cato").to("/results").follow(newcomer.title())
    staff.sees("Written answers").sees("(layer 0, why 1)")


def _sit(trainee: Walker) -> None:
    trainee.to("/exam").tick("I work alone.").press("Start the exam")
    trainee.sees_heading("To read first").sees("Look at the section first.")
    trainee.sees("0 of 2 answered")
    go_to_essay(trainee)
    page = trainee.page
    field(page).press_sequentially("The dermis", delay=5)
    trainee.sees("2 words; 3 to 200 are expected.")
    # Nobody leaves the field: a pause alone saves what stands there.
    trainee.sees("saved at")
    field(page).press_sequentially(" holds most collagen", delay=5)
    trainee.press("Previous").press("Next")
    expect(field(page)).to_have_value("The dermis holds most collagen")
    trainee.reload()
    _find_essay(trainee)
    expect(field(page)).to_have_value("The dermis holds most collagen")
    field(page).fill(ANSWER)
    page.keyboard.press("Tab")
    trainee.sees("11 words; 3 to 200 are expected.").sees("saved at")
    assert violations(page) == []
    _answer_the_choice(trainee)
    trainee.unfold("All questions").press("Review and submit")
    trainee.sees("All 2 questions are answered.").press("Submit the exam")


def _find_essay(trainee: Walker) -> None:
    for number in (1, 2):
        trainee.jump(number)
        if field(trainee.page).count():
            return


def _answer_the_choice(trainee: Walker) -> None:
    for number in (1, 2):
        trainee.jump(number)
        if trainee.main.get_by_text("The dermis", exact=True).count():
            trainee.main.get_by_test_id("stRadio").get_by_text("The dermis", exact=True).click()
            settle(trainee.page)


def _attempt(server: Server, name: str) -> str:
    with server.world.looking("dina") as tx:
        person = server.world.actor(name).own_id
        return next(one.attempt_id for one in result_lines(tx) if one.person_id == person)


def _mark(examiner: Walker, level: str, points: str, so_far: str) -> None:
    examiner.to("/marking").sees("1 answer to mark").sees(so_far)
    examiner.follow("Which layer holds most collagen?").sees(ANSWER).sees("11 words")
    examiner.sees("A good answer").sees("2 criteria left.")
    save = examiner.page.get_by_role("button", name="Save mark and go to the next")
    expect(save).to_be_disabled()
    examiner.main.get_by_test_id("stRadio").locator("label").filter(has_text=level).click()
    settle(examiner.page)
    examiner.type("Says why (up to 6 points)", points)
    assert violations(examiner.page) == []
    examiner.press("Save mark and go to the next").sees("Mark saved. That was the last one.")
    examiner.sees("Nothing waits for your mark.")


def test_what_another_tab_refuses_can_still_be_copied(
    server: Server, walk: Walk, newcomer: str
) -> None:
    server.world.study(newcomer)
    here = walk(newcomer).to("/exam").tick("I work alone.").press("Start the exam")
    go_to_essay(here)
    attempt = _attempt(server, newcomer)
    server.world.answer(newcomer, attempt, 2, None)
    field(here.page).fill("Half an hour of thoughts that nobody wants to write again.")
    here.page.keyboard.press("Tab")
    here.sees("Nothing was overwritten").sees("Your text that was not saved, to copy")
    here.sees("Half an hour of thoughts")


@pytest.mark.parametrize("text", TRICKY)
def test_the_browser_counts_words_as_the_server_does(walk: Walk, text: str) -> None:
    author = walk("bela").to("/item?id=tt-01-008")
    field(author.page).fill(text)
    words = count_words(text)
    author.sees(f"{words} {'word' if words == 1 else 'words'}; 3 to 200 are expected.")
