"""An instructor changes a course's outline by keyboard; another reads it, a trainee sees it."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from courses.content_changes import an_outline
from courses.outline_edit import DraftOutline, lesson_moved
from courses.queries.course_writing import course_sheet
from tests.browser.conftest import DESKTOP, PHONE, Walk
from tests.browser.screens import Walker, settle
from tests.server import Server

SCARS = "needling-for-scars"


@pytest.mark.parametrize(("size", "waits"), [(DESKTOP, 2), (PHONE, 3)], ids=["desktop", "phone"])
def test_an_outline_is_moved_read_and_followed(
    walk: Walk, server: Server, newcomer: str, size: ViewportSize, waits: int
) -> None:
    """`waits` is the module that opens after the first lesson from now on."""
    before, titles = standing(server)
    second, third = before.lessons[1:3]
    author = walk("bela", size).to(f"/course_edit?course={SCARS}")
    by_key(author, "Lesson 3 up")
    author.sees("Draft").sees(f"2. {titles[third]}").sees(f"3. {titles[second]}")
    opens_after(author, waits, titles[before.lessons[0]])
    # A refresh loses nothing: the draft is kept.
    author.reload().sees(f"2. {titles[third]}")
    learner = walk(newcomer, size).to(f"/course?course={SCARS}")
    learner.sees(f"2. {titles[second]}").sees_not("Opens once")
    by_key(author, "Send for review")
    author.sees("It stands still until somebody else has read it")
    reader = walk("cato", size).to("/reviews").follow("Outline of Needling for scars")
    reader.sees("2 places differ.").sees("added").press("Approve and publish").sees("Published.")
    learner.reload().sees(f"2. {titles[third]}").sees(f"3. {titles[second]}")
    assert learner.main.get_by_text("Opens").count() >= 1
    assert wide(learner.page) <= size["width"]
    now, _ = standing(server)
    assert now.lessons == lesson_moved(before, third, -1).lessons
    assert now.modules[waits - 1].after == (before.lessons[0],)


def standing(server: Server) -> tuple[DraftOutline, dict[str, str]]:
    """Return the course's outline as it stands, and the titles of its lessons."""
    with server.world.looking("bela") as tx:
        sheet = course_sheet(tx, SCARS)
        assert sheet.draft is None, an_outline(SCARS)
        return sheet.outline, dict(sheet.titles)


def by_key(walker: Walker, name: str) -> None:
    """Press a button without a mouse."""
    walker.main.get_by_role("button", name=name, exact=True).press("Enter")
    settle(walker.page)


def opens_after(walker: Walker, module: int, lesson: str) -> None:
    """Let a module open after a lesson, by keyboard; the first module has no such field."""
    field = walker.main.get_by_role("combobox", name="Opens after these lessons").nth(module - 2)
    field.focus()
    walker.page.keyboard.type(lesson[:12])
    expect(walker.page.get_by_role("option", name=lesson)).to_be_visible()
    walker.page.keyboard.press("Enter")
    walker.page.keyboard.press("Escape")
    settle(walker.page)


def wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))
