"""How the tests walk the app in a browser: go, press, read, and wait until the screen is done."""

import re
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate
from pydantic import JsonValue

from base.academy import SESSION_COOKIE
from quizbank.items import Item
from quizbank.kinds.case import Case
from tests.server import Server

# Chromium without the windows around its pages, which cost a second of processor for each profile.
CHROMIUM = "chromium-headless-shell"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Milliseconds for what is to come, on a machine that runs everything at once and has slow hours.
PATIENCE = 30_000

# Streamlit begins a rerun a few milliseconds after a click, so its screen counts as done only
# once it has been at rest for a moment. An element whose code is still on its way is a skeleton
# first, and a component's is empty. What fades or moves in is not yet what it will look like.
_AT_REST = """() => {
  const app = document.querySelector('[data-testid="stApp"]')
  const parts = [...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
    .map((one) => one.shadowRoot?.querySelectorAll('*').length ?? 0)
  const rest = app && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
    && parts.every(Boolean)
    && !document.getAnimations().some(one => one.playState === 'running'
      && Number.isFinite(one.effect?.getComputedTiming().endTime ?? Infinity))
  const size = [document.getElementsByTagName('*').length, ...parts].join()
  if (!rest || size !== window.sizeSeen) {
    window.sizeSeen = size
    window.atRestSince = null
    return false
  }
  window.atRestSince ??= performance.now()
  return performance.now() - window.atRestSince > 120
}"""


def sign_in(context: BrowserContext, server: Server, name: str) -> None:
    """Sign one of the cast in, without the form."""
    cookie = server.world.sign_in(name)
    context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": server.url}])


def arrive(page: Page) -> None:
    """Wait until a page that was just opened has drawn its title or its refusal, and the rest."""
    page.get_by_test_id("stMain").locator("h1, [role=alert]").first.wait_for()
    settle(page)


def settle(page: Page) -> None:
    """Wait until Streamlit has drawn everything."""
    page.evaluate("window.atRestSince = null")
    page.wait_for_function(_AT_REST)


def normal(text: str) -> str:
    """Return a text with its white space made single, as a screen shows it."""
    return " ".join(text.split())


@dataclass
class Walker:
    """Somebody at a browser."""

    page: Page

    @property
    def main(self) -> Locator:
        return self.page.get_by_test_id("stMain")

    def to(self, path: str) -> "Walker":
        """Open one of Streamlit's pages by its address."""
        self.page.goto(path)
        arrive(self.page)
        return self

    def plain(self, path: str) -> "Walker":
        """Open one of the plain pages."""
        self.page.goto(path)
        return self

    def reload(self) -> "Walker":
        self.page.reload()
        arrive(self.page)
        return self

    def press(self, name: str, exact: bool = True) -> "Walker":
        """Press a button of the app."""
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        settle(self.page)
        return self

    def follow(self, name: str, exact: bool = False) -> "Walker":
        """Follow a link of the app."""
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        settle(self.page)
        return self

    def choose(self, group: str, name: str) -> "Walker":
        """Go to a page from a group of the menu."""
        self.page.get_by_test_id("stTopNavSection").filter(has_text=group).click()
        self.page.get_by_role("menuitem", name=name).click()
        settle(self.page)
        return self

    def tick(self, name: str) -> "Walker":
        """Tick or untick a checkbox by its label."""
        box = self.page.get_by_test_id("stCheckbox").filter(has_text=name).first
        box.locator("label").click()
        settle(self.page)
        return self

    def type(self, label: str, text: str) -> "Walker":
        """Type into a field and leave it."""
        field = self.page.get_by_label(label, exact=True).first
        field.fill(text)
        field.press("Tab")
        settle(self.page)
        return self

    def pick(self, label: str, option: str) -> "Walker":
        """Choose from a drop-down list."""
        box = self.page.get_by_test_id("stSelectbox").filter(has_text=label).first
        _choose(box, option)
        settle(self.page)
        return self

    def unfold(self, name: str) -> "Walker":
        """Open a folded part of the page, and wait until it has moved into its place."""
        part = self.main.locator("details").filter(has_text=name).first
        if part.get_attribute("open") is None:
            part.locator("summary").click()
            settle(self.page)
        return self

    def jump(self, position: int) -> "Walker":
        """Go to a question of the exam by the list of all."""
        self.unfold("All questions")
        self.page.get_by_role("radio", name=re.compile(rf"^{position}( |$)")).click()
        settle(self.page)
        return self

    def is_sure(self, word: str) -> "Walker":
        """Say how sure the answer is: "Guess", "Fairly sure" or "Certain"."""
        self.main.get_by_role("radio", name=word, exact=True).click()
        settle(self.page)
        return self

    def sees(self, text: str | re.Pattern[str]) -> "Walker":
        expect(self.main.get_by_text(text).first).to_be_visible()
        return self

    def sees_not(self, text: str) -> "Walker":
        expect(self.main.get_by_text(text)).to_have_count(0)
        return self

    def sees_heading(self, text: str) -> "Walker":
        expect(self.main.get_by_role("heading", name=text).first).to_be_visible()
        return self

    def answer(self, item: Item, place: Locator | None = None) -> "Walker":
        """Give the right answer to the question on the screen, or to the one in `place`."""
        give(place or self.main, item, item.key())
        settle(self.page)
        return self


