"""What is typed or pressed and not yet on disk: the bar never calls it saved, and it gets there."""

import os
import re
import signal
from collections.abc import Callable, Generator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.commands.sign_ins import sign_out_everywhere
from base.clock import utc_now
from quizbank.commands.files import add_picture
from quizbank.kinds.item import field_of
from quizbank.queries.attempts import progress_of
from quizbank.tables.attempts import AttemptRow
from tests.browser.conftest import Walk
from tests.browser.screens import Walker, settle, sign_in
from tests.factories import FIGURE, essay, exam_rules, hotspot, short_answer, true_false
from tests.server import Server, served

KINDS = (true_false, hotspot, essay, short_answer)
WAITING = "Not saved yet: waiting for the academy"
KEEPS = """(something) =>
  Object.keys(sessionStorage).some((name) => name.startsWith("pinpoint-typed:")) === something"""
AHEAD = "() => { const now = Date.now.bind(Date); Date.now = () => now() + 600000 }"


@pytest.fixture(scope="module")
def server(
    demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Server, None, None]:
    """An academy of its own, whose exam asks four kinds and how sure one is."""
    with served(demo_file, tmp_path_factory.mktemp("unsent")) as server:
        world = server.world
        world.gather_cast()
        with world.acting("bela") as tx:
            add_picture(tx, FIGURE.content)
        items = (make(f"zz-01-{at:03}", objective="ZZ-01") for at, make in enumerate(KINDS, 1))
        world.load_items(*items)
        cells = [{"objective": "ZZ-01", "count": len(KINDS)}]
        rules = {"cells": cells, "critical_must_pass": False, "confidence": True}
        world.give_exam(exam_rules(minutes=60, **rules))
        yield server


@pytest.fixture
def sat(server: Server, walk: Walk, newcomer: str) -> tuple[str, Walker]:
    """A running exam and its trainee's screen."""
    return server.world.start_exam(newcomer), walk(newcomer).to("/exam")


def _at(server: Server, attempt: str, trainee: Walker, kind: str) -> int:
    """Go to the question of this kind; returns its position."""
    items = server.world.items_of(attempt)
    position = next(place for place, item in items.items() if item.kind == kind)
    trainee.unfold("All questions")
    trainee.page.get_by_test_id("stButtonGroup").last.get_by_role("radio").nth(position - 1).click()
    settle(trainee.page)
    if kind == "hotspot":
        # Its code comes over the network, which some of these tests then take away.
        trainee.main.locator(".figure-frame").wait_for()
    return position


def _deadline(server: Server, attempt: str, **away: float) -> None:
    with server.world.acting("system") as tx:
        tx.session.get_one(AttemptRow, attempt).deadline = utc_now() + timedelta(**away)


def _stands(server: Server, attempt: str, position: int) -> object:
    with server.world.looking("system") as tx:
        return field_of(progress_of(tx, attempt).responses.get(position), "text")


def _press_certain(trainee: Walker) -> None:
    trainee.main.get_by_role("radio", name="Certain", exact=True).click()


def _click_the_figure(trainee: Walker) -> None:
    trainee.main.locator(".figure-frame").click(position={"x": 20, "y": 20})


def _write(trainee: Walker) -> None:
    field = trainee.page.get_by_label("Your text", exact=True)
    field.fill("The dermis holds most collagen.")
    field.blur()


@pytest.mark.parametrize(
    ("kind", "do"),
    [("true_false", _press_certain), ("hotspot", _click_the_figure), ("essay", _write)],
)
def test_what_a_silent_server_has_not_answered_is_not_called_saved(
    server: Server, sat: tuple[str, Walker], kind: str, do: Callable[[Walker], None]
) -> None:
    attempt, trainee = sat
    _at(server, attempt, trainee, kind)
    os.kill(server.pid, signal.SIGSTOP)
    try:
        do(trainee)
        trainee.sees(WAITING)
    finally:
        os.kill(server.pid, signal.SIGCONT)
    trainee.sees_not(WAITING)
    expect(trainee.main.get_by_text("✓").first).to_be_visible()


def test_whoever_pauses_while_typing_has_it_saved(server: Server, sat: tuple[str, Walker]) -> None:
    attempt, trainee = sat
    position = _at(server, attempt, trainee, "short_answer")
    field = trainee.main.get_by_test_id("stTextInput").locator("input")
    field.press_sequentially("stratum", delay=30)
    trainee.sees("Not saved yet: it is saved when you pause")
    trainee.sees(f"Answer to question {position} saved")
    assert _stands(server, attempt, position) == "stratum"
    expect(field).to_be_focused()
    field.press_sequentially(" corneum", delay=30)
    field.press("Tab")
    settle(trainee.page)
    assert _stands(server, attempt, position) == "stratum corneum"


