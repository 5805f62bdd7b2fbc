"""A trainee's exam from start to certificate, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from base.errors import Conflict, Expired, Invalid, NotAllowed, NotFound
from certs.queries.own import credential_of_attempt, my_credentials, own_credential_pdf
from courses.commands.study import start_final_exam
from quizbank.commands.attempts import save_answer, set_flag
from quizbank.queries.sitting import sitting
from tests.factories import COURSE, World, close_overdue_exams


def test_passing_earns_one_certificate_with_a_pdf(any_world: World) -> None:
    attempt = any_world.start_exam("alba")
    any_world.answer_all("alba", attempt)
    verdict = any_world.submit("alba", attempt)
    assert verdict.decision.passed
    assert verdict.decision.marks == 40
    any_world.seal()
    with any_world.looking("alba") as tx:
        own = credential_of_attempt(tx, attempt)
        assert own is not None
        assert own.standing.holder == "Alba"
        assert own_credential_pdf(tx, own.standing.serial).startswith(b"%PDF-")


def test_39_of_40_with_one_critical_miss_fails_and_says_so(world: World) -> None:
    attempt = world.start_exam("alba")
    critical = next(place for place, item in world.items_of(attempt).items() if item.critical)
    world.answer_all("alba", attempt, frozenset({critical}))
    decision = world.submit("alba", attempt).decision
    assert (decision.marks, decision.passed, decision.reached_cut) == (39, False, True)
    assert [miss.objective for miss in decision.critical_misses]


def test_32_of_40_without_a_critical_miss_passes(world: World) -> None:
    attempt = world.start_exam("alba")
    ordinary = [place for place, item in world.items_of(attempt).items() if not item.critical]
    world.answer_all("alba", attempt, frozenset(ordinary[:8]))
    decision = world.submit("alba", attempt).decision
    assert (decision.marks, decision.passed) == (32, True)


def test_twenty_simultaneous_submissions_make_one_certificate(any_world: World) -> None:
    attempt = any_world.start_exam("alba")
    any_world.answer_all("alba", attempt)

    def submit(_: int) -> str:
        return any_world.submit("alba", attempt).decision_id

    with ThreadPoolExecutor(20) as pool:
        decisions = set(pool.map(submit, range(20)))
    assert len(decisions) == 1
    with any_world.looking("alba") as tx:
        assert len(my_credentials(tx)) == 1


def test_the_exam_waits_for_the_lessons(world: World) -> None:
    with world.acting("alba") as tx, pytest.raises((NotAllowed, Invalid), match="lesson"):
        start_final_exam(tx, COURSE, consent=True)


def test_without_consent_nothing_starts(world: World) -> None:
    world.study("alba")
    with world.acting("alba") as tx, pytest.raises(Invalid, match="tick the box"):
        start_final_exam(tx, COURSE, consent=False)


def test_an_answer_after_the_deadline_is_refused_and_what_was_saved_counts(world: World) -> None:
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt)
    world.wait(minutes=61)
    with pytest.raises(Expired, match="too late"):
        world.answer("alba", attempt, 1, {"option": "a"})
    with world.acting("system") as tx:
        assert close_overdue_exams(tx) == 1
        assert close_overdue_exams(tx) == 0
    with world.looking("alba") as tx:
        own = credential_of_attempt(tx, attempt)
    assert own is not None
    assert own.standing.issued_at < world.now


def test_a_stale_tab_gets_a_conflict_and_overwrites_nothing(any_world: World) -> None:
    attempt = any_world.start_exam("alba")
    first = next(iter(any_world.items_of(attempt).values())).key()
    any_world.answer("alba", attempt, 1, first)
    with pytest.raises(Conflict, match="Nothing was overwritten"), any_world.acting("alba") as tx:
        save_answer(tx, attempt, 1, 1, {"option": "zzz"})
    with any_world.looking("alba") as tx:
        shown = sitting(tx, attempt, 1)
    assert shown.item is not None
    assert shown.item.response == first


def test_a_foreign_attempt_is_not_found(world: World) -> None:
    attempt = world.start_exam("alba")
    with world.looking("lena") as tx, pytest.raises(NotFound):
        sitting(tx, attempt, 1)
    with pytest.raises(NotFound), world.acting("lena") as tx:
        save_answer(tx, attempt, 1, 1, None)


def test_flags_come_and_go(world: World) -> None:
    attempt = world.start_exam("alba")
    with world.acting("alba") as tx:
        revision = set_flag(tx, attempt, 1, 3, True)
    with world.looking("alba") as tx:
        assert sitting(tx, attempt).flagged == {3}
    with world.acting("alba") as tx:
        set_flag(tx, attempt, revision, 3, False)
    with world.looking("alba") as tx:
        assert sitting(tx, attempt).flagged == frozenset()
