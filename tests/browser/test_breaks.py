"""A break in a real browser: a calm page that survives a reload and a killed server, and ends."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, expect

from base.clock import utc_now
from quizbank.commands.accommodations import grant_accommodation
from quizbank.queries.sitting import sitting
from quizbank.sittings import Adjustment
from quizbank.tables.attempts import AttemptRow
from tests.browser.conftest import DESKTOP
from tests.browser.screens import Walker, arrive, sign_in
from tests.server import Server, served

QUESTION = "Question 1 of 40"
CONNECTION = "data-test-connection-state"
_SIZE = "getComputedStyle(document.documentElement).fontSize"


def _ends_in(server: Server, attempt_id: str, seconds: float) -> None:
    with server.world.acting("system") as tx:
        attempt = tx.session.get_one(AttemptRow, attempt_id)
        attempt.paused_until = utc_now() + timedelta(seconds=seconds)


def test_a_break_survives_a_reload_and_a_killed_server_and_ends_by_itself(
    browser: Browser, demo_file: Path, tmp_path: Path
) -> None:
    with served(demo_file, tmp_path) as server:
        server.world.gather_cast()
        with server.world.acting("dina") as tx:
            alba = server.world.actor("alba").own_id
            grant_accommodation(tx, alba, Adjustment(1, 10, True), "A letter.", 0)
        attempt = server.world.start_exam("alba")
        context = browser.new_context(viewport=DESKTOP, base_url=server.url)
        sign_in(context, server, "alba")
        walker = Walker(context.new_page()).to("/exam").sees_heading(QUESTION)
        assert (
            walker.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20.8px"
        )
        walker.press("Take a break").sees("1 question that you have seen will be closed")
        walker.press("Start the break").sees_heading("You are on a break")
        walker.sees("of your break left").sees_not(QUESTION)
        walker.reload().sees_heading("You are on a break")
        server.stop(kill=True)
        expect(walker.page.get_by_test_id("stApp")).not_to_have_attribute(CONNECTION, "CONNECTED")
        with walker.page.expect_navigation(timeout=40_000):
            server.start()
        arrive(walker.page)
        walker.press("Go on").sees_heading("Question 2 of 40")
        walker.press("Previous").sees("Seen before your break:")
        walker.press("Take a break").press("Start the break").sees("of your break left")
        _ends_in(server, attempt, 2)
        walker.reload()
        expect(walker.main.get_by_role("heading", name="Question 3 of 40")).to_be_visible()
        with server.world.looking("alba") as tx:
            assert sitting(tx, attempt).frozen == {1, 2}
        context.close()
