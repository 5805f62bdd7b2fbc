"""Results that are held: who may release them, what is seen before, what is awarded after."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from base.audit import audit_entries_of
from base.errors import AppError, Conflict, Invalid, NotAllowed, NotFound
from base.permissions import Role
from certs.commands.exams import submit_exam
from certs.commands.marking import mark_essay
from certs.commands.release import agree_to_results, release_result, release_results
from certs.queries.own import my_credentials
from courses.commands.study import start_final_exam
from quizbank.commands.attempts import start_attempt
from quizbank.commands.releases import agree_to_result
from quizbank.exams import Refusal
from quizbank.queries.exams import exam_offer, refusal_sentence
from quizbank.queries.own_results import (
    attempts_of_mine,
    handed_in,
    own_verdict,
)
from quizbank.queries.releases import ToRelease, release_queue
from quizbank.queries.results import result_lines, verdict
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.corrections import ReleaseEventRow
from tests.factories import (
    COURSE,
    EXAM,
    World,
    close_overdue_exams,
    essay,
    exam_rules,
    single_choice,
)


def releasing(world: World, **changes: Any) -> World:
    """The course's own final exam, under other rules, and a second examiner."""
    world.join("carl", Role.EXAMINER)
    with world.looking("alba") as tx:
        rules = exam_offer(tx, EXAM).rules
    world.give_exam(rules.model_validate(rules.model_dump() | changes))
    return world


def sat(world: World, name: str = "alba", wrong: frozenset[int] = frozenset()) -> str:
    attempt = world.start_exam(name)
    world.answer_all(name, attempt, wrong)
    with world.acting(name) as tx:
        assert submit_exam(tx, attempt) is None
    return attempt


def queue(world: World, name: str = "cato") -> tuple[ToRelease, ...]:
    with world.looking(name) as tx:
        return release_queue(tx)


def certificates(world: World, name: str = "alba") -> int:
    with world.looking(name) as tx:
        return len(my_credentials(tx))


def release(world: World, name: str, decision: str) -> None:
    with world.acting(name) as tx:
        release_result(tx, decision)


def agree(world: World, name: str, decision: str) -> None:
    with world.acting(name) as tx:
        agree_to_result(tx, decision)


def events(world: World) -> list[tuple[str, str]]:
    with world.looking("system") as tx:
        rows = tx.session.exec(select(ReleaseEventRow).order_by("number"))
        return [(row.action, row.person) for row in rows]


def test_a_held_result_is_told_and_awarded_when_it_is_released(any_world: World) -> None:
    world = releasing(any_world, release="held")
    attempt = sat(world)
    with world.looking("alba") as tx:
        waiting = handed_in(tx, attempt)
        with pytest.raises(NotFound):
            own_verdict(tx, attempt)
        (mine,) = attempts_of_mine(tx, EXAM)
    assert waiting is not None
    assert waiting.decided
    assert (mine.passed, mine.marks) == (None, None)
    assert certificates(world) == 0
    world.wait(hours=5)
    (line,) = queue(world)
    assert (line.attempt_id, line.passed, line.marks) == (attempt, True, 40)
    release(world, "cato", line.decision_id)
    release(world, "cato", line.decision_id)
    with world.looking("alba") as tx:
        assert handed_in(tx, attempt) is None
        assert own_verdict(tx, attempt).result.passed
    assert certificates(world) == 1
    assert queue(world) == ()
    assert events(world) == [("released", "Cato")]
    with world.looking("system") as tx:
        assert len([*audit_entries_of(tx, "result:release")]) == 1


def test_while_it_is_held_no_new_attempt_is_started_and_a_sentence_says_why(world: World) -> None:
    releasing(world, release="held")
    sat(world, wrong=frozenset(range(1, 30)))
    world.wait(days=3)
    with world.looking("alba") as tx:
        offer = exam_offer(tx, EXAM)
    assert offer.refusal is Refusal.TO_BE_RELEASED
    assert "will be released by the academy" in refusal_sentence(offer)
    with pytest.raises(NotAllowed, match="released by the academy"), world.acting("alba") as tx:
        start_final_exam(tx, COURSE, consent=True)
    release(world, "cato", queue(world)[0].decision_id)
    with world.acting("alba") as tx:
        assert start_final_exam(tx, COURSE, consent=True)


def test_staff_read_a_held_result_and_see_that_it_is_held(world: World) -> None:
    releasing(world, release="held")
    attempt = sat(world)
    with world.looking("cato") as tx:
        assert not verdict(tx, attempt).released
        assert result_lines(tx)[0].passed is True


