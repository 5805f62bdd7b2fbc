"""Wrong, unsafe and certain: named by topic, and put right before another attempt."""

from typing import Any

import pytest
from pydantic import JsonValue

from base.errors import Invalid, NotAllowed, NotFound
from base.permissions import Role
from certs.commands.corrections import replay_corrections
from courses.commands.remediation import read_again, start_fresh_questions
from courses.commands.study import start_final_exam
from courses.queries.remediation import PuttingRight, to_put_right
from quizbank.commands.attempts import start_attempt
from quizbank.commands.corrections import approve_correction, propose_correction
from quizbank.commands.remediation import finish_round
from quizbank.confidence import Confidence
from quizbank.exams import Refusal
from quizbank.queries.certain_mistakes import certain_mistakes, own_certain_mistakes
from quizbank.queries.corrections import used_versions
from quizbank.queries.exams import exam_offer, refusal_sentence
from quizbank.remedies import RemedyKind
from tests.factories import COURSE, EXAM, World, essay, exam_rules, single_choice, steps_to

OBJECTIVE = "MF-05"
RIGHT: JsonValue = {"option": "a"}
WRONG: JsonValue = {"option": "b"}
UNSAFE: JsonValue = {"option": "c"}
NO_COURSE = "tt/alone"


def rules(**changes: Any) -> Any:
    cells = [{"objective": changes.pop("objective", OBJECTIVE), "count": 2}]
    sureness = {"fresh_items": changes.pop("fresh_items", 2)}
    policy = {"max_attempts": 5, "wait_hours": 24}
    asked: dict[str, Any] = {"confidence": True, "sureness": sureness, "retakes": policy, "cut": 2}
    return exam_rules(**asked | {"cells": cells, "critical_must_pass": False} | changes)


def questions(pool: str, *numbers: int, objective: str = OBJECTIVE) -> list[Any]:
    return [single_choice(f"tt-{pool}-{one}", pool=pool, objective=objective) for one in numbers]


def alone(world: World, practice: int = 4, **changes: Any) -> None:
    """An exam of two questions outside every course, with so many practice questions."""
    numbers = range(10, 10 + practice)
    world.load_items(*questions("exam", 1, 2, objective="TT-01"))
    if practice:
        world.load_items(*questions("practice", *numbers, objective="TT-01"))
    world.give_exam(rules(objective="TT-01", **changes), NO_COURSE)


def sit(world: World, exam_id: str, *given: tuple[Any, Confidence | None]) -> str:
    """Let alba sit an exam with these answers, and hand it in."""
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, exam_id, consent=True)
    for position, (response, said) in enumerate(given, 1):
        world.answer("alba", attempt, position, response, said)
    world.submit("alba", attempt)
    return attempt


def waiting(world: World, exam_id: str = NO_COURSE) -> tuple[PuttingRight, ...]:
    with world.looking("alba") as tx:
        return to_put_right(tx, exam_id)


def go_round(
    world: World, response: Any = RIGHT, wrong: int = 0, exam: str = NO_COURSE, of: str = "TT-01"
) -> tuple[str, int]:
    """Answer one round of fresh questions, so many of them wrong; returns it, and what was left."""
    with world.acting("alba") as tx:
        round_id = start_fresh_questions(tx, exam, of)
    assert round_id is not None
    for position, item in world.items_of(round_id).items():
        given = WRONG if position <= wrong else response or item.key()
        for step in steps_to(item, given):
            world.practise("alba", round_id, position, step, Confidence.FAIRLY_SURE)
    with world.acting("alba") as tx:
        return round_id, finish_round(tx, round_id)


def refused(world: World, exam_id: str = NO_COURSE) -> Refusal | None:
    with world.looking("alba") as tx:
        return exam_offer(tx, exam_id).refusal


def test_only_what_was_unsafe_and_certain_is_named_and_by_its_topic(any_world: World) -> None:
    alone(any_world)
    attempt = sit(any_world, NO_COURSE, (UNSAFE, Confidence.CERTAIN), (UNSAFE, Confidence.GUESS))
    with any_world.looking("alba") as tx:
        (one,) = own_certain_mistakes(tx, attempt)
    asked = any_world.items_of(attempt)[1]
    assert (one.objective, one.topic, one.done_at) == ("TT-01", asked.topic, None)
    assert asked.stem not in repr(one)
    with any_world.looking("cato") as tx:
        assert certain_mistakes(tx, attempt) == (one,)
    with any_world.looking("lena") as tx, pytest.raises(NotFound):
        own_certain_mistakes(tx, attempt)


def test_what_was_said_last_before_the_end_is_what_counts(world: World) -> None:
    alone(world)
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, NO_COURSE, consent=True)
    world.answer("alba", attempt, 1, UNSAFE, Confidence.CERTAIN)
    world.answer("alba", attempt, 1, UNSAFE, Confidence.FAIRLY_SURE)
    world.answer("alba", attempt, 2, RIGHT, Confidence.CERTAIN)
    world.submit("alba", attempt)
    assert waiting(world) == ()


