"""The explorers in a browser: the depth by keyboard alone, and both on a phone."""

import re

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from tests.browser.conftest import PHONE, Walk
from tests.browser.screens import Walker, settle
from tests.browser.test_keyboard import Keyboard
from tests.browser.views import DEPTH, HEALING


def drawing(walker: Walker) -> Locator:
    """The drawing that fits this screen; the other one is not shown."""
    return walker.main.locator("figure img:visible")


def said(walker: Walker) -> Locator:
    """What a screen reader is told."""
    return walker.main.locator("span[role=status]")


def test_the_depth_explorer_needs_no_mouse(walk: Walk, newcomer: str) -> None:
    walker = walk(newcomer, size=ViewportSize(width=1280, height=1400)).to(DEPTH)
    keyboard = Keyboard(walker.page)
    expect(said(walker)).to_have_text("")
    keyboard.to("Site")
    keyboard.press("Enter")
    walker.page.keyboard.type("Cheek")
    keyboard.press("Enter")
    expect(drawing(walker)).to_have_attribute("alt", re.compile("Cheek, ultrasound, women"))
    keyboard.to("Measured by")
    keyboard.press("Enter")
    walker.page.keyboard.type("Histology")
    keyboard.press("Enter")
    walker.sees("no figure seen from this source")
    keyboard.to("Needle length in mm")
    for _ in range(3):
        keyboard.press("ArrowRight")
    walker.sees("0.65 mm.").sees("Longer than the course ceiling for the cheek")
    expect(said(walker)).to_contain_text("0.65 mm. Longer than the course ceiling")
    keyboard.to("Shorter")
    keyboard.press("Enter")
    walker.sees("0.60 mm.")
    keyboard.to("1.5 mm")
    keyboard.press("Space")
    expect(drawing(walker)).to_have_attribute("alt", re.compile("1.50 mm"))
    expect(said(walker)).to_contain_text("1.50 mm")
    keyboard.to("Figure as a table")
    keyboard.press("Enter")
    walker.sees("Forehead, dermis").sees("Length is not depth")


@pytest.mark.parametrize("size", [PHONE, ViewportSize(width=1280, height=800)])
def test_the_eyelid_is_never_on_any_screen(walk: Walk, newcomer: str, size: ViewportSize) -> None:
    walker = walk(newcomer, size=size).to(DEPTH).pick("Site", "Eyelid")
    walker.sees("no length is allowed there")
    expect(drawing(walker)).to_have_count(1)
    expect(drawing(walker)).to_have_attribute("alt", re.compile("Eyelid: never"))
    box = drawing(walker).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]


def test_healing_is_scrubbed_by_day_on_a_phone(walk: Walk, newcomer: str) -> None:
    walker = walk(newcomer, size=PHONE).to(HEALING)
    walker.sees("Day 0, the first 24 hours")
    walker.press("Day 14").sees("Day 14, week 3: proliferation").sees("Too early to needle")
    walker.press("Next day").sees("Day 15")
    walker.page.get_by_role("slider", name="Days after needling").focus()
    walker.page.keyboard.press("End")
    settle(walker.page)
    walker.sees("Day 180, week 26").sees("The client sees: the collagen result can be judged now")
    walker.sees("Redness past day 7")