def test_a_second_person_releases_what_the_first_agreed_to(any_world: World) -> None:
    world = releasing(any_world, release="second person")
    sat(world)
    (line,) = queue(world)
    assert line.needs_agreement
    with pytest.raises(Conflict, match="Nobody has agreed yet"):
        release(world, "cato", line.decision_id)
    agree(world, "cato", line.decision_id)
    agree(world, "cato", line.decision_id)
    with pytest.raises(NotAllowed, match="Another person releases it"):
        release(world, "cato", line.decision_id)
    with pytest.raises(Conflict, match="You may release it now"):
        agree(world, "carl", line.decision_id)
    assert (queue(world)[0].mine, queue(world, "carl")[0].mine) == (True, False)
    assert certificates(world) == 0
    release(world, "carl", line.decision_id)
    assert certificates(world) == 1
    assert events(world) == [("agreed", "Cato"), ("released", "Carl")]
    agree(world, "cato", line.decision_id)
    assert len(events(world)) == 2


def test_nobody_agrees_where_one_person_is_enough(world: World) -> None:
    releasing(world, release="held")
    sat(world)
    with pytest.raises(Conflict, match="Nobody needs to agree"):
        agree(world, "cato", queue(world)[0].decision_id)


def test_nobody_releases_an_own_attempt(world: World) -> None:
    releasing(world, release="second person")
    attempt = sat(world)
    decision = queue(world)[0].decision_id
    alba = world.actor("alba")
    world.cast["alba"] = replace(alba, roles=alba.roles | {Role.EXAMINER})
    assert queue(world, "alba") == ()
    for refused in (agree, release):
        with pytest.raises(NotAllowed, match="Another person releases"):
            refused(world, "alba", decision)
    with world.looking("alba") as tx:
        assert handed_in(tx, attempt) is not None


def test_a_decision_that_does_not_stand_any_more_is_not_released(world: World) -> None:
    releasing(world, release="held")
    attempt = sat(world)
    other = sat(world, "lena")
    line = next(one for one in queue(world) if one.attempt_id == attempt)
    with world.acting("system") as tx:
        rows = [tx.session.get_one(AttemptRow, one) for one in (attempt, other)]
        rows[0].decision_id = rows[1].decision_id
    with pytest.raises(Conflict, match="decided anew meanwhile"):
        release(world, "cato", line.decision_id)
    with pytest.raises(NotFound, match="no such decision"):
        release(world, "cato", "no such decision")


def test_many_are_released_together_or_none_of_them(world: World) -> None:
    releasing(world, release="second person")
    sat(world)
    sat(world, "lena", wrong=frozenset(range(1, 30)))
    decisions = [line.decision_id for line in queue(world)]
    agree(world, "cato", decisions[0])
    with pytest.raises(Conflict), world.acting("carl") as tx:
        release_results(tx, decisions)
    assert (len(queue(world)), certificates(world)) == (2, 0)
    with world.acting("cato") as tx:
        agree_to_results(tx, decisions)
    with world.acting("carl") as tx:
        release_results(tx, decisions)
    assert queue(world) == ()
    assert (certificates(world), certificates(world, "lena")) == (1, 0)
    with pytest.raises(Invalid, match="at most 25"), world.acting("carl") as tx:
        release_results(tx, [str(number) for number in range(26)])


def test_what_was_forgotten_until_the_deadline_is_held_as_well(world: World) -> None:
    releasing(world, release="held")
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt)
    world.wait(minutes=61)
    with world.as_system() as tx:
        assert close_overdue_exams(tx) == 1
    assert certificates(world) == 0
    release(world, "cato", queue(world)[0].decision_id)
    assert certificates(world) == 1


def test_an_essay_is_marked_first_and_released_after(world: World) -> None:
    world.load_items(essay(markers=1, objective="TT-01"), single_choice(objective="TT-01"))
    cells = [{"objective": "TT-01", "count": 2}]
    world.give_exam(exam_rules(cells=cells, critical_must_pass=False, release="held"), "tt/exam")
    world.join("carl", Role.EXAMINER)
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, "tt/exam", consent=True)
    place = next(at for at, item in world.items_of(attempt).items() if item.kind == "essay")
    world.answer("alba", attempt, place, {"text": "The dermis holds collagen."})
    with world.acting("alba") as tx:
        submit_exam(tx, attempt)
    with world.looking("alba") as tx:
        waiting = handed_in(tx, attempt)
    assert waiting is not None
    assert not waiting.decided
    assert queue(world) == ()
    with world.acting("carl") as tx:
        mark_essay(tx, attempt, place, "", {"layer": 4, "why": 6}, "")
    with world.looking("alba") as tx:
        waiting = handed_in(tx, attempt)
    assert waiting is not None
    assert waiting.decided
    assert [line.attempt_id for line in queue(world)] == [attempt]


def test_without_a_hold_the_result_is_out_at_once_and_nobody_releases_it(world: World) -> None:
    world.earn("alba")
    assert queue(world) == ()
    assert events(world) == []


@pytest.mark.parametrize("name", ["alba", "bela", "cleo", "audi"])
def test_others_release_nothing(world: World, name: str) -> None:
    with pytest.raises(AppError), world.acting(name) as tx:
        release_results(tx, [])
