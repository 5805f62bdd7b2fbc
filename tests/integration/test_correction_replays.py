"""Replays of key corrections: cut short, several at once, beside submissions."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from base.errors import Conflict
from base.permissions import Role
from certs.commands.corrections import replay_corrections
from certs.commands.exams import submit_exam
from quizbank.commands.attempts import start_attempt
from quizbank.commands.corrections import (
    propose_correction,
)
from quizbank.commands.remarking import remark_listed
from quizbank.remedies import RemedyKind
from tests.factories import EXAM, World
from tests.integration.corrected import (
    REASON,
    WRONG,
    academy,
    approve,
    decisions,
    proposed,
    replay,
    sat,
    shown,
    standing,
    version_of,
)


def test_another_approval_waits_until_a_replay_is_done(world: World) -> None:
    academy(world)
    sat(world, "alba", "b")
    first = proposed(world)
    second = version_of(world, "tt-01-002")
    with world.acting("cato") as tx:
        other = propose_correction(tx, second, RemedyKind.EVERYBODY, REASON)
    approve(world, first)
    with pytest.raises(Conflict, match="marked again for another"):
        approve(world, other)
    replay(world)
    assert approve(world, other) == 1


def test_a_replay_that_is_cut_short_goes_on_where_it_stopped(any_world: World) -> None:
    world = academy(any_world)
    attempts: list[str] = []
    for number in range(5):
        world.join(f"t{number}", Role.LEARNER)
        attempts.append(sat(world, f"t{number}", "b"))
    one = proposed(world)
    approve(world, one)
    with world.as_system() as tx:
        assert remark_listed(tx, 2)[0] == 2
    with pytest.raises(RuntimeError):
        killed_in_the_middle(world)
    assert (shown(world, one).remarked, shown(world, one).listed) == (2, 5)
    assert sorted(standing(world, each)[0] for each in attempts) == [1, 1, 1, 2, 2]
    assert replay(world) == 3
    assert replay(world) == 0
    assert [len(decisions(world, each)) for each in attempts] == [2] * 5


def killed_in_the_middle(world: World) -> None:
    with world.as_system() as tx:
        replay_corrections(tx)
        raise RuntimeError("killed")


def test_several_who_replay_at_once_remark_each_attempt_once(any_world: World) -> None:
    world = academy(any_world)
    attempts: list[str] = []
    for number in range(8):
        world.join(f"t{number}", Role.LEARNER)
        attempts.append(sat(world, f"t{number}", "b"))
    approve(world, proposed(world))

    def some(_: int) -> int:
        done = 0
        for _ in range(8):
            with world.as_system() as tx:
                done += remark_listed(tx, 2)[0]
        return done

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(some, range(4))) == 8
    assert [len(decisions(world, each)) for each in attempts] == [2] * 8


def test_an_approval_and_a_submission_at_once_never_miss_each_other(any_world: World) -> None:
    world = academy(any_world)
    sat(world, "lena", "b")
    with world.acting("alba") as tx:
        running = start_attempt(tx, EXAM, consent=True)
    for place, item in world.items_of(running).items():
        world.answer("alba", running, place, {"option": "b"} if item.id == WRONG else item.key())
    one = proposed(world)

    def submit() -> None:
        with world.acting("alba") as tx:
            submit_exam(tx, running)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(submit), pool.submit(approve, world, one)]:
            done.result()
    replay(world)
    assert standing(world, running) == (2, True)
