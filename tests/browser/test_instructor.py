"""An instructor's day at the item bank."""

from pathlib import Path

from playwright.sync_api import expect
from sqlmodel import col, select

from quizbank.exchange.yaml_items import read_items
from quizbank.items import Item
from quizbank.tables.attempts import AttemptRow
from tests.browser.conftest import Walk
from tests.browser.screens import Walker, settle
from tests.factories import EXAM
from tests.server import Server

REWORDED = "Reworded for clarity: "
ONE_ITEM = """
- id: tt-{number:02d}-001
  kind: true_false
  pool: practice
  objective: MF-01
  level: recall
  stem: Statement number {number} of the imported file is true.
  answer: {answer}
  reason_true: It says so itself.
  reason_false: It says the opposite.
  sources: [S01]
  reviewed: 2026-11-22
  review_due: 2027-11-22
"""


def test_an_edit_becomes_version_2_and_past_attempts_keep_version_1(
    server: Server, walk: Walk
) -> None:
    attempt, item = _drawn_in_the_past(server)
    author = _come_in(walk())
    author.choose("Items", "Item bank").type("Search", item.id)
    author.sees("1 of ").follow(item.id)
    field = author.page.get_by_label("Question", exact=True)
    field.fill(REWORDED + item.stem)
    field.press("Control+Enter")
    settle(author.page)
    author.sees_heading("As the trainee sees it").sees(REWORDED)
    author.sees("Draft saved on").reload().sees(REWORDED).sees("What this change will do")
    author.press("Send for review").sees("Sent for review.").sees_heading("What changes")
    author.to("/reviews").sees("Waiting for me").sees_not(item.id)
    change = server.world.change_of(item.id)
    author.to(f"/review?change={change.id}").sees("somebody else publishes it")
    reviewer = walk("cato").to("/reviews").follow(item.id).sees("added").sees(REWORDED.strip())
    reviewer.press("Approve and publish").sees("Published as version 2.")
    author.to(f"/item?id={item.id}").sees("Version 2, the standing one").sees("drawn")
    kept = server.world.items_of(attempt)
    assert next(one for one in kept.values() if one.id == item.id).stem == item.stem
    author.follow("Version 1", exact=True).sees_heading("an earlier version").sees_not(REWORDED)


def test_of_two_tabs_the_second_is_told_and_loses_nothing(walk: Walk) -> None:
    first = walk("bela").to("/item?id=mf-02-001")
    second = Walker(first.page.context.new_page()).to("/item?id=mf-02-001")
    first.type("Question", "Typed in the first tab").sees("Draft saved on")
    second.type("Question", "Typed in the second tab").sees("went on in another tab")
    second.press("Keep my text and save it over").sees("Draft saved on")
    first.reload()
    expect(first.page.get_by_label("Question", exact=True)).to_have_value("Typed in the second tab")
    first.press("Drop this draft").press("Drop it").sees("Dropped.")


def test_the_bank_filters_and_exports_what_is_shown(walk: Walk, tmp_path: Path) -> None:
    author = walk("bela").to("/bank").unfold("Filters")
    author.pick("Objective", "MF-02").pick("Kind", "Number")
    with author.page.expect_download() as download:
        author.page.get_by_role("button", name="Export as YAML").click()
    file = tmp_path / "items.yaml"
    download.value.save_as(file)
    read = read_items(file.read_text(encoding="utf-8"))
    assert not read.problems
    assert read.items
    assert {(one.item.objective, one.item.kind) for one in read.items} == {("MF-02", "numeric")}
    author.sees(f"{len(read.items)} of ")


def test_a_file_with_one_broken_item_is_shown_before_anything_is_imported(
    walk: Walk, tmp_path: Path
) -> None:
    file = tmp_path / "four.yaml"
    answers = ["true", "true", "perhaps", "true"]
    items = [ONE_ITEM.format(number=n, answer=answer) for n, answer in enumerate(answers, 1)]
    file.write_text("items:" + "".join(items), encoding="utf-8")
    author = walk("bela").to("/bank").press("Import a file")
    author.page.locator("input[type=file]").set_input_files(file)
    author.sees("3 items understood, 1 problem found.")
    import_button = author.page.get_by_role("button", name="Import 3 items")
    assert import_button.is_disabled()
    author.page.get_by_text("All or nothing: import").click()
    settle(author.page)
    author.press("Import 3 items").sees("Imported: 3 added, 0 changed, 0 unchanged.")
    author.to("/bank").type("Search", "tt-0").sees("3 of ")
    author.follow("tt-04-001").sees("never published").press("Drop this draft").press("Drop it")
    author.sees("Dropped.").sees("Retired")


def test_a_file_that_is_no_text_gets_a_sentence(walk: Walk, tmp_path: Path) -> None:
    file = tmp_path / "picture.yaml"
    file.write_bytes(b"\xff\xd8\xff\xe0")
    author = walk("bela").to("/bank?view=import")
    author.page.locator("input[type=file]").set_input_files(file)
    author.sees("The file is not UTF-8 text.")


def _come_in(author: Walker) -> Walker:
    author.to("/").page.get_by_role("button", name="Try as instructor").click()
    author.page.wait_for_load_state()
    settle(author.page)
    return author.sees_heading("Welcome, Bela Demo")


def _drawn_in_the_past(server: Server) -> tuple[str, Item]:
    with server.world.looking("system") as tx:
        ended = select(AttemptRow.id).where(
            AttemptRow.exam_id == EXAM,
            col(AttemptRow.closed_at).is_not(None),
        )
        attempt = tx.session.exec(ended.order_by(col(AttemptRow.started_at))).first()
    assert attempt
    items = server.world.items_of(attempt).values()
    # A change of one item waits in the demo already, and an item has one change at a time.
    free = (item for item in items if item.id != "mf-03-001")
    return attempt, next(item for item in free if item.kind == "single_choice")
