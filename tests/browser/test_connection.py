"""Tabs that know of each other, and a connection that comes and goes: the words stay true."""

import os
import re
import signal
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from quizbank.queries.sitting import sitting
from tests.browser.conftest import DESKTOP, Walk
from tests.browser.screens import Walker, arrive, sign_in
from tests.server import Server, served

ELSEWHERE = "This exam is open in another tab or on another device."
READ_ONLY = "Below you can read your answers, not change them."


def _another(first: Walker, address: str) -> Walker:
    second = Walker(first.page.context.new_page())
    return second.to(address)


def test_the_second_tab_is_told_and_the_first_is_read_only_at_once(
    server: Server, walk: Walk, newcomer: str
) -> None:
    attempt = server.world.start_exam(newcomer)
    item = server.world.items_of(attempt)[1]
    first = walk(newcomer).to("/exam").answer(item).sees("Answer to question 1 saved")
    second = _another(first, "/exam").sees(ELSEWHERE)
    expect(second.page.get_by_role("button", name="Next")).to_have_count(0)
    second.press("Go on here").sees("The exam goes on in this tab")
    # Nobody touched the first one: its browser heard it from the second.
    first.sees(READ_ONLY).sees("Nothing is saved from this tab")
    expect(first.main.get_by_role("button", name="Flag for later")).to_have_count(0)
    first.reload().sees(ELSEWHERE)
    second.reload().sees_not(ELSEWHERE)


def test_a_copy_of_a_tab_is_told_too(server: Server, walk: Walk, newcomer: str) -> None:
    attempt = server.world.start_exam(newcomer)
    item = server.world.items_of(attempt)[1]
    first = walk(newcomer).to("/exam").answer(item).sees("Answer to question 1 saved")
    assert "tab=" in first.page.url
    copy = _another(first, first.page.url).sees(ELSEWHERE)
    assert copy.page.url != first.page.url
    first.press("Next").sees_not(ELSEWHERE)


def test_who_signed_out_in_another_tab_is_told_and_comes_back_to_the_exam(
    server: Server, walk: Walk, newcomer: str
) -> None:
    attempt = server.world.start_exam(newcomer)
    item = server.world.items_of(attempt)[1]
    trainee = walk(newcomer).to("/exam").answer(item).sees("Answer to question 1 saved")
    other = trainee.page.context.new_page()
    other.goto("/auth/logout")
    other.get_by_role("button", name="Sign out of this browser").click()
    other.wait_for_url(server.url + "/")
    trainee.page.get_by_role("button", name="Flag for later").click()
    trainee.sees("You are signed out, perhaps from another tab. What was saved is safe;")
    trainee.page.get_by_role("link", name="Sign in").click()
    trainee.page.wait_for_url("**/auth/login?next=*exam*")
    back = trainee.page.locator("input[name=next]").input_value()
    sign_in(trainee.page.context, server, newcomer)
    trainee.to(back).sees("1 answer saved so far").sees_not(ELSEWHERE)


@pytest.fixture
def own_server(demo_file: Path, tmp_path: Path) -> Generator[Server, None, None]:
    """A server that may be killed."""
    with served(demo_file, tmp_path) as server:
        server.world.gather_cast()
        yield server
        server.stop(kill=True)


def _go_to(trainee: Walker, place: Locator) -> None:
    while not place.count():
        trainee.press("Next")


def test_what_could_not_be_sent_is_never_called_saved(own_server: Server, browser: Browser) -> None:
    server = own_server
    attempt = server.world.start_exam("alba")
    with browser.new_context(viewport=DESKTOP, base_url=server.url) as context:
        sign_in(context, server, "alba")
        trainee = Walker(context.new_page()).to("/exam").sees("0 answers saved so far")
        options = trainee.main.get_by_test_id("stRadio").filter(has_text="Choose one answer")
        _go_to(trainee, options)
        chosen = options.locator("label:has(input)").first
        os.kill(server.pid, signal.SIGSTOP)
        chosen.click()
        trainee.sees("Not saved yet: waiting for the academy")
        server.stop(kill=True)
        alert = trainee.main.get_by_role("alert").filter(has_text="Connection lost")
        expect(alert).to_be_visible()
        server.start()
        expect(alert).to_have_count(0, timeout=30_000)
        arrive(trainee.page)
        trainee.sees("0 answers saved so far: what is chosen here is what is saved")
        trainee.sees_not(ELSEWHERE)
        _go_to(trainee, options)
        expect(options.locator("input:checked")).to_have_count(0)
        with server.world.looking("alba") as tx:
            assert sitting(tx, attempt).answered == frozenset()
        chosen.click()
        trainee.sees(re.compile("Answer to question \\d+ saved"))
