"""An exam without a mouse: every step by the keyboard, and the place where one stands shows."""

import io
from dataclasses import dataclass

from PIL import Image, ImageChops
from playwright.sync_api import Page, ViewportSize

from quizbank.items import Item
from quizbank.queries.exams import exam_offer
from tests.browser.conftest import Walk
from tests.browser.screens import normal, settle
from tests.factories import EXAM
from tests.server import Server

_MOST_STOPS = 120
_LOOKS = 5
_NAME = """() => {
  const here = document.activeElement
  if (here.matches('body, main')) return ''
  const said = here.getAttribute('aria-label') || here.labels?.[0]?.innerText
    || here.closest('label')?.innerText
    || here.innerText || ''
  return said.replace(/\\s+/g, ' ').trim()
}"""
_BOX = """() => {
  const here = document.activeElement
  const box = (here.closest('label') || here).getBoundingClientRect()
  const [x, y] = [Math.max(0, box.x - 6), Math.max(0, box.y - 6)]
  return {x, y, width: Math.min(box.width + 12, innerWidth - x),
    height: Math.min(box.height + 12, innerHeight - y)}
}"""


@dataclass
class Keyboard:
    """Somebody who has no mouse."""

    page: Page

    def here(self) -> str:
        return str(self.page.evaluate(_NAME))

    def to(self, name: str, key: str = "Tab") -> None:
        """Press a key until what has this in its name has the focus, and see that it shows."""
        stops: list[str] = []
        while name not in (stops[-1] if stops else ""):
            assert len(stops) < _MOST_STOPS, f"{name!r} cannot be reached: {stops}"
            self.page.keyboard.press(key)
            stops.append(self.here())
        # While a busy screen is still being drawn, the field moves away under the picture of it.
        seen = any(self._shows() for _ in range(_LOOKS))
        assert seen, f"The focus on {name!r} cannot be seen; it is on {self.here()!r} now."

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        settle(self.page)

    def _shows(self) -> bool:
        self.page.wait_for_timeout(250)
        box = self.page.evaluate(_BOX)
        with_focus = self._picture(box)
        self.page.evaluate("() => { window.stood = document.activeElement; window.stood.blur() }")
        self.page.wait_for_timeout(250)
        without = self._picture(box)
        self.page.evaluate("() => window.stood.focus()")
        # A tint that nobody sees changes thousands of points a little; a ring changes some a lot.
        difference = ImageChops.difference(with_focus, without).convert("L").histogram()
        return sum(difference[40:]) > 100

    def _picture(self, box: dict[str, float]) -> Image.Image:
        shot = self.page.screenshot(clip=box)  # pyright: ignore[reportArgumentType] four numbers
        return Image.open(io.BytesIO(shot)).convert("RGB")


def test_an_exam_can_be_taken_without_a_mouse(server: Server, walk: Walk, newcomer: str) -> None:
    server.world.study(newcomer)
    walker = walk(newcomer, size=ViewportSize(width=1280, height=1400)).to("/exam")
    keyboard = Keyboard(walker.page)
    keyboard.to("I will answer alone")
    keyboard.press("Space")
    keyboard.to("Start the exam")
    keyboard.press("Enter")
    walker.sees_heading("Question 1 of 40")
    items = server.world.items_of(_running(server, newcomer))
    # A case without a mouse: `test_kinds_by_keyboard.py`.
    plain = {place: item for place, item in items.items() if not item.staged}
    one_of_each = {item.kind: (place, item) for place, item in plain.items()}
    for place, item in one_of_each.values():
        _jump(keyboard, place)
        walker.sees_heading(f"Question {place} of 40")
        _answer(keyboard, item)
        walker.sees(f"Answer to question {place} saved")
    keyboard.to("Flag for later")
    keyboard.press("Enter")
    walker.sees("flagged")
    _unfold_list(keyboard)
    keyboard.to("Review and submit")
    keyboard.press("Enter")
    walker.sees(f"{40 - len(one_of_each)} questions without an answer:").sees("Flagged for later:")
    keyboard.to("Submit the exam")
    keyboard.press("Enter")
    walker.sees_heading("Your result").sees(f"{len(one_of_each)} of 40 marks")


def test_the_menu_and_the_plain_pages_show_where_the_keyboard_stands(walk: Walk) -> None:
    visitor = walk("dina").to("/people")
    keyboard = Keyboard(visitor.page)
    for name in ("Skip to main content", "Courses", "Academy"):
        keyboard.to(name)
    keyboard.press("Enter")
    keyboard.to("People", "ArrowDown")
    keyboard.press("Escape")
    keyboard.to("Add a person")
    stranger = walk().plain("/auth/login")
    keyboard = Keyboard(stranger.page)
    for name in ("Skip to the content", "Check a certificate", "E-mail", "Password", "Sign in"):
        keyboard.to(name)


def _running(server: Server, name: str) -> str:
    with server.world.looking(name) as tx:
        running = exam_offer(tx, EXAM).running
    assert running
    return running


def _unfold_list(keyboard: Keyboard) -> None:
    keyboard.to("All questions")
    if not keyboard.page.locator("details[open]").count():
        keyboard.press("Enter")
        keyboard.page.wait_for_timeout(500)


def _jump(keyboard: Keyboard, place: int) -> None:
    _unfold_list(keyboard)
    here = ""
    while not here.isdecimal():
        keyboard.page.keyboard.press("Tab")
        here = keyboard.here().split(" ")[0]
    for _ in range(abs(place - int(here))):
        keyboard.page.keyboard.press("ArrowRight" if place > int(here) else "ArrowLeft")
    keyboard.press("Space")


def _answer(keyboard: Keyboard, item: Item) -> None:
    response = item.key()
    assert isinstance(response, dict)
    texts = {choice.id: normal(choice.text) for choice in item.prompt().choices}
    if "text" in response:
        keyboard.to("Your answer")
        keyboard.page.keyboard.type(str(response["text"]))
        keyboard.press("Tab")
    elif "option" in response:
        choose(keyboard, texts, texts[str(response["option"])])
    else:
        for one in sorted(texts):
            if one in response["options"]:  # pyright: ignore[reportOperatorIssue] a list of ids
                keyboard.to(texts[one])
                keyboard.press("Space")


def choose(keyboard: Keyboard, texts: dict[str, str], wanted: str) -> None:
    """Go to a group of options and on to the wanted one."""
    while keyboard.here() not in texts.values():
        keyboard.page.keyboard.press("Tab")
    if keyboard.here() == wanted:
        keyboard.press("Space")
    while keyboard.here() != wanted:
        keyboard.press("ArrowDown")