def test_a_retake_waits_until_fresh_questions_are_all_right(any_world: World) -> None:
    alone(any_world)
    sit(any_world, NO_COURSE, (UNSAFE, Confidence.CERTAIN), (WRONG, None))
    any_world.wait(hours=25)
    with any_world.looking("alba") as tx:
        offer = exam_offer(tx, NO_COURSE)
    assert offer.refusal is Refusal.REMEDIATE
    assert refusal_sentence(offer) == (
        "You were certain of an unsafe answer. Put it right before you try again."
    )
    with pytest.raises(NotAllowed, match="Put it right"), any_world.acting("alba") as tx:
        start_attempt(tx, NO_COURSE, consent=True)
    first, left = go_round(any_world, wrong=1)
    assert left == 1
    second, left = go_round(any_world)
    assert left == 0
    # What was wrong is drawn anew: one question, and not one of those just seen.
    seen = {one.id for one in any_world.items_of(first).values()}
    again = [one.id for one in any_world.items_of(second).values()]
    assert len(again) == 1
    assert seen.isdisjoint(again)
    assert refused(any_world) is None
    with any_world.acting("alba") as tx:
        start_attempt(tx, NO_COURSE, consent=True)


def test_putting_right_may_be_done_during_the_wait_which_then_still_holds(world: World) -> None:
    alone(world)
    sit(world, NO_COURSE, (UNSAFE, Confidence.CERTAIN), (UNSAFE, Confidence.CERTAIN))
    with world.looking("alba") as tx:
        said = refusal_sentence(exam_offer(tx, NO_COURSE))
    assert said == (
        "You were certain of 2 unsafe answers. Put them right before you try again. "
        "The next attempt opens on 24 November 2026, 09:00 UTC."
    )
    go_round(world)
    assert refused(world) is Refusal.WAIT


def test_a_bank_without_enough_questions_gives_what_it_has_the_longest_unseen_first(
    world: World,
) -> None:
    alone(world, practice=1)
    sit(world, NO_COURSE, (UNSAFE, Confidence.CERTAIN))
    first, left = go_round(world, wrong=1)
    assert left == 1
    second, left = go_round(world)
    assert left == 0
    assert [*world.items_of(first)] == [*world.items_of(second)] == [1]


def test_where_the_bank_has_no_such_question_nothing_can_be_asked(world: World) -> None:
    alone(world, practice=0)
    world.load_items(essay("tt-practice-9", pool="practice", objective="TT-01"))
    sit(world, NO_COURSE, (UNSAFE, Confidence.CERTAIN))
    with world.acting("alba") as tx:
        assert start_fresh_questions(tx, NO_COURSE, "TT-01") is None
    assert refused(world) is Refusal.WAIT
    assert waiting(world) == ()


def test_the_lesson_comes_before_the_questions(world: World) -> None:
    own = {"objective": OBJECTIVE, "count": 2, "tags": ["own"]}
    world.give_exam(rules(cells=[own]), EXAM)
    names = ("tt-exam-1", "tt-exam-2")
    world.load_items(*(single_choice(one, objective=OBJECTIVE, tags=["own"]) for one in names))
    world.study("alba")
    with world.acting("alba") as tx:
        attempt = start_final_exam(tx, COURSE, consent=True)
    for place in (1, 2):
        world.answer("alba", attempt, place, UNSAFE, Confidence.CERTAIN)
    world.submit("alba", attempt)
    (one,) = waiting(world, EXAM)
    assert one.lesson is not None
    assert (one.lesson.slug, one.may_answer) == ("05-contraindications-and-screening", False)
    with pytest.raises(Invalid, match="Read the lesson"), world.acting("alba") as tx:
        start_fresh_questions(tx, EXAM, OBJECTIVE)
    for _ in range(2):
        with world.acting("alba") as tx:
            read_again(tx, EXAM, OBJECTIVE)
    _, left = go_round(world, response=None, exam=EXAM, of=OBJECTIVE)
    assert left == 0
    assert waiting(world, EXAM) == ()
    with pytest.raises(NotFound, match="nothing of this"), world.acting("alba") as tx:
        read_again(tx, EXAM, OBJECTIVE)


def test_clicking_twice_starts_one_round_and_ends_it_once(any_world: World) -> None:
    alone(any_world)
    sit(any_world, NO_COURSE, (UNSAFE, Confidence.CERTAIN))
    with any_world.acting("alba") as tx:
        first = start_fresh_questions(tx, NO_COURSE, "TT-01")
    with any_world.acting("alba") as tx:
        assert start_fresh_questions(tx, NO_COURSE, "TT-01") == first
    assert first is not None
    with pytest.raises(Invalid, match="Answer every question"), any_world.acting("alba") as tx:
        finish_round(tx, first)
    round_id, left = go_round(any_world)
    assert (round_id, left) == (first, 0)
    with any_world.acting("alba") as tx:
        assert finish_round(tx, round_id) == 0


def test_the_exam_itself_is_not_ended_as_a_round(world: World) -> None:
    alone(world)
    attempt = sit(world, NO_COURSE, (UNSAFE, Confidence.CERTAIN))
    with pytest.raises(NotAllowed, match="put something right"), world.acting("alba") as tx:
        finish_round(tx, attempt)


def test_a_key_correction_that_makes_an_answer_harmless_closes_what_was_open(
    any_world: World,
) -> None:
    any_world.join("carl", Role.EXAMINER)
    alone(any_world)
    attempt = sit(any_world, NO_COURSE, (UNSAFE, Confidence.CERTAIN), (RIGHT, None))
    assert len(waiting(any_world)) == 1
    with any_world.looking("cato") as tx:
        version = used_versions(tx, any_world.items_of(attempt)[1].id)[0].version_id
    with any_world.acting("cato") as tx:
        one = propose_correction(tx, version, RemedyKind.EVERYBODY, "Its key is wrong.")
    with any_world.acting("carl") as tx:
        approve_correction(tx, one)
    with any_world.as_system() as tx:
        assert replay_corrections(tx) == 1
    assert waiting(any_world) == ()
    with any_world.looking("alba") as tx:
        assert own_certain_mistakes(tx, attempt) == ()
