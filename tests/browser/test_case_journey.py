"""A case from the first word to the debrief, by keyboard alone; and what the wire carries when."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, WebSocket, expect

from quizbank.queries.bank import item_detail
from tests.browser.screens import PATIENCE, Walker, settle, sign_in
from tests.browser.test_keyboard import Keyboard
from tests.factories import PRACTICE, exam_rules
from tests.server import Server, served

MEDICINE = "Capsules, until six weeks ago."
WORK = "She bakes bread."
HARM = "Her cheeks heal slowly."
# The course has practice cases of the same objective; no other question has this topic.
TOPIC = "her-scars"


@pytest.fixture
def academy(demo_file: Path, tmp_path: Path) -> Generator[Server, None, None]:
    """An academy whose practice asks one case."""
    with served(demo_file, tmp_path) as server:
        server.world.gather_cast()
        yield server


def as_one(browser: Browser, server: Server, name: str) -> Page:
    size = ViewportSize(width=1280, height=1400)
    context = browser.new_context(viewport=size, base_url=server.url)
    context.set_default_timeout(PATIENCE)
    sign_in(context, server, name)
    return context.new_page()


def write(keyboard: Keyboard, label: str, text: str) -> None:
    keyboard.to(label)
    keyboard.page.keyboard.type(text)
    # What is typed is saved before the next field is sought.
    keyboard.press("Control+Enter")


def choose(keyboard: Keyboard, label: str, said: str) -> None:
    keyboard.to(label)
    keyboard.page.keyboard.type(said)
    keyboard.press("Enter")


def author_writes(page: Page) -> None:
    Walker(page).to("/item?new=case")
    keyboard = Keyboard(page)
    write(keyboard, "What the trainee reads first", "A client wants her scars needled.")
    # What is typed first makes the draft, and the page goes on under the draft's own address.
    page.wait_for_url("**/item?id=*")
    settle(page)
    write(keyboard, "Question to ask A", "Any medicines?")
    write(keyboard, "Answer to A", MEDICINE)
    keyboard.to("Essential: nobody should decide without A")
    keyboard.press("Space")
    write(keyboard, "Why A matters", "It means waiting.")
    write(keyboard, "Question to ask B", "What is her work?")
    write(keyboard, "Answer to B", WORK)
    choose(keyboard, "Kind of stage 1", "True or")
    write(keyboard, "Question of stage 1", "Needling today is right.")
    keyboard.to("True")
    keyboard.press("ArrowDown")
    write(keyboard, "Why “True” is", "Too early.")
    write(keyboard, "Why “False” is", "She has to wait.")
    keyboard.to("What follows from stage 1")
    keyboard.press("Enter")
    write(keyboard, "If “True” is chosen (stage 1)", HARM)
    choose(keyboard, "Kind of stage 2", "Short")
    write(keyboard, "Question of stage 2", "How many months does she wait?")
    write(keyboard, "Text of answer A", "6")
    write(keyboard, "Why answer A is", "By the course rule.")
    choose(keyboard, "Pool", "Practice")
    choose(keyboard, "Topics; the first one", TOPIC)
    keyboard.press("Escape")
    choose(keyboard, "Sources", "CR")
    keyboard.press("Escape")
    keyboard.to("Send for review")
    keyboard.press("Enter")
    expect(page.get_by_text("Sent for review.")).to_be_visible()


def test_a_case_is_written_answered_and_read_by_keyboard(academy: Server, browser: Browser) -> None:
    page = as_one(browser, academy, "bela")
    author_writes(page)
    item_id = page.url.split("id=")[1]
    page.context.close()
    academy.world.approve("cato", item_id)
    with academy.world.looking("bela") as tx:
        objective = item_detail(tx, item_id).item.objective
    cells = [{"objective": objective, "count": 1, "tags": [TOPIC]}]
    rules = exam_rules(
        cells=cells, purpose="practice", cut=0, minutes=None, retakes=None, consent=""
    )
    academy.world.give_exam(rules, PRACTICE)
    _trainee_answers(as_one(browser, academy, "alba"))


def _trainee_answers(page: Page) -> None:
    wire: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda said: wire.append(_bytes(said)))

    def sent(text: str) -> bool:
        return text.encode() in b"".join(wire)

    page.on("websocket", listen)
    walker, keyboard = Walker(page).to("/practice"), Keyboard(page)
    keyboard.to("Start practising")
    keyboard.press("Enter")
    walker.sees("Stage 1 of 2")
    assert sent("Any medicines?")
    early = (MEDICINE, WORK, "How many months", HARM, "Too early.", "By the course rule.")
    assert [text for text in early if sent(text)] == []
    keyboard.to("Any medicines?")
    keyboard.press("Enter")
    walker.sees(MEDICINE)
    assert not sent(WORK)
    keyboard.to("True")
    keyboard.press("Space")
    walker.reload().sees(MEDICINE).sees("Stage 1 of 2")
    expect(page.get_by_role("radio", name="True")).to_be_checked()
    keyboard.to("Go on to stage 2")
    assert not sent("How many months")
    keyboard.press("Enter")
    walker.sees("Stage 2 of 2").sees("How many months does she wait?")
    write(keyboard, "Your answer (a few words)", "6")
    keyboard.to("Finish the case")
    assert [text for text in (WORK, HARM, "Too early.", "By the course rule.") if sent(text)] == []
    keyboard.press("Enter")
    walker.sees("Partly right.").sees(HARM).sees("Too early.").sees("By the course rule.")
    walker.sees("Everything that is essential here was asked.")
    assert not sent(WORK)


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
