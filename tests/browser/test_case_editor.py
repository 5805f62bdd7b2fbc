"""An instructor writes a screening case by keyboard, also in tables; a refresh keeps it."""

import pytest
from playwright.sync_api import ViewportSize, expect

from courses.content_changes import a_case
from courses.screening.sheet import sheet_in
from tests.browser.conftest import DESKTOP, PHONE, Walk
from tests.browser.screens import Walker, settle
from tests.content_life import saved
from tests.screening import SCREENING
from tests.server import Server


@pytest.mark.parametrize(
    ("size", "case_id"),
    [(DESKTOP, "fine-lines"), (PHONE, "mother-insists")],
    ids=["desktop", "phone"],
)
def test_a_case_is_written_refreshed_and_returned(
    walk: Walk, server: Server, size: ViewportSize, case_id: str
) -> None:
    author = walk("bela", size).to(f"/screening_cases?case={case_id}")
    debrief = author.main.get_by_role("textbox", name="Debrief")
    debrief.fill("Ask, and write the answer down.")
    debrief.press("Control+Enter")
    settle(author.page)
    author.sees("Draft saved on").reload().sees("Draft saved on")
    expect(debrief).to_have_value("Ask, and write the answer down.")
    author.main.get_by_role("button", name="Send for review").press("Enter")
    settle(author.page)
    author.sees("It stands still until somebody else has read it")
    reader = walk("cato", size).to(f"/screening_cases?case={case_id}").follow("Open the review")
    reader.sees("Debrief").sees("Ask, and write the answer down.")
    reader.main.get_by_label("Comment").fill("Say of what.")
    reader.press("Return to the author").sees("Returned to its author.")
    author.reload().sees("Say of what.").sees("Returned to its author")


@pytest.mark.parametrize(
    ("size", "case_id"),
    [(DESKTOP, "offers-to-skip"), (PHONE, "young-scar")],
    ids=["desktop", "phone"],
)
def test_a_table_is_written_quickly_by_keyboard_and_a_refresh_keeps_it(
    walk: Walk, server: Server, size: ViewportSize, case_id: str
) -> None:
    author = walk("bela", size).to(f"/screening_cases?case={case_id}")
    go_to_cell(author, table=0, right=2)
    author.page.keyboard.type("Only what you would do.")
    author.page.keyboard.press("Enter")
    settle(author.page)
    author.sees("Draft saved on").reload().sees("Draft saved on")
    kept = sheet_in(saved(server.world, a_case(SCREENING, case_id)).text)
    assert kept.facts[0]["answer"] == "Only what you would do."


def test_enter_keeps_a_cell_where_the_browser_had_not_dealt_with_the_key_before(
    walk: Walk, server: Server
) -> None:
    author = walk("bela", PHONE).to("/screening_cases?case=lupus")
    go_to_cell(author, table=0, right=2)
    author.page.keyboard.press("Enter")
    field = author.page.locator(".gdg-input")
    field.fill("Nothing else.")
    # What a busy phone makes of two keys pressed quickly: both come at once.
    field.evaluate("""(field) => ["Shift", "Enter"].forEach((key) =>
        field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })))""")
    settle(author.page)
    author.sees("Draft saved on")
    kept = sheet_in(saved(server.world, a_case(SCREENING, "lupus")).text)
    assert kept.facts[0]["answer"] == "Nothing else."


def go_to_cell(walker: Walker, table: int, right: int) -> None:
    """Go to a cell of a table's first row with the arrow keys."""
    grid = walker.main.get_by_test_id("stDataFrame").nth(table)
    grid.scroll_into_view_if_needed()
    grid.locator("canvas").first.focus()
    for _ in range(right):
        walker.page.keyboard.press("ArrowRight")
