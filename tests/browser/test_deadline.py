"""When time is up: the server ends the exam, whether or not anybody looks."""

import time
from datetime import timedelta

from base.clock import utc_now
from quizbank.tables.attempts import AttemptRow
from tests.browser.conftest import Walk
from tests.server import Server


def _end_in(server: Server, attempt_id: str, seconds: float) -> None:
    with server.world.acting("system") as tx:
        attempt = tx.session.get_one(AttemptRow, attempt_id)
        attempt.deadline = utc_now() + timedelta(seconds=seconds)


def _ended(server: Server, attempt_id: str) -> bool:
    with server.world.looking("system") as tx:
        return tx.session.get_one(AttemptRow, attempt_id).closed_at is not None


def test_a_closed_browser_does_not_stop_the_clock(
    server: Server, walk: Walk, newcomer: str
) -> None:
    attempt = server.world.start_exam(newcomer)
    item = server.world.items_of(attempt)[1]
    trainee = walk(newcomer).to("/exam").answer(item).sees("Answer to question 1 saved")
    _end_in(server, attempt, 2)
    trainee.page.close()
    given_up = time.monotonic() + 20
    while not _ended(server, attempt):
        assert time.monotonic() < given_up, "the exam was not closed at its deadline"
        time.sleep(0.2)
    later = walk(newcomer).to(f"/result?attempt={attempt}")
    later.sees("Not passed.").sees("1 of 40 marks").sees("Not answered: 39.")


def test_an_open_exam_goes_to_its_result_by_itself(
    server: Server, walk: Walk, newcomer: str
) -> None:
    attempt = server.world.start_exam(newcomer)
    trainee = walk(newcomer)
    _end_in(server, attempt, 3)
    trainee.to("/exam").sees_heading("Question 1 of 40")
    trainee.page.wait_for_url("**/result?attempt=*", timeout=15_000)
    trainee.sees("Not passed.")