def test_a_text_that_is_being_written_is_not_called_saved(
    server: Server, sat: tuple[str, Walker]
) -> None:
    attempt, trainee = sat
    position = _at(server, attempt, trainee, "essay")
    trainee.page.get_by_label("Your text", exact=True).press_sequentially("The dermis holds")
    trainee.sees("What you wrote since is saved when you pause.")
    trainee.sees(f"Answer to question {position} saved")
    trainee.sees_not("What you wrote since")


def test_who_never_pauses_has_a_text_saved_all_the_same(
    server: Server, sat: tuple[str, Walker]
) -> None:
    attempt, trainee = sat
    position = _at(server, attempt, trainee, "essay")
    field = trainee.page.get_by_label("Your text", exact=True)
    field.press_sequentially(
        "The dermis holds most collagen, and is thick. ", delay=300, timeout=30_000
    )
    assert str(_stands(server, attempt, position)).startswith("The dermis holds")


def _keeps(trainee: Walker, *, something: bool) -> None:
    trainee.page.wait_for_function(KEEPS, arg=something)


@pytest.mark.parametrize("saved", ["", "The dermis "])
def test_who_is_signed_out_while_writing_finds_the_text_again(
    server: Server, sat: tuple[str, Walker], newcomer: str, saved: str
) -> None:
    attempt, trainee = sat
    position = _at(server, attempt, trainee, "essay")
    field = trainee.page.get_by_label("Your text", exact=True)
    if saved:
        field.press_sequentially(saved)
        trainee.sees(f"Answer to question {position} saved")
    field.press_sequentially("holds most collagen.")
    address = trainee.page.url
    with server.world.acting(newcomer) as tx:
        sign_out_everywhere(tx)
    trainee.sees("this tab keeps what you were writing")
    sign_in(trainee.page.context, server, newcomer)
    trainee.to(address).sees("What you had typed here is back.")
    expect(field).to_have_value(f"{saved}holds most collagen.")
    trainee.sees(f"Answer to question {position} saved")
    assert _stands(server, attempt, position) == f"{saved}holds most collagen."
    _keeps(trainee, something=False)


def test_the_next_person_at_a_browser_finds_nothing_of_what_was_written(
    server: Server, sat: tuple[str, Walker]
) -> None:
    attempt, trainee = sat
    _at(server, attempt, trainee, "essay")
    field = trainee.page.get_by_label("Your text", exact=True)
    field.press_sequentially("The dermis holds most collagen.")
    _keeps(trainee, something=True)
    sign_in(trainee.page.context, server, "alba")
    other = server.world.start_exam("alba")
    trainee.to("/exam")
    _at(server, other, trainee, "essay")
    expect(field).to_have_value("")
    trainee.sees_not("What you had typed here is back.")
    assert "collagen" not in trainee.page.evaluate("JSON.stringify(sessionStorage)")


def test_what_was_typed_goes_with_the_exam(server: Server, sat: tuple[str, Walker]) -> None:
    attempt, trainee = sat
    _at(server, attempt, trainee, "essay")
    trainee.page.get_by_label("Your text", exact=True).press_sequentially("The dermis")
    _keeps(trainee, something=True)
    _deadline(server, attempt, seconds=1)
    trainee.page.wait_for_url("**/result?attempt=*", timeout=15_000)
    _keeps(trainee, something=False)


def test_who_still_types_when_time_is_up_has_it_saved(
    server: Server, sat: tuple[str, Walker]
) -> None:
    attempt, trainee = sat
    position = _at(server, attempt, trainee, "short_answer")
    field = trainee.main.get_by_test_id("stTextInput").locator("input")
    _deadline(server, attempt, seconds=8)
    trainee.page.evaluate(AHEAD)
    trainee.sees(re.compile("^0:0\\d left$"))
    # Never a pause, until the end comes.
    field.press_sequentially("stratum corneum", delay=400)
    trainee.page.wait_for_url("**/result?attempt=*", timeout=15_000)
    assert str(_stands(server, attempt, position)).startswith("stra")


def test_a_laptop_that_slept_shows_the_time_that_is_left(
    server: Server, sat: tuple[str, Walker]
) -> None:
    attempt, trainee = sat
    trainee.sees("59:")
    _deadline(server, attempt, minutes=20)
    # What a browser knows after it slept: the time of day went on, its own clock did not.
    trainee.page.evaluate(AHEAD)
    trainee.sees("19:5")
