"""Opening a lesson until it can be read, in Chromium, against a bare page with its Markdown."""

import shutil
from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from courses.lessons import read_lesson
from tests.bench.people import course_database, sitting_people
from tests.bench.servers import Noise, academy_server, bare_lesson_server, watching
from tests.bench.table import Line, milliseconds
from tests.browser.screens import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.factories import COURSE
from tests.server import HOUSE

LESSON = "02-skin-and-depth"
# Stands in the last paragraph of the lesson's body, so that all before it is on the page too.
_LAST_WORDS = "because it is the same face"
_ROUNDS = 9
_LONGEST = 30_000
# The first frame in which the last words stand in the page and have a place on it.
_WATCH = """
  window.readable = 0
  const look = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.includes(WORDS) && node.parentElement.checkVisibility()) return true
    }
    return false
  }
  new MutationObserver(() => {
    if (window.readable || !document.body?.textContent.includes(WORDS) || !look()) return
    window.readable = performance.now()
  }).observe(document, { childList: true, subtree: true, characterData: true })
"""


def measure(folder: Path) -> list[Line]:
    """Open both pages in turn, in profiles that have the app's files; returns the table's lines."""
    prepared = folder / "lesson.db"
    course_database(prepared)
    (cookie,) = sitting_people(prepared, 1)
    with (
        academy_server(prepared) as ours,
        bare_lesson_server(folder / "bare-lesson", _markdown()) as bare,
        sync_playwright() as playwright,
    ):
        program = shutil.which(CHROMIUM)
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        lesson = _opener(browser, f"{ours.address}/lesson?course={COURSE}&lesson={LESSON}", cookie)
        markdown = _opener(browser, bare.address, "")
        with watching(ours, bare) as noise:
            pairs = [(markdown(), lesson()) for _ in range(_ROUNDS)]
        browser.close()
    return _lines([one for one, _ in pairs], [one for _, one in pairs], noise)


def _markdown() -> str:
    path = HOUSE / "content" / COURSE / f"{LESSON}.md"
    lesson = read_lesson(LESSON, path.read_text(encoding="utf-8")).lesson
    if lesson is None or _LAST_WORDS not in lesson.body:
        raise RuntimeError(f"The lesson {LESSON} no longer ends as it did.")
    return lesson.body


def _opener(browser: Browser, address: str, cookie: str) -> Callable[[], float]:
    """Return what opens the page once more and says after how many seconds it could be read."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    if cookie:
        name, _, value = cookie.partition("=")
        here = "/".join(address.split("/")[:3])
        context.add_cookies([{"name": name, "value": value, "url": here}])
    context.add_init_script(f"const WORDS = {_LAST_WORDS!r}\n{_WATCH}")
    _open(context, address)
    return lambda: _open(context, address)


def _open(context: BrowserContext, address: str) -> float:
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.readable > 0", timeout=_LONGEST)
    seconds = float(page.evaluate("() => window.readable")) / 1000
    page.close()
    return seconds


def _lines(bare: list[float], ours: list[float], noise: Noise) -> list[Line]:
    rounds = f"{len(ours)} openings"
    ratio = median(ours) / median(bare)
    spread = f"{milliseconds(min(ours))} to {milliseconds(max(ours))}"
    return [
        Line("Lesson: bare Markdown", rounds, f"readable after {milliseconds(median(bare))}"),
        Line(
            "Lesson: ours, with figures",
            rounds,
            f"readable after {milliseconds(median(ours))} ({spread}){noise.mark}",
            f"{ratio:.2f} of bare",
            "<= 1.5",
        ),
    ]
