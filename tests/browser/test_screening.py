"""One client to each of the four decisions, at a desk and on a phone."""

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from courses.screening.case import Decision
from tests.browser.conftest import DESKTOP, PHONE, Walk
from tests.browser.screens import Walker, settle
from tests.browser.test_keyboard import Keyboard
from tests.screening import SCREENING, bring
from tests.server import Server
from ui.screening.words import AREAS, DECISIONS

JOURNEYS = [
    ("antiviral-started", Decision.PROCEED),
    ("filler-and-peel", Decision.DEFER),
    ("offers-to-skip", Decision.REFER),
    ("mother-insists", Decision.DECLINE),
]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(("case_id", "decision"), JOURNEYS, ids=[one for one, _ in JOURNEYS])
def test_a_client_is_screened_to_a_right_decision(
    walk: Walk,
    server: Server,
    newcomer: str,
    case_id: str,
    decision: Decision,
    size: ViewportSize,
) -> None:
    case = bring(server.world, newcomer, case_id)
    walker = walk(newcomer, size).to(f"/screening?course={SCREENING}")
    walker.sees(case.client).sees_not(case.title)
    for fact in case.findings:
        _open(walker, AREAS[fact.area])
        walker.press(fact.question)
        answer = walker.main.get_by_text(fact.answer, exact=True).first
        expect(answer).to_be_visible()
        box = walker.main.get_by_test_id("stCheckbox").filter(has_text="Put this on the record")
        box.nth(_heard(case, fact.id)).locator("label").click()
        settle(walker.page)
    walker.main.get_by_text(f"{DECISIONS[decision]}:").first.click()
    settle(walker.page)
    if decision is Decision.DEFER:
        assert case.wait is not None
        walker.type("Wait at least", str(case.wait.days))
    walker.press("Decide")
    for reason in case.reasons:
        if reason.correct:
            walker.tick(reason.text)
    walker.press("Say why, and see what happens")
    walker.press("Show all").sees_heading(case.title)
    expect(walker.page.get_by_test_id("stAlertContentSuccess").first).to_contain_text("Right.")
    walker.sees("Every finding was asked for")
    wide = walker.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size["width"]


def test_a_client_is_screened_without_a_mouse(walk: Walk, server: Server, newcomer: str) -> None:
    case = bring(server.world, newcomer, "offers-to-skip")
    size = ViewportSize(width=1280, height=1400)
    walker = walk(newcomer, size).to(f"/screening?course={SCREENING}")
    keyboard = Keyboard(walker.page)
    for fact in case.findings:
        keyboard.to("Goals 0/")
        while AREAS[fact.area] not in keyboard.here():
            keyboard.press("ArrowRight")
        keyboard.press("Space")
        keyboard.to(fact.question)
        keyboard.press("Enter")
        keyboard.to("Put this on the record")
        keyboard.press("Space")
    keyboard.to("Proceed")
    while "Refer" not in keyboard.here():
        keyboard.press("ArrowDown")
    keyboard.to("Decide")
    keyboard.press("Enter")
    for reason in case.reasons:
        if reason.correct:
            keyboard.to(reason.text)
            keyboard.press("Space")
    keyboard.to("Say why, and see what happens")
    keyboard.press("Enter")
    keyboard.to("Show all")
    keyboard.press("Enter")
    expect(walker.page.get_by_test_id("stAlertContentSuccess").first).to_contain_text("Right.")


def _open(walker: Walker, area: str) -> None:
    walker.main.get_by_role("radio", name=re.compile(f"^{area} ")).click()
    settle(walker.page)


def _heard(case, fact_id) -> int:
    """How many findings of the same area stand above this one on the screen."""
    (own,) = [one for one in case.facts if one.id == fact_id]
    before = [one for one in case.findings if one.area is own.area]
    return before.index(own)
