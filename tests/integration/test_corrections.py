"""Key corrections: proposed, foreseen, approved by another, replayed beside the old decisions."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import col, select

from base.audit import audit_break, audit_entries
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.permissions import Role
from certs.commands.corrections import replay_corrections
from certs.commands.exams import submit_exam
from certs.queries.own import credential_of_attempt, my_credentials
from certs.queries.standing import credential_standing
from certs.status import Status
from quizbank.commands.attempts import start_attempt
from quizbank.commands.corrections import (
    approve_correction,
    mark_told,
    propose_correction,
    reject_correction,
)
from quizbank.commands.remarking import remark_listed
from quizbank.exams import ExamRules
from quizbank.items import item_to_data
from quizbank.queries.corrections import (
    Correction,
    Outcome,
    correction,
    corrections,
    outcomes,
    used_versions,
)
from quizbank.queries.foreseen import Foreseen, dry_run
from quizbank.queries.own_results import attempts_of_mine, own_verdict
from quizbank.queries.results import result_lines, verdict
from quizbank.remedies import RemedyKind
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import DecisionRow, MarkRow
from tests.factories import EXAM, World, essay, exam_rules, single_choice
from tests.integration.test_marking import FULL, handed_in, mark, people

WRONG = "tt-01-001"
RULES = exam_rules(cells=[{"objective": "TT-01", "count": 2}], cut=2)
REASON = "Two textbooks say that b is right as well."


def better(key: str = "b", item_id: str = WRONG) -> dict[str, Any]:
    """The item with another key."""
    data: Any = item_to_data(single_choice(item_id, objective="TT-01"))
    for option in data["options"]:
        option["correct"] = option["id"] == key
    return data


def academy(world: World, rules: ExamRules = RULES) -> World:
    """An exam of two questions, of which the first has a wrong key, and a second examiner."""
    world.join("carl", Role.EXAMINER)
    second = single_choice("tt-01-002", objective="TT-01")
    world.load_items(single_choice(WRONG, objective="TT-01"), second)
    world.give_exam(rules)
    return world


def sat(world: World, name: str, said: str) -> str:
    """Sit the exam: say this to the question with the wrong key, the other one right."""
    with world.acting(name) as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    for place, item in world.items_of(attempt).items():
        world.answer(name, attempt, place, {"option": said} if item.id == WRONG else item.key())
    world.submit(name, attempt)
    return attempt


def version_of(world: World, item_id: str = WRONG) -> str:
    with world.looking("cato") as tx:
        return used_versions(tx, item_id)[0].version_id


def proposed(world: World, remedy: RemedyKind = RemedyKind.KEY, by: str = "cato") -> str:
    version = version_of(world)
    with world.acting(by) as tx:
        fields = better() if remedy is RemedyKind.KEY else None
        return propose_correction(tx, version, remedy, REASON, fields)


def approve(world: World, correction_id: str, by: str = "carl") -> int:
    with world.acting(by) as tx:
        return approve_correction(tx, correction_id)


def replay(world: World) -> int:
    done = 0
    while True:
        with world.as_system() as tx:
            some = replay_corrections(tx)
        if not some:
            return done
        done += some


def corrected(world: World, remedy: RemedyKind = RemedyKind.KEY) -> str:
    one = proposed(world, remedy)
    world.wait(minutes=1)
    approve(world, one)
    replay(world)
    return one


def decisions(world: World, attempt: str) -> list[tuple[int, float, bool, bool]]:
    """Number, marks, verdict, and whether a correction made it, in order."""
    with world.looking("system") as tx:
        rows = tx.session.exec(
            select(DecisionRow)
            .where(DecisionRow.attempt_id == attempt)
            .order_by(col(DecisionRow.number))
        ).all()
        return [(row.number, row.marks, row.passed, bool(row.correction_id)) for row in rows]


def standing(world: World, attempt: str) -> tuple[float, bool]:
    with world.looking("cato") as tx:
        decision = verdict(tx, attempt).decision
    return decision.marks, decision.passed


def foreseen(world: World, one: str) -> tuple[Foreseen, ...]:
    with world.looking("carl") as tx:
        return dry_run(tx, one)


def became(world: World, one: str) -> dict[str, Outcome]:
    with world.looking("carl") as tx:
        return {each.attempt_id: each for each in outcomes(tx, one)}


def shown(world: World, one: str) -> Correction:
    with world.looking("carl") as tx:
        return correction(tx, one)


def test_a_better_key_is_foreseen_then_decides_anew_beside_the_old(any_world: World) -> None:
    world = academy(any_world)
    alba, lena = sat(world, "alba", "b"), sat(world, "lena", "a")
    assert (standing(world, alba), standing(world, lena)) == ((1, False), (2, True))
    one = proposed(world)
    told = {each.attempt_id: each for each in foreseen(world, one)}
    assert [(told[a].marks_before, told[a].marks_after) for a in (alba, lena)] == [(1, 2), (2, 1)]
    assert [(told[a].passed_before, told[a].passed_after) for a in (alba, lena)] == [
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
    assert {a: (o.marks_before, o.marks_after) for a, o in became(world, one).items()} == {
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


def test_corrections_are_for_those_who_may(world: World) -> None:
    academy(world)
    sat(world, "alba", "b")
    one = proposed(world)
    for name in ("alba", "bela", "cleo", "audi"):
        with pytest.raises(NotAllowed):
            approve(world, one, name)
        with pytest.raises(NotAllowed), world.looking(name) as tx:
            dry_run(tx, one)
