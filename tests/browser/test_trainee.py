"""A trainee's way from signing up to a certificate on paper."""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlmodel import select

from accounts.tables import PersonRow
from base.permissions import Actor, Role
from courses.queries.lesson import lesson_view
from quizbank.items import Item
from quizbank.queries.bank import item_detail
from quizbank.tables.attempts import AttemptRow
from tests.browser.screens import Walker, settle
from tests.content import course_said
from tests.factories import COURSE, EXAM, PRACTICE
from tests.server import Server

NAME = "Zoë Łącka"
PASSWORD = "seventeen quiet lanterns"
LESSON = "01-what-needling-is"
LESSONS = len(course_said().lesson_slugs)
ASKED = sum(cell.count for cell in course_said().practice.cells)


def test_from_signing_up_to_the_certificate_on_paper(
    server: Server, page: Page, tmp_path: Path
) -> None:
    walker = Walker(page)
    _sign_up(walker, "zoe@example.org")
    _stay_signed_in(walker, server)
    _read_a_lesson(walker, server)
    _join_cast(server, "zoe@example.org")
    server.world.study("zoe")
    _practise(walker, server)
    attempt = _sit(walker, server)
    walker.sees("Passed.").sees("40 of 40 marks")
    walker.follow("See my certificate").sees(NAME)
    assert _paper(walker, tmp_path).count(NAME) >= 1
    serial = _serial(walker)
    walker.plain(f"/verify/{serial}")
    expect(page.get_by_role("heading", name="VALID")).to_be_visible()
    expect(page.get_by_text("Z. Ł.", exact=True)).to_be_visible()
    page.get_by_label("Full name or e-mail of the person before you").fill(NAME)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text(f"It was issued to {NAME}")).to_be_visible()
    assert attempt not in page.content()


def _sign_up(walker: Walker, email: str) -> None:
    page = walker.to("/").page
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    settle(page)
    walker.sees_heading(f"Welcome, {NAME}")


def _stay_signed_in(walker: Walker, server: Server) -> None:
    walker.reload().sees_heading(f"Welcome, {NAME}")
    other = Walker(walker.page.context.new_page())
    other.to("/account").sees("zoe@example.org")
    other.page.close()
    server.restart()
    walker.reload().sees_heading(f"Welcome, {NAME}")


def _read_a_lesson(walker: Walker, server: Server) -> None:
    walker.to("/course").sees(f"0 of {LESSONS} lessons done")
    walker.press("Begin: ", exact=False).sees_heading("Key points")
    walker.press("I have read this lesson")
    for item in _check_items(server):
        card = walker.page.get_by_test_id("stVerticalBlock").filter(has_text=item.stem[:40]).last
        walker.answer(item, card)
        card.get_by_role("button", name="Check my answer").click()
        settle(walker.page)
    walker.sees("Lesson done.")
    walker.reload().sees("Lesson done.")
    walker.follow("Back to the course").sees(f"1 of {LESSONS} lessons done")


def _check_items(server: Server) -> list[Item]:
    with server.world.looking("alba") as tx:
        asked = [one.item_id for one in lesson_view(tx, COURSE, LESSON).checks]
    with server.world.looking("system") as tx:
        return [item_detail(tx, item_id).item for item_id in asked]


def _join_cast(server: Server, email: str) -> None:
    with server.world.looking("system") as tx:
        person = tx.session.exec(select(PersonRow).where(PersonRow.email == email)).one()
        server.world.cast["zoe"] = Actor(person.id, person.name, frozenset({Role.LEARNER}))


def _running(server: Server, name: str, exam: str) -> str:
    with server.world.looking("system") as tx:
        wanted = select(AttemptRow.id).where(
            AttemptRow.person_id == server.world.actor(name).person_id,
            AttemptRow.exam_id == exam,
        )
        return tx.session.exec(wanted).one()


def _practise(walker: Walker, server: Server) -> None:
    walker.to("/practice").press("Start practising")
    attempt = _running(server, "zoe", PRACTICE)
    for position, item in server.world.items_of(attempt).items():
        walker.sees_heading(f"Question {position} of {ASKED}").is_sure("Certain").answer(item)
        if not item.staged:
            walker.press("Check my answer")
        walker.sees("right answer, your answer").sees("Right.")
        walker.press("Next question" if position < ASKED else "Finish practice")
    walker.sees(f"Practice finished: {ASKED} of {ASKED} marks.")


def _sit(walker: Walker, server: Server) -> str:
    page = walker.to("/exam").sees_heading("Rules").page
    expect(page.get_by_role("button", name="Start the exam")).to_be_disabled()
    walker.tick("I will answer alone").press("Start the exam")
    attempt = _running(server, "zoe", EXAM)
    for position, item in server.world.items_of(attempt).items():
        walker.sees_heading(f"Question {position} of 40")
        if position == 7:
            walker.press("Flag for later").press("Next")
            continue
        walker.answer(item).sees(f"Answer to question {position} saved")
        if position == 20:
            _survive_refresh(walker)
        if position < 40:
            walker.press("Next")
    _review(walker, server.world.items_of(attempt)[7])
    walker.press("Submit the exam").sees_heading("Your result")
    return attempt


def _survive_refresh(walker: Walker) -> None:
    walker.reload().sees("19 of 40 answered")
    walker.jump(20).sees_heading("Question 20 of 40")
    chosen = walker.main.locator("input:checked").count()
    typed = walker.main.get_by_test_id("stTextInput").locator("input")
    assert chosen or typed.input_value(), "the answer is gone after a refresh"


def _review(walker: Walker, skipped: Item) -> None:
    walker.press("Review and submit").sees("1 question without an answer:").sees(
        "Flagged for later:"
    )
    walker.press("Back to the questions")
    walker.jump(7).answer(skipped).press("Remove flag")
    walker.unfold("All questions").press("Review and submit")
    walker.sees("All 40 questions are answered.")


def _serial(walker: Walker) -> str:
    found = re.search(r"PP-[0-9A-Z-]+", walker.main.inner_text())
    assert found
    return found[0]


def _paper(walker: Walker, folder: Path) -> str:
    with walker.page.expect_download() as download:
        walker.page.get_by_role("button", name="Download the PDF").click()
    pdf = folder / "certificate.pdf"
    download.value.save_as(pdf)
    said = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    return said.stdout
