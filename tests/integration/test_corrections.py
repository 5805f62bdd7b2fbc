"""Key corrections: foreseen, approved, replayed beside the old decisions."""

from typing import Any

import pytest
from sqlmodel import select

from base.audit import audit_break, audit_entries
from base.errors import Invalid
from certs.commands.exams import submit_exam
from certs.queries.own import credential_of_attempt, my_credentials
from certs.queries.standing import credential_standing
from certs.status import Status
from quizbank.commands.attempts import start_attempt
from quizbank.commands.corrections import (
    mark_told,
    propose_correction,
)
from quizbank.items import item_to_data
from quizbank.queries.own_results import attempts_of_mine, own_verdict
from quizbank.queries.results import result_lines, verdict
from quizbank.remedies import RemedyKind
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import MarkRow
from tests.factories import EXAM, World, essay, exam_rules
from tests.integration.corrected import (
    REASON,
    WRONG,
    academy,
    approve,
    became,
    better,
    corrected,
    decisions,
    foreseen,
    proposed,
    replay,
    sat,
    shown,
    standing,
    version_of,
)
from tests.integration.test_marking import FULL, handed_in, mark, people


def test_a_better_key_is_foreseen_then_decides_anew_beside_the_old(any_world: World) -> None:
    world = academy(any_world)
    alba, lena = sat(world, "alba", "b"), sat(world, "lena", "a")
    assert (standing(world, alba), standing(world, lena)) == ((1, False), (2, True))
    one = proposed(world)
    told = {each.attempt_id: each for each in foreseen(world, one)}
    assert [(told[a].before.marks, told[a].after.marks) for a in (alba, lena)] == [(1, 2), (2, 1)]
    assert [(told[a].before.passed, told[a].after.passed) for a in (alba, lena)] == [
        (False, True),
        (True, False),
    ]
    assert decisions(world, alba) == [(1, 1, False, False)]
    assert approve(world, one) == 2
    assert shown(world, one).replaying
    assert replay(world) == 2
    assert decisions(world, alba) == [(1, 1, False, False), (2, 2, True, True)]
    assert decisions(world, lena) == [(1, 2, True, False), (2, 1, False, True)]
    with world.looking("alba") as tx:
        assert own_verdict(tx, alba).result.passed
    assert {a: (o.before.marks, o.after.marks) for a, o in became(world, one).items()} == {
        alba: (1, 2),
        lena: (2, 1),
    }
    with world.looking("system") as tx:
        assert audit_break(tx) is None
        assert [each.action for each in audit_entries(tx, alba)].count("attempt:decide") == 2


def test_who_passes_now_gets_the_certificate_and_nobody_loses_one(any_world: World) -> None:
    world = academy(any_world)
    alba, lena = sat(world, "alba", "b"), sat(world, "lena", "a")
    corrected(world)
    with world.looking("alba") as tx:
        assert credential_of_attempt(tx, alba) is not None
    with world.looking("lena") as tx:
        own = credential_of_attempt(tx, lena)
        assert own is not None
        kept = credential_standing(tx, own.standing.serial)
    assert kept is not None
    assert kept.status is Status.VALID


def test_an_earlier_attempt_that_passes_too_makes_no_second_certificate(world: World) -> None:
    academy(world)
    first = sat(world, "alba", "b")
    world.wait(days=2)
    second = sat(world, "alba", "a")
    corrected(world)
    assert standing(world, first)[1]
    with world.looking("alba") as tx:
        assert [one.attempt_id for one in my_credentials(tx)] == [second]


def test_full_marks_for_everybody_and_a_question_that_counts_for_nobody(world: World) -> None:
    academy(world)
    alba, lena = sat(world, "alba", "b"), sat(world, "lena", "a")
    corrected(world, RemedyKind.EVERYBODY)
    assert (standing(world, alba), standing(world, lena)) == ((2, True), (2, True))
    corrected(world, RemedyKind.NOBODY)
    with world.looking("cato") as tx:
        decision = verdict(tx, alba).decision
    assert (decision.marks, decision.items, decision.cut, decision.dropped) == (1, 1, 1, 1)
    assert decision.passed
    with world.looking("alba") as tx:
        (mine,) = attempts_of_mine(tx, EXAM)
    assert (mine.marks, mine.items, mine.cut) == (1, 1, 1)
    with world.looking("cato") as tx:
        line = next(one for one in result_lines(tx) if one.attempt_id == alba)
    assert (line.marks, line.items) == (1, 1)
    with world.looking("system") as tx:
        marks = tx.session.exec(
            select(MarkRow.scored).where(MarkRow.decision_id == verdict(tx, alba).decision_id)
        ).all()
    assert sorted(marks) == [False, True]


