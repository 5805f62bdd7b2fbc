"""A whole lesson, by keyboard and by finger: words, sources, notes, bookmark, questions, print."""

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from courses.queries.lesson import lesson_view
from quizbank.items import Item
from quizbank.queries.bank import item_detail
from tests.browser.conftest import DESKTOP, PHONE, Open, Walk
from tests.browser.screens import Walker, give, settle
from tests.factories import COURSE
from tests.server import Server

LESSON = "02-skin-and-depth"
ADDRESS = f"/lesson?course={COURSE}&lesson={LESSON}"
PATH_LESSON = "/lesson/risk-screening-in-practice/01-intake-questions"
NOTE = "The dial is a length.\nAsk the regulator."


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_whole_lesson(server: Server, walk: Walk, newcomer: str, size: ViewportSize) -> None:
    walker = walk(newcomer, size).to(ADDRESS).sees("After this lesson you can")
    _a_word_explains_itself(walker.page)
    _a_citation_leads_to_its_source_and_back(walker.page)
    walker.press("Bookmark").press("Take the bookmark out").press("Bookmark")
    walker.type("My notes on this lesson", NOTE).sees("Saved ")
    walker.press("I have read this lesson")
    for item in _check_items(server, newcomer):
        _answer_wrong_then_right(walker, item)
    walker.sees("Lesson done.").reload().sees("Lesson done.")
    expect(walker.page.get_by_label("My notes on this lesson")).to_have_value(NOTE)
    walker.to(f"/course?course={COURSE}").sees_heading("My bookmarks and notes")
    walker.sees("The dial is a length.")


def _a_word_explains_itself(page: Page) -> None:
    word = page.locator(".lesson .term").first
    tip = page.locator("#tip")
    word.focus()
    expect(tip).to_be_visible()
    assert tip.inner_text().strip()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Enter")
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Tab")
    expect(tip).to_be_hidden()


def _a_citation_leads_to_its_source_and_back(page: Page) -> None:
    citation = page.locator(".lesson a[href='#source-S33']").nth(1)
    citation.focus()
    page.keyboard.press("Enter")
    source = page.locator("#source-S33")
    expect(source).to_be_focused()
    expect(source).to_be_in_viewport()
    source.locator(".back").click()
    expect(citation).to_be_focused()
    expect(citation).to_be_in_viewport()


def _check_items(server: Server, name: str) -> list[Item]:
    with server.world.looking(name) as tx:
        asked = [one.item_id for one in lesson_view(tx, COURSE, LESSON).checks]
    with server.world.looking("system") as tx:
        return [item_detail(tx, item_id).item for item_id in asked]


def _answer_wrong_then_right(walker: Walker, item: Item) -> None:
    card = walker.page.get_by_test_id("stVerticalBlock").filter(has_text=item.stem[:40]).last
    key = item.key()
    wrong = next(one.id for one in item.prompt().choices if one.id != key.get("option"))
    give(card, item, {"option": wrong})
    settle(walker.page)
    card.get_by_role("button", name="Check my answer").click()
    settle(walker.page)
    card.get_by_role("button", name="Show the answer").click()
    settle(walker.page)
    expect(card.get_by_text("right answer").first).to_be_visible()
    walker.answer(item, card)
    card.get_by_role("button", name="Check my answer").click()
    settle(walker.page)


def test_a_search_leads_to_the_heading_in_its_lesson(walk: Walk, newcomer: str) -> None:
    walker = (
        walk(newcomer, PHONE)
        .to("/search")
        .type("Words to look for in lessons, glossary and contraindications", "length hairless rat")
    )
    walker.page.get_by_test_id("stPageLink-NavLink").filter(has_text="Skin anatomy").first.click()
    settle(walker.page)
    heading = walker.page.get_by_role("heading", name="Length is not depth")
    expect(heading).to_be_in_viewport()


def test_a_figure_of_a_lesson_to_print_is_legible_on_a_phone_and_on_paper(walk: Walk) -> None:
    page = walk("lena", PHONE).plain(f"/print{PATH_LESSON}").page
    figure = page.locator("figure img")
    assert _shrunk(figure) > 0.9
    # Text of twelve pixels stays above six points, eight pixels, on the sheet's 178 millimetres.
    page.set_viewport_size({"width": 673, "height": 900})
    page.emulate_media(media="print")
    page.wait_for_timeout(200)
    assert _shrunk(figure) > 0.7


def _shrunk(figure: Locator) -> float:
    return float(figure.evaluate("one => one.clientWidth / one.naturalWidth"))


def test_a_lesson_is_printed_from_a_page_of_its_own(open_context: Open, newcomer: str) -> None:
    page = open_context(newcomer).new_page()
    page.goto(f"/print/lesson/{COURSE}/{LESSON}")
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
