"""Opening a screen by its address: the browser asks for what it needs, and for nothing else."""

from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Open
from tests.browser.screens import Walker
from tests.browser.views import SECOND_LESSON


def test_a_screen_below_the_root_connects_at_once(open_context: Open) -> None:
    page = open_context("alba").new_page()
    asked, refused = _listen(page)
    Walker(page).to(SECOND_LESSON).sees_heading("Skin anatomy and depth")
    assert any(one.endswith("/_stcore/health") for one in asked)
    assert not [one for one in asked if "/lesson/_stcore" in one]
    assert refused == []


def test_the_address_stays_and_leads_to_the_next_screen(open_context: Open) -> None:
    walker = Walker(open_context("alba").new_page()).to("/courses")
    assert walker.page.url.endswith("/courses")
    walker.page.get_by_role("link", name="Progress").first.click()
    walker.page.wait_for_url("**/progress")
    walker.page.go_back()
    walker.page.wait_for_url("**/courses")
    walker.sees_heading("Courses")


def test_each_group_of_the_menu_is_a_list_on_a_phone(open_context: Open) -> None:
    page = open_context("dina", PHONE).new_page()
    Walker(page).to("/people")
    page.get_by_test_id("stExpandSidebarButton").click()
    items = page.get_by_test_id("stSidebarNavItems")
    items.wait_for()
    assert items.get_attribute("role") == "none"
    groups = items.locator(":scope > div")
    assert groups.count() > 1
    assert {one.get_attribute("role") for one in groups.all()} == {"list"}


def _listen(page: Page) -> tuple[list[str], list[str]]:
    asked, refused = list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url.partition("?")[0]))
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    return asked, refused
