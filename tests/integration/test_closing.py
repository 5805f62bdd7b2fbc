"""Forgotten exams end at their deadline, once, however many processes look for them."""

import shutil
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from sqlmodel import col, select

from base.academy import Academy
from base.audit import audit_break
from base.db import Database
from base.permissions import Role
from certs.commands.exams import close_overdue_exam
from certs.tables.credentials import CredentialRow
from quizbank.attempts import Action
from quizbank.queries.overdue import overdue_attempts
from quizbank.tables.attempts import AttemptRow, StepRow
from quizbank.tables.decisions import DecisionRow
from tests.factories import World
from tests.server import Server
from web.background import Closing, close_overdue
from web.site import Site

PEOPLE, PASSING = 10, 3
CLOSING = Closing(overdue_attempts, close_overdue_exam)


def forgotten(world: World) -> list[str]:
    """Let people start and walk away; the first ones have answered everything."""
    attempts: list[str] = []
    for number in range(PEOPLE):
        name = f"sitter{number}"
        world.join(name, Role.LEARNER)
        attempts.append(world.start_exam(name))
        if number < PASSING:
            world.answer_all(name, attempts[-1])
    return attempts


def closed_once(world: World, attempts: list[str]) -> None:
    with world.looking("audi") as tx:
        rows = [tx.session.get_one(AttemptRow, attempt) for attempt in attempts]
        assert [row.closed_at for row in rows] == [row.deadline for row in rows]
        steps = tx.session.exec(select(StepRow.attempt_id, col(StepRow.action))).all()
        ends = Counter(one for one, action in steps if action == Action.CLOSED_AT_DEADLINE)
        assert ends == Counter(attempts)
        assert Counter(tx.session.exec(select(DecisionRow.attempt_id))) == Counter(attempts)
        earned = tx.session.exec(select(CredentialRow.attempt_id)).all()
        assert sorted(earned) == sorted(attempts[:PASSING])
        assert audit_break(tx) is None


def test_processes_that_race_close_each_once(any_world: World) -> None:
    attempts = forgotten(any_world)
    any_world.wait(minutes=61)

    def process(_: int) -> int:
        # As another process: a database and an academy of its own.
        database = Database(any_world.config.database_url)
        academy = Academy(any_world.config, database)
        closed = close_overdue(Site(lambda: academy, lambda: any_world.now), CLOSING)
        database.dispose()
        return closed

    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(process, range(8)))
    assert sum(rounds) == PEOPLE
    closed_once(any_world, attempts)


def test_what_ran_out_while_no_server_ran_is_closed_at_its_deadline_after_the_start(
    course_file: Path, tmp_path: Path
) -> None:
    shutil.copyfile(course_file, tmp_path / "pinpoint.db")
    server = Server(tmp_path)
    world = server.world
    world.gather_cast()
    attempt = world.start_exam("alba")
    with world.as_system() as tx:
        row = tx.session.get_one(AttemptRow, attempt)
        row.deadline = deadline = world.now - timedelta(minutes=7)
    try:
        server.start()
        given_up = time.monotonic() + 30
        while (closed := _closed_at(server.world, attempt)) is None:
            assert time.monotonic() < given_up, server.log()
            time.sleep(0.2)
        assert closed == deadline
    finally:
        server.close()


def _closed_at(world: World, attempt: str) -> object:
    with world.looking("system") as tx:
        return tx.session.get_one(AttemptRow, attempt).closed_at