def give(place: Locator, item: Item, response: JsonValue) -> None:
    """Answer an item where it is drawn, by the texts of its options; a case to its end."""
    assert isinstance(response, dict)
    if isinstance(item, Case):
        _go_through(place, item, response)
        return
    texts = {choice.id: normal(choice.text) for choice in item.prompt().choices}
    if "text" in response:
        field = _free(place, "stTextInput").locator("input")
        field.fill(str(response["text"]))
        field.press("Tab")
    elif "option" in response:
        _click(_free(place, "stRadio").locator("label"), texts[str(response["option"])])
    elif isinstance(places := response.get("regions"), list) and len(places) == 1:
        _click(_free(place, "stRadio").locator("label"), texts[str(places[0])])
    elif isinstance(chosen := response.get("options"), list):
        for one in chosen:
            _click(_free(place, "stCheckbox").locator("label"), texts[str(one)])
            settle(place.page)
    else:
        _pick_each(place, _picked(item, response, texts))


def _pick_each(place: Locator, wanted: list[str]) -> None:
    assert wanted
    for number, text in enumerate(wanted):
        _choose(_free(place, "stSelectbox").nth(number), text)
        settle(place.page)


def _choose(box: Locator, option: str) -> None:
    """Open a list, and click its option until the list is gone.

    A list closes when its page scrolls, and a click while the list itself scrolls hits nothing.
    """
    wanted = box.page.get_by_role("option", name=option, exact=True)
    for _ in range(4):
        if not wanted.is_visible():
            box.get_by_role("combobox").click()
        try:
            wanted.hover(timeout=3_000)
            wanted.click(timeout=3_000)
            wanted.wait_for(state="hidden", timeout=2_000)
        except TooLate:
            continue
        return
    raise AssertionError(f"The option “{option}” could not be chosen.")


def _picked(item: Item, response: dict[str, JsonValue], texts: dict[str, str]) -> list[str]:
    """What is picked from list after list, for pairs, orders and gaps."""
    prompt = item.prompt()
    pairs, order, gaps = (response.get(name) for name in ("pairs", "order", "gaps"))
    if isinstance(pairs, dict):
        return [texts[str(pairs[one.id])] for one in prompt.premises]
    if isinstance(order, list):
        return [texts[str(one)] for one in order]
    if isinstance(gaps, dict):
        return [
            normal(one.text) for gap in prompt.gaps for one in gap.choices if one.id == gaps[gap.id]
        ]
    return []


def _go_through(place: Locator, case: Case, response: dict[str, JsonValue]) -> None:
    asked, answers = response["asked"], response["stages"]
    assert isinstance(asked, list)
    assert isinstance(answers, dict)
    for fact in case.facts:
        if fact.id in asked:
            place.get_by_role("button", name=normal(fact.question)).click()
            settle(place.page)
    for number, stage in enumerate(case.stages, start=1):
        give(place, stage.item, answers[stage.id])
        settle(place.page)
        last = number == len(case.stages)
        on = "Finish the case" if last else f"Go on to stage {number + 1}"
        place.get_by_role("button", name=on).click()
        settle(place.page)


def _free(place: Locator, test_id: str) -> Locator:
    """The fields that are not folded away, as those of a case's done stages are."""
    return place.get_by_test_id(test_id).locator("xpath=self::*[not(ancestor::details)]")


def _click(labels: Locator, text: str) -> None:
    labels.first.wait_for()
    shown = [normal(said) for said in labels.all_inner_texts()]
    assert text in shown, f"{text!r} is not among {shown}"
    labels.nth(shown.index(text)).click()
