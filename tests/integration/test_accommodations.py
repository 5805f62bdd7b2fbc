"""What a person is granted holds at every exam from the next start on, and nobody learns why."""

from datetime import timedelta

import pytest

from base.audit import audit_entries
from base.errors import Conflict, Invalid
from quizbank.commands.accommodations import grant_accommodation
from quizbank.queries.accommodations import accommodations_of, own_adjustment
from quizbank.queries.exams import exam_offer
from quizbank.queries.sitting import sitting
from quizbank.sittings import Adjustment
from quizbank.tables.attempts import AttemptRow
from tests.factories import EXAM, World

REASON = "Dyslexia, as her letter of May says."


def grant(world: World, name: str, adjustment: Adjustment, number: int = 0) -> None:
    with world.acting("dina") as tx:
        grant_accommodation(tx, world.actor(name).own_id, adjustment, REASON, number)


def test_a_grant_moves_the_deadline_of_the_next_start_and_not_of_a_running_attempt(
    any_world: World,
) -> None:
    running = any_world.start_exam("lena")
    grant(any_world, "alba", Adjustment(1.5, 10))
    grant(any_world, "lena", Adjustment(2))
    attempt = any_world.start_exam("alba")
    with any_world.looking("alba") as tx:
        assert sitting(tx, attempt).deadline == any_world.now + timedelta(minutes=90)
        row = tx.session.get_one(AttemptRow, attempt)
        assert (row.time_factor, row.pause_seconds) == (1.5, 600)
    with any_world.looking("lena") as tx:
        assert sitting(tx, running).deadline == any_world.now + timedelta(minutes=60)
        assert exam_offer(tx, EXAM).time == timedelta(minutes=120)


def test_grants_are_appended_and_the_newest_stands(any_world: World) -> None:
    grant(any_world, "alba", Adjustment(1.5))
    any_world.wait(hours=1)
    grant(any_world, "alba", Adjustment(1.25, larger_text=True), number=1)
    with any_world.looking("dina") as tx:
        told = accommodations_of(tx, any_world.actor("alba").own_id)
    assert [(one.number, one.adjustment.time_factor, one.granted_by) for one in told] == [
        (2, 1.25, "Dina"),
        (1, 1.5, "Dina"),
    ]
    with any_world.looking("alba") as tx:
        assert own_adjustment(tx) == Adjustment(1.25, 0, larger_text=True)


def test_two_administrators_at_once_do_not_overwrite_each_other(any_world: World) -> None:
    grant(any_world, "alba", Adjustment(1.5))
    with pytest.raises(Conflict, match="Reload"):
        grant(any_world, "alba", Adjustment(2))
    with any_world.looking("alba") as tx:
        assert own_adjustment(tx).time_factor == 1.5


def test_who_is_not_here_can_be_granted_nothing(any_world: World) -> None:
    with pytest.raises(Conflict, match="no longer here"), any_world.acting("dina") as tx:
        grant_accommodation(tx, "nobody", Adjustment(2), REASON, 0)


@pytest.mark.parametrize(
    ("adjustment", "reason", "sentence"),
    [
        (Adjustment(0.5), REASON, "between 1 and 4"),
        (Adjustment(float("nan")), REASON, "between 1 and 4"),
        (Adjustment(1, 601), REASON, "0 to 600 minutes"),
        (Adjustment(1.5), "  ", "Write the reason"),
        (Adjustment(1.5), "x" * 1001, "Shorten the reason"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    world: World, adjustment: Adjustment, reason: str, sentence: str
) -> None:
    with world.acting("dina") as tx, pytest.raises(Invalid, match=sentence):
        grant_accommodation(tx, world.actor("alba").own_id, adjustment, reason, 0)


def test_the_audit_log_says_that_something_was_granted_and_not_what_or_why(world: World) -> None:
    grant(world, "alba", Adjustment(1.5))
    with world.looking("dina") as tx:
        told = audit_entries(tx, world.actor("alba").own_id)
    assert told[-1].action == "accommodation:grant"
    assert "1.5" not in told[-1].facts
    assert "Dyslexia" not in told[-1].facts
