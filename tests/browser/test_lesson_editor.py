"""An instructor writes a lesson: problems at their lines, a figure put in, read by another."""

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, Walk
from tests.browser.screens import Walker, settle
from tests.factories import COURSE

LESSON = f"course={COURSE}&lesson=06-skin-type-consent-records"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_lesson_is_written_checked_at_its_lines_read_and_published(
    walk: Walk, size: ViewportSize
) -> None:
    author = walk("bela", size).to(f"/lesson_edit?{LESSON}")
    area = author.page.get_by_label("Text of the lesson, in Markdown")
    area.focus()
    author.page.keyboard.press("Control+Home")
    author.page.keyboard.type("# Written today [S99]\n\n")
    wrong = author.page.get_by_role("button", name="Line 1: A level-1 heading")
    expect(wrong).to_be_visible()
    author.sees("S99 is cited but not listed")
    expect(author.main.get_by_role("button", name="Send for review")).to_be_disabled()
    # The problem leads to its line; writing over it puts it right.
    wrong.focus()
    author.page.keyboard.press("Enter")
    author.page.keyboard.type(f"## Written on a {'phone' if size is PHONE else 'desk'}")
    expect(wrong).to_have_count(0)
    _is_saved(author)
    author.press("Send for review").sees("Somebody else reads it")
    reader = walk("cato", size).to("/reviews").follow("Skin type, consent").sees("added")
    reader.press("Approve and publish").sees("Published.")
    learner = walk("lena", size).to(f"/lesson?{LESSON}")
    learner.sees_heading(f"Written on a {'phone' if size is PHONE else 'desk'}")


def test_a_figure_is_put_in_at_the_cursor_by_keyboard(walk: Walk) -> None:
    author = walk("bela").to(f"/lesson_edit?course={COURSE}&lesson=07-procedure-safety")
    area = author.page.get_by_label("Text of the lesson, in Markdown")
    area.focus()
    author.page.keyboard.press("Control+Home")
    author.page.get_by_label("Put in").select_option(label="skin-section")
    author.page.get_by_role("button", name="Put it in at the cursor").press("Enter")
    expect(area).to_have_value(re.compile(r"^\{\{figure: skin-section\}\}\n\n"))
    _is_saved(author)
    author.sees("is cited by a figure but not listed under sources")


def _is_saved(author: Walker) -> None:
    area = author.page.get_by_label("Text of the lesson, in Markdown")
    area.blur()
    settle(author.page)
    author.sees("Draft saved on")
    author.sees_not("Not saved yet")
