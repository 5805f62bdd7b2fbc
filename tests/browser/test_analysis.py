"""An examiner reads how an exam works, and takes the results along."""

import csv

from playwright.sync_api import expect

from tests.browser.conftest import Walk
from tests.browser.screens import settle
from tests.factories import EXAM


def test_an_examiner_goes_from_an_exam_to_an_item_and_who_chose_what(walk: Walk) -> None:
    examiner = walk("cato").to(f"/analysis?exam={EXAM}")
    examiner.sees("Too few to judge").sees_heading("The exam as a whole").sees(
        "Reliability (alpha)"
    )
    expect(examiner.main.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    examiner.type("Search", "no question says this").sees("Change the search or the filters.")
    examiner.type("Search", "").follow("mf-01-")
    examiner.sees_heading("Its figures").sees("Random-guess score").sees_heading("Who chose what")
    table = examiner.main.get_by_role("region").filter(has_text="Point-biserial").first
    table.focus()
    expect(table).to_be_focused()
    examiner.follow("Open the item").sees_heading("How it works")


def test_an_examiner_downloads_the_results(walk: Walk) -> None:
    examiner = walk("cato").to("/results")
    with examiner.page.expect_download() as waiting:
        examiner.page.get_by_role("button", name="Download as CSV").click()
    written = waiting.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(written.splitlines()))
    settle(examiner.page)
    assert rows
    assert "MF-01 marks" in rows[0]