def test_the_first_decision_after_an_approval_follows_the_correction(any_world: World) -> None:
    world = academy(any_world)
    sat(world, "lena", "a")
    one = proposed(world)
    with world.acting("alba") as tx:
        running = start_attempt(tx, EXAM, consent=True)
    for place, item in world.items_of(running).items():
        world.answer("alba", running, place, {"option": "b"} if item.id == WRONG else item.key())
    approve(world, one)
    assert world.submit("alba", running).decision.passed
    assert replay(world) == 1
    assert decisions(world, running) == [(1, 2, True, False)]


def test_the_newest_approved_correction_stands(world: World) -> None:
    academy(world)
    alba = sat(world, "alba", "b")
    corrected(world)
    world.wait(hours=1)
    version = version_of(world)
    with world.acting("cato") as tx:
        again = propose_correction(tx, version, RemedyKind.KEY, REASON, better("c") | LAX)
    approve(world, again)
    replay(world)
    assert [passed for _, _, passed, _ in decisions(world, alba)] == [False, True, False]


LAX: dict[str, Any] = {
    "options": [
        {"id": "a", "text": "The dermis", "reason": "It does."},
        {"id": "b", "text": "The epidermis", "reason": "It holds little."},
        {"id": "c", "text": "The stratum corneum", "correct": True, "reason": "Dead cells."},
    ]
}


def test_a_held_exam_keeps_the_new_decision_until_it_is_released(world: World) -> None:
    academy(world, exam_rules(cells=[{"objective": "TT-01", "count": 2}], cut=2, release="held"))
    alba = sat_unseen(world, "alba")
    corrected(world)
    with world.looking("system") as tx:
        row = tx.session.get_one(AttemptRow, alba)
        assert row.decision_id != row.released_id
    assert standing(world, alba) == (2, True)
    with world.looking("alba") as tx:
        assert my_credentials(tx) == ()


def sat_unseen(world: World, name: str) -> str:
    """Sit the exam whose verdict its trainee does not see yet."""
    with world.acting(name) as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    for place, item in world.items_of(attempt).items():
        world.answer(name, attempt, place, {"option": "b"} if item.id == WRONG else item.key())
    with world.acting(name) as tx:
        submit_exam(tx, attempt)
    return attempt


def test_everyone_affected_is_marked_as_told_once(world: World) -> None:
    academy(world)
    alba, lena = sat(world, "alba", "b"), sat(world, "lena", "a")
    one = corrected(world)
    with world.acting("cato") as tx:
        assert mark_told(tx, one, [alba]) == 1
    world.wait(minutes=5)
    with world.acting("carl") as tx:
        assert mark_told(tx, one, [alba, lena, "0" * 32]) == 1
    told = became(world, one)
    assert (told[alba].told_by, told[lena].told_by) == ("Cato", "Carl")
    assert shown(world, one).told == 2


def test_marks_of_an_essay_stay_what_people_agreed_on(world: World) -> None:
    people(world)
    attempt = handed_in(world)
    for name in ("cato", "carl"):
        mark(world, name, attempt, FULL)
    item = next(one for one in world.items_of(attempt).values() if one.kind == "single_choice")
    version = version_of(world, item.id)
    with world.acting("cato") as tx:
        one = propose_correction(tx, version, RemedyKind.KEY, REASON, better("b", item.id))
    approve(world, one)
    replay(world)
    assert standing(world, attempt) == (1, False)


def test_an_essay_has_no_key_but_may_count_for_nobody(world: World) -> None:
    academy(world, exam_rules(cells=[{"objective": "TT-02", "count": 1}], cut=1))
    world.load_items(essay(objective="TT-02", markers=1))
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
        submit_exam(tx, attempt)
    version = version_of(world, "tt-01-008")
    fields = item_to_data(essay(objective="TT-02", markers=2))
    with world.acting("cato") as tx, pytest.raises(Invalid, match="has no key"):
        propose_correction(tx, version, RemedyKind.KEY, REASON, fields)
    with world.acting("cato") as tx:
        assert propose_correction(tx, version, RemedyKind.EVERYBODY, REASON)
