"""Who may propose and decide a key correction, and which are refused."""

from typing import Any

import pytest

from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.permissions import Role
from quizbank.commands.attempts import start_attempt
from quizbank.commands.corrections import (
    propose_correction,
    reject_correction,
)
from quizbank.queries.corrections import (
    corrections,
)
from quizbank.queries.foreseen import dry_run
from quizbank.remedies import RemedyKind
from tests.factories import EXAM, World, exam_rules
from tests.integration.corrected import (
    REASON,
    academy,
    approve,
    better,
    decisions,
    proposed,
    replay,
    sat,
    shown,
    version_of,
)


def test_nobody_decides_on_an_own_proposal_or_an_own_attempt(world: World) -> None:
    academy(world)
    world.join("ella", Role.EXAMINER, Role.LEARNER)
    sat(world, "ella", "a")
    one = proposed(world)
    with pytest.raises(NotAllowed, match="You proposed"):
        approve(world, one, "cato")
    with pytest.raises(NotAllowed, match="attempt of yours"):
        approve(world, one, "ella")
    assert shown(world, one).state == "proposed"
    assert approve(world, one) == 1
    with pytest.raises(Conflict, match="decided meanwhile"):
        approve(world, one)


def test_a_rejected_correction_changes_nothing_and_says_why(world: World) -> None:
    academy(world)
    alba = sat(world, "alba", "b")
    one = proposed(world)
    with world.acting("carl") as tx, pytest.raises(Invalid, match="why the correction"):
        reject_correction(tx, one, "no")
    with world.acting("carl") as tx:
        reject_correction(tx, one, "Only a is in the course's text.")
    assert replay(world) == 0
    assert decisions(world, alba) == [(1, 1, False, False)]
    found = shown(world, one)
    assert (found.state, found.decided_by, found.listed) == ("rejected", "Carl", 0)
    assert found.answer == "Only a is in the course's text."
    with pytest.raises(Conflict):
        approve(world, one)


@pytest.mark.parametrize(
    ("fields", "reason", "sentence"),
    [
        (better(), "no", "why the key is wrong"),
        (better("a"), REASON, "Nothing is different"),
        (better() | {"stem": "Which one?"}, REASON, "read differently"),
        (better() | {"options": []}, REASON, "at least 2"),
        ({}, REASON, "kind"),
    ],
)
def test_a_correction_without_a_reason_or_of_more_than_the_key_is_refused(
    world: World, fields: dict[str, Any], reason: str, sentence: str
) -> None:
    academy(world)
    sat(world, "alba", "b")
    version = version_of(world)
    with world.acting("cato") as tx, pytest.raises(Invalid, match=sentence):
        propose_correction(tx, version, RemedyKind.KEY, reason, fields)
    with world.looking("cato") as tx:
        assert corrections(tx) == ()


def test_one_correction_of_a_version_is_open_at_a_time(world: World) -> None:
    academy(world)
    sat(world, "alba", "b")
    proposed(world)
    with pytest.raises(Conflict, match="waits for approval already"):
        proposed(world, RemedyKind.NOBODY, by="carl")
    with world.acting("cato") as tx, pytest.raises(NotFound):
        propose_correction(tx, "0" * 32, RemedyKind.NOBODY, REASON)


def test_an_exam_never_loses_its_last_question(world: World) -> None:
    academy(world, exam_rules(cells=[{"objective": "TT-01", "count": 1}], cut=1))
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    (item,) = world.items_of(attempt).values()
    world.answer_all("alba", attempt)
    world.submit("alba", attempt)
    version = version_of(world, item.id)
    with world.acting("cato") as tx:
        one = propose_correction(tx, version, RemedyKind.NOBODY, REASON)
    with pytest.raises(Invalid, match="no question left"):
        approve(world, one)


def test_corrections_are_for_those_who_may(world: World) -> None:
    academy(world)
    sat(world, "alba", "b")
    one = proposed(world)
    for name in ("alba", "bela", "cleo", "audi"):
        with pytest.raises(NotAllowed):
            approve(world, one, name)
        with pytest.raises(NotAllowed), world.looking(name) as tx:
            dry_run(tx, one)
