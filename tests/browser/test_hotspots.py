"""A hotspot: drawn by its author on a real picture, found by click, by tap and by keyboard."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from quizbank.commands.files import add_picture
from quizbank.items import read_item
from quizbank.kinds.hotspot import Hotspot
from quizbank.queries.bank import item_exists
from quizbank.queries.proposals import find_newest_proposal
from tests.browser.axe import AXE, violations
from tests.browser.conftest import PHONE, Walk
from tests.browser.screens import Walker, settle
from tests.conftest import skip_unless_ci
from tests.factories import FIGURE, hotspot
from tests.server import Server

LIST = "Or choose from the list; it counts the same"


def click(page: Page, x: float, y: float) -> None:
    """Click the figure at a point of the picture, whatever its size on the screen."""
    figure = live(page)
    box = figure.bounding_box()
    assert box
    across, down = x / FIGURE.width * box["width"], y / FIGURE.height * box["height"]
    figure.click(position={"x": across, "y": down})
    settle(page)


def live(page: Page) -> Locator:
    return page.locator(".figure-frame.live")


def previewed(server: Server, walk: Walk, **size: object) -> Walker:
    with server.world.acting("bela") as tx:
        add_picture(tx, FIGURE.content)
        known = item_exists(tx, "hs-01-001")
    if not known:
        server.world.publish(hotspot("hs-01-001", pool="check"))
    return walk("cato", **size).to("/item?id=hs-01-001")


def test_an_author_draws_a_hotspot_on_a_picture(server: Server, walk: Walk, tmp_path: Path) -> None:
    file = tmp_path / "layers.png"
    file.write_bytes(FIGURE.content)
    author = walk("bela").to("/item?new=hotspot").sees("Choose a picture first")
    author.type("Question", "Click the layer that holds most collagen.")
    author.main.locator("input[type=file]").first.set_input_files(file)
    settle(author.page)
    alt = "What the figure shows, for those who cannot see it; it must not name the answer"
    author.type(alt, "Three layers")
    for letter, top in zip("ABC", (0, 100, 200), strict=True):
        author.press(f"Draw region {letter}").sees(f"Region {letter}: click two opposite corners.")
        click(author.page, 5, top + 5)
        click(author.page, 195, top + 95)
        author.type(f"What the list calls region {letter}", f"Layer {letter}")
        author.type(f"Why region {letter} is right or wrong", "So.")
    author.main.get_by_test_id("stCheckbox").filter(has_text="Right answer").nth(1).locator(
        "label"
    ).click()
    settle(author.page)
    sources = author.main.get_by_test_id("stMultiSelect").filter(has_text="Sources")
    sources.locator("input").click()
    author.page.keyboard.type("S13")
    author.page.get_by_role("option", name=re.compile("S13")).first.click()
    settle(author.page)
    author.type("Id", "hs-09-001").press("Send for review")
    author.sees("Sent for review")
    with server.world.looking("bela") as tx:
        written = find_newest_proposal(tx, "hs-09-001")
    assert written
    item = read_item(written.fields)
    assert isinstance(item, Hotspot)
    assert [one.correct for one in item.regions] == [False, True, False]
    left, top, width, height = item.regions[1].coords
    assert (left, top, width, height) == pytest.approx((5, 105, 190, 90), abs=1.5)
    assert item.mark({"points": [[100, 150]]}).fraction == 1


def test_a_place_is_clicked_moved_and_taken_back(server: Server, walk: Walk) -> None:
    trainee = previewed(server, walk)
    click(trainee.page, 50, 50)
    trainee.sees("Not right.").sees("The ring marks where you clicked.")
    click(trainee.page, 50, 150)
    trainee.sees("Right.")
    expect(live(trainee.page).locator(".pin")).to_have_count(1)
    trainee.press("Take back the point").sees("Answer above to see the mark.")


def test_a_finger_finds_the_same_place_on_a_phone(server: Server, walk: Walk) -> None:
    trainee = previewed(server, walk, size=PHONE)
    box = live(trainee.page).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    click(trainee.page, 50, 150)
    trainee.sees("Right.")


def test_the_keyboard_alone_earns_the_same(server: Server, walk: Walk) -> None:
    trainee = previewed(server, walk)
    trainee.page.get_by_role("radiogroup", name=LIST).get_by_role("radio").first.focus()
    trainee.page.keyboard.press("Space")
    settle(trainee.page)
    trainee.sees("Not right.")
    trainee.page.keyboard.press("ArrowDown")
    settle(trainee.page)
    trainee.sees("Right.").sees_not("The ring marks where you clicked.")
    click(trainee.page, 50, 50)
    trainee.sees("Not right.")
    expect(trainee.page.get_by_role("radio", checked=True)).to_have_count(0)


def test_the_browser_learns_no_region_before_the_answer(server: Server, walk: Walk) -> None:
    trainee = previewed(server, walk)
    figure = trainee.page.locator(".figure-frame.live")
    assert figure.locator(".name").count() == 0
    assert "svg" not in figure.inner_html()


def test_question_and_review_are_accessible(server: Server, walk: Walk) -> None:
    if not AXE.exists():
        skip_unless_ci("axe-core is not installed: sh tests/install_system_parts.sh")
    trainee = previewed(server, walk)
    click(trainee.page, 50, 250)
    trainee.sees("Not right.").unfold("Regions as a table")
    assert violations(trainee.page) == []
