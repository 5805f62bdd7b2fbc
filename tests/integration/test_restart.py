"""Whoever was told that an answer is saved finds it again, whenever the process is killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from sqlmodel import select

from base.audit import audit_break
from quizbank.attempts import Action
from quizbank.queries.attempts import progress_of
from quizbank.queries.sitting import sitting
from quizbank.tables.attempts import StepRow
from tests.conftest import HOUSE
from tests.factories import World

KILLS = 25


@contextmanager
def answering(world: World, attempt: str) -> Generator["subprocess.Popen[str]", None, None]:
    url = world.config.database_url
    command = [sys.executable, "-m", "tests.answering", url, world.actor("alba").own_id, attempt]
    with subprocess.Popen(
        command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def save_and_kill(process: "subprocess.Popen[str]", revision: int, after: float) -> list[int]:
    """Let a child save from this revision on, kill it some seconds after its first answer.

    Returns the revisions that it acknowledged; none where the child before it had been faster:
    PostgreSQL may still finish the statement that a killed client sent last.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{revision}\n")
    process.stdin.flush()
    child, said = 0, list[str]()
    while not child or not any(line.isdecimal() for line in said):
        said.append(_line(process.stdout))
        if said[-1] == "gone":
            return []
        if said[-1].startswith("child"):
            child = int(said[-1].split()[1])
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    while said[-1] != "gone":
        said.append(_line(process.stdout))
    return [int(line) for line in said if line.isdecimal()]


def _line(output: IO[str]) -> str:
    line = output.readline()
    assert line, "the process that saves answers ended"
    return line.strip()


def deadline_of(world: World, attempt: str) -> datetime | None:
    with world.looking("alba") as tx:
        return sitting(tx, attempt).deadline


def test_25_kills_lose_no_acknowledged_answer_and_double_none(any_world: World) -> None:
    world, chance = any_world, random.Random(20261123)
    attempt = world.start_exam("alba")
    deadline, standing, acknowledged = deadline_of(world, attempt), 1, list[int]()
    kills = tries = 0
    with answering(world, attempt) as process:
        while kills < KILLS and tries < 2 * KILLS:
            said = save_and_kill(process, standing, chance.uniform(0, 0.06))
            acknowledged, kills, tries = acknowledged + said, kills + bool(said), tries + 1
            standing = check_what_is_kept(world, attempt, acknowledged)
            assert deadline_of(world, attempt) == deadline
    assert kills == KILLS
    assert len(set(acknowledged)) == len(acknowledged)
    with world.looking("audi") as tx:
        assert audit_break(tx) is None


def check_what_is_kept(world: World, attempt: str, acknowledged: list[int]) -> int:
    """Compare the database with what was acknowledged; return the standing revision."""
    world.database.dispose()
    with world.looking("alba") as tx:
        steps = tx.session.exec(
            select(StepRow).where(StepRow.attempt_id == attempt).order_by(StepRow.number)  # type: ignore[arg-type]
        ).all()
        # Of these steps: PostgreSQL may just now finish what a killed client sent last.
        progress = progress_of(tx, attempt, before=len(steps) + 1)
        kept = {step.number: step.response for step in steps if step.action == Action.ANSWERED}
    # Without gaps or doubles.
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert progress.revision == len(steps)
    assert set(acknowledged) <= set(kept)
    assert all(json.loads(text or "") == {"text": str(number)} for number, text in kept.items())
    return len(steps)
