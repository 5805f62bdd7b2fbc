"""A source changes: what rests on it, whose certificate does, a quiz sent to them and answered."""

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from courses.queries.source_changes import source_changes
from quizbank.queries.exams import exam_offer
from tests.browser.conftest import DESKTOP, PHONE, Walk
from tests.browser.screens import Walker, settle
from tests.factories import PRACTICE
from tests.server import Server


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_changed_source_reaches_its_holders(
    walk: Walk, server: Server, newcomer: str, size: ViewportSize
) -> None:
    server.world.earn(newcomer)
    name = server.world.actor(newcomer).name
    author = walk("bela", size).to("/content_reports")
    choose_source(author, "S13")
    author.sees(re.compile("What cites it")).sees("What needling is and is not")
    author.sees_heading("Certificate holders")
    expect(author.main.get_by_role("cell", name=name, exact=True)).to_be_visible()
    said = f"The elastin figure was corrected, as {newcomer} will read."
    author.main.get_by_label("What changed, and what it means").fill(said)
    author.main.get_by_role("button", name="Note the change").press("Enter")
    author.sees("Noted.")
    view(author, "Due for review").sees(re.compile("past the review date|past its review date"))
    view(author, "Changes").sees(said)
    author.main.get_by_role("button", name=re.compile("^Send the quiz to")).first.press("Enter")
    settle(author.page)
    author.sees(re.compile(r"Sent to \d+ holders? now")).sees(re.compile("Nobody is left"))
    answer_it(walk(newcomer, size), server, newcomer, said)
    with server.world.looking("bela") as tx:
        assert next(one for one in source_changes(tx) if one.note == said).reached


def answer_it(holder: Walker, server: Server, name: str, said: str) -> None:
    """Let the holder read what changed, take the quiz, and answer its first question."""
    holder.to("/").sees_heading("Something changed").sees(said)
    holder.press("Take the short quiz").sees_heading("Question 1 of")
    with server.world.looking(name) as tx:
        attempt = exam_offer(tx, PRACTICE).running
    assert attempt is not None
    item = server.world.items_of(attempt)[1]
    holder.is_sure("Certain").answer(item)
    if item.kind != "case":
        holder.press("Check my answer")
    holder.sees(re.compile("Right|right"))
    holder.to("/").sees("Go on with the short quiz")


def choose_source(walker: Walker, key: str) -> None:
    """Choose a source by keyboard."""
    walker.main.get_by_role("combobox", name="Source").focus()
    walker.page.keyboard.type(f"{key} ")
    expect(walker.page.get_by_role("option", name=re.compile(f"^{key} "))).to_be_visible()
    walker.page.keyboard.press("Enter")
    settle(walker.page)


def view(walker: Walker, name: str) -> Walker:
    walker.main.get_by_role("radio", name=name).click()
    settle(walker.page)
    return walker
