"""A result that is held: read as such by its trainee, released by two others, and printed."""

from typing import Any

from certs.commands.exams import submit_exam
from quizbank.exams import ExamRules
from quizbank.queries.exams import exam_offer
from quizbank.review_windows import OWN_ANSWERS
from tests.browser.conftest import Walk
from tests.factories import EXAM
from tests.server import Server


def _ruled(server: Server, name: str, **changes: Any) -> ExamRules:
    """Publish the exam with other rules; returns those that stood."""
    with server.world.looking(name) as tx:
        before = exam_offer(tx, EXAM).rules
    server.world.give_exam(ExamRules.model_validate(before.model_dump() | changes))
    return before


def _hand_in(server: Server, name: str) -> str:
    attempt = server.world.start_exam(name)
    server.world.answer_all(name, attempt, frozenset({2}))
    with server.world.acting(name) as tx:
        submit_exam(tx, attempt)
    return attempt


def test_a_held_result_is_released_by_another_and_printed(
    server: Server, walk: Walk, newcomer: str
) -> None:
    review = dict.fromkeys(("right_after", "later", "closed"), OWN_ANSWERS)
    items = {"critical_must_pass": False, "release": "second person", "review": review}
    before = _ruled(server, newcomer, **items)
    try:
        attempt = _hand_in(server, newcomer)
    finally:
        server.world.give_exam(before)
    address = f"/result?attempt={attempt}"
    trainee = walk(newcomer).to(address)
    trainee.sees("your result will be released by the academy").sees_not("Passed.")
    trainee.to("/course").sees("its result will be released by the academy")
    name = newcomer.title()
    walk("cato").to("/releases").tick(name).press("Agree to 1 result").sees("Agreed to 1 result.")
    walk("dina").to("/releases").sees("Cato agreed").tick(name).press("Release 1 result").sees(
        "1 result released."
    )
    trainee.to(address).sees("Passed.").sees("39 of 40 marks")
    with trainee.page.expect_download() as download:
        trainee.page.get_by_role("button", name="Report (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    trainee.follow("See your answers").sees_heading("Question 1").sees(
        "You left this question open."
    )
