"""Sealing many certificates as one job."""

from dataclasses import replace
from datetime import timedelta

import pytest

from base.errors import Conflict, Invalid, NotFound, Unavailable
from certs.commands import sealing
from certs.commands.sealing import seal_one
from certs.commands.sealing_jobs import (
    resume_sealing_job,
    start_sealing_job,
    stop_sealing_job,
)
from certs.queries.sealing import waiting_for_seal
from certs.queries.sealing_jobs import (
    SealingChoice,
    SealingJob,
    sealed_pdfs,
    sealing_job,
    sealing_jobs,
    sealing_manifest,
    sealing_size,
)
from tests.factories import COURSE, World
from tests.many_certificates import certificates_by_hand

ALL = SealingChoice()


@pytest.fixture
def many(any_world: World) -> World:
    """An academy in which seven certificates wait."""
    wait(any_world, 7)
    return any_world


def wait(world: World, many: int) -> None:
    certificates_by_hand(world, many)


def start(world: World, choice: SealingChoice = ALL) -> str:
    with world.acting("dina") as tx:
        return start_sealing_job(tx, choice, "All courses")


def job(world: World, job_id: str) -> SealingJob:
    with world.looking("dina") as tx:
        return sealing_job(tx, job_id)


def seal(world: World, at_most: int) -> int:
    with world.looking("system") as tx:
        found = waiting_for_seal(tx, at_most)
    return sum(seal_one(world.as_system, serial) for serial in found)


def test_a_job_goes_on_while_its_certificates_are_sealed_and_ends(many: World) -> None:
    started = start(many)
    assert (job(many, started).done, job(many, started).total) == (0, 7)
    assert seal(many, 3) == 3
    assert job(many, started).done == 3
    assert job(many, started).is_going
    assert seal(many, 10) == 4
    assert job(many, started).is_done


def test_a_stopped_job_seals_nothing_until_somebody_goes_on(many: World) -> None:
    started = start(many)
    seal(many, 2)
    with many.acting("dina") as tx:
        stop_sealing_job(tx, started)
    assert seal(many, 10) == 0
    assert not job(many, started).is_going
    with pytest.raises(Conflict), many.acting("dina") as tx:
        stop_sealing_job(tx, started)
    with many.acting("dina") as tx:
        resume_sealing_job(tx, started)
    with pytest.raises(Conflict), many.acting("dina") as tx:
        resume_sealing_job(tx, started)
    assert seal(many, 10) == 5
    assert job(many, started).is_done


def test_another_job_that_goes_on_takes_what_a_stopped_one_left(many: World) -> None:
    stopped = start(many)
    with many.acting("dina") as tx:
        stop_sealing_job(tx, stopped)
    going = start(many)
    assert seal(many, 10) == 7
    assert job(many, stopped).is_done
    assert job(many, going).is_done


def test_what_is_sealed_already_is_done_at_once_and_collected_again(many: World) -> None:
    seal(many, 10)
    with pytest.raises(Invalid, match="No certificate fits"):
        start(many)
    again = start(many, SealingChoice(waiting_only=False))
    assert job(many, again).is_done
    with many.looking("dina") as tx:
        first = sealed_pdfs(tx, again, "", 4)
        rest = sealed_pdfs(tx, again, first[-1][0], 4)
        lines = sealing_manifest(tx, again)
    assert [serial for serial, _ in (*first, *rest)] == [line.serial for line in lines]
    assert len(lines) == 7
    assert all(line.sha256 for line in lines)


def test_a_choice_is_one_of_course_and_days(many: World) -> None:
    today = many.now.date()
    sizes = {
        "all": ALL,
        "course": replace(ALL, course=COURSE),
        "other course": replace(ALL, course="other"),
        "today": replace(ALL, since=today, until=today),
        "yesterday": replace(ALL, until=today - timedelta(days=1)),
    }
    with many.looking("dina") as tx:
        found = {name: sealing_size(tx, choice) for name, choice in sizes.items()}
    assert found == {
        "all": (7, 7), "course": (7, 7), "other course": (0, 0), "today": (7, 7),
        "yesterday": (0, 0),
    }  # fmt: skip


def test_what_fails_is_told_and_tried_again_when_somebody_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait(world, 2)
    started = start(world)

    def fails(*_: object) -> None:
        raise Unavailable("The keys are locked.")

    with monkeypatch.context() as patched:
        patched.setattr(sealing, "sealer_for", fails)
        with pytest.raises(Unavailable):
            seal(world, 1)
    told = job(world, started)
    assert (told.failed, told.problem, told.done) == (1, "The keys are locked.", 0)
    with world.acting("dina") as tx:
        resume_sealing_job(tx, started)
    assert seal(world, 5) == 2
    assert job(world, started).failed == 0


def test_an_unknown_job_is_not_found(world: World) -> None:
    with pytest.raises(NotFound), world.looking("dina") as tx:
        sealing_job(tx, "nowhere")
    with pytest.raises(NotFound), world.acting("dina") as tx:
        stop_sealing_job(tx, "nowhere")
    with world.looking("dina") as tx:
        assert sealing_jobs(tx) == ()
