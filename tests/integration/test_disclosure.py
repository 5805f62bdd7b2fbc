"""What a learner's queries carry: never a key, a weight or a reason before its time."""

from collections.abc import Iterable

import pytest
from pydantic import JsonValue

from base.errors import Conflict, Invalid, NotAllowed, NotFound
from certs.commands.exams import submit_exam
from courses.commands.study import answer_check, reach_end, start_practice
from courses.queries.lesson import lesson_view
from courses.queries.outline import course_outline
from quizbank.commands.attempts import answer_practice, finish_practice
from quizbank.confidence import Confidence
from quizbank.items import Item
from quizbank.kinds.shown import State
from quizbank.queries.bank import ItemFilter, bank_items, item_detail
from quizbank.queries.checks import check_items, check_outcome
from quizbank.queries.own_results import (
    attempts_of_mine,
    own_verdict,
)
from quizbank.queries.sitting import (
    Sitting,
    sitting,
)
from tests.factories import COURSE, EXAM, World, steps_to


def secrets_of(items: Iterable[Item]) -> set[str]:
    """Return what must not be told: the reason of every option."""
    return {told.reason for item in items for told in item.explain(item.key())}


def told(value: object, secrets: set[str]) -> set[str]:
    shown = repr(value)
    return {secret for secret in secrets if secret in shown or repr(secret)[1:-1] in shown}


def sat(world: World, attempt: str, position: int) -> Sitting:
    with world.looking("alba") as tx:
        return sitting(tx, attempt, position)


def test_a_running_exam_tells_no_key_before_or_after_an_answer(any_world: World) -> None:
    attempt = any_world.start_exam("alba")
    items = any_world.items_of(attempt)
    secrets = secrets_of(items.values())
    for position, item in items.items():
        assert told(sat(any_world, attempt, position), secrets) == set()
        for response in steps_to(item, item.key()):
            any_world.answer("alba", attempt, position, response)
        shown = sat(any_world, attempt, position)
        assert shown.item is not None
        assert (shown.item.response, shown.item.feedback, shown.marks) == (item.key(), None, None)
        for word in ("correct=", "unsafe=", "fraction=", "critical="):
            assert word not in repr(shown.item)


def test_after_an_exam_neither_questions_nor_answers_are_shown(world: World) -> None:
    attempt = world.start_exam("alba")
    items = world.items_of(attempt)
    critical = next(place for place, item in items.items() if item.critical)
    world.answer_all("alba", attempt, frozenset({critical}))
    with world.acting("alba") as tx:
        submit_exam(tx, attempt)
    for position in items:
        assert sat(world, attempt, position).item is None
    with world.looking("alba") as tx:
        verdict = own_verdict(tx, attempt)
        lines = attempts_of_mine(tx, EXAM)
    stems = {item.stem for item in items.values()} | secrets_of(items.values())
    assert told((verdict, lines, sat(world, attempt, 1)), stems) == set()
    assert verdict.result.critical_misses[0].topic == items[critical].topic


def test_a_running_exam_has_no_verdict_yet(world: World) -> None:
    attempt = world.start_exam("alba")
    with world.looking("alba") as tx, pytest.raises(NotFound):
        own_verdict(tx, attempt)


def test_practice_explains_a_question_once_it_is_answered_and_not_before(world: World) -> None:
    with world.acting("alba") as tx:
        attempt = start_practice(tx, COURSE)
    items = world.items_of(attempt)
    for position, item in items.items():
        secrets = secrets_of([item])
        assert told(sat(world, attempt, position), secrets) == set()
        for response in steps_to(item, item.key()):
            world.practise("alba", attempt, position, response, Confidence.GUESS)
        shown = sat(world, attempt, position).item
        assert shown is not None
        assert shown.feedback is not None
        assert shown.feedback.mark.state is State.RIGHT
        assert told(shown, secrets) == secrets
        assert sat(world, attempt, position).marks is None
    with world.acting("alba") as tx:
        finish_practice(tx, attempt)
        finish_practice(tx, attempt)
    assert sat(world, attempt, 1).marks == pytest.approx(len(items))


def test_a_practice_answer_stands_once_its_feedback_was_shown(world: World) -> None:
    with world.acting("alba") as tx:
        attempt = start_practice(tx, COURSE)
    position, item = next(one for one in world.items_of(attempt).items() if not one[1].staged)
    with pytest.raises(Invalid, match="Choose an answer first"), world.acting("alba") as tx:
        answer_practice(tx, attempt, 1, position, None)
    with world.acting("alba") as tx:
        answer_practice(tx, attempt, 1, position, {"option": "zz"}, Confidence.GUESS)
    with pytest.raises(Conflict, match="answered already"), world.acting("alba") as tx:
        answer_practice(tx, attempt, 2, position, item.key())


def test_an_exam_is_not_ended_as_practice_nor_practice_marked_as_an_exam(world: World) -> None:
    exam = world.start_exam("alba")
    with world.acting("alba") as tx:
        practice = start_practice(tx, COURSE)
    with pytest.raises(NotAllowed, match="ended by submitting"), world.acting("alba") as tx:
        finish_practice(tx, exam)
    with pytest.raises(NotAllowed, match="not marked as an exam"), world.acting("alba") as tx:
        submit_exam(tx, practice)
    assert not sat(world, exam, 1).ended
    assert not sat(world, practice, 1).ended


def test_a_lesson_tells_reasons_of_what_was_chosen_and_all_once_it_is_right(world: World) -> None:
    with world.looking("alba") as tx:
        lesson = next(
            one.slug
            for one in course_outline(tx, COURSE).lessons
            if lesson_view(tx, COURSE, one.slug).checks
        )
        check = lesson_view(tx, COURSE, lesson).checks[0]
        (asked,) = check_items(tx, [check.item_id])
    with world.looking("bela") as tx:
        item = item_detail(tx, check.item_id).item
    secrets, key = secrets_of([item]), item.key()

    def shown() -> set[str]:
        with world.looking("alba") as tx:
            return told(lesson_view(tx, COURSE, lesson).checks, secrets)

    assert shown() == told(asked, secrets) == set()
    with pytest.raises(Invalid, match="to its end first"), world.acting("alba") as tx:
        answer_check(tx, COURSE, lesson, check.item_id, key)
    with world.acting("alba") as tx:
        reach_end(tx, COURSE, lesson)
        reach_end(tx, COURSE, lesson)
    assert shown() == set()
    guesses: list[JsonValue] = [{"option": one} for one in ("a", "b", "true", "false")]
    wrong = next(response for response in guesses if item.mark(response).state is State.WRONG)
    with world.acting("alba") as tx:
        answer_check(tx, COURSE, lesson, check.item_id, wrong)
    assert len(shown()) == 1
    with world.acting("alba") as tx:
        answer_check(tx, COURSE, lesson, check.item_id, key)
    assert shown() == secrets


def test_a_check_question_can_not_be_used_to_ask_for_an_exam_key(world: World) -> None:
    with world.looking("bela") as tx:
        exam_version = item_detail(tx, "mf-01-001").versions[0].id
    for version in (exam_version, "no such version"):
        with world.looking("alba") as tx, pytest.raises(NotFound):
            check_outcome(tx, version, {"option": "a"})
    with world.looking("alba") as tx:
        assert check_items(tx, ["mf-01-001", "no such item"]) == ()


def test_a_learner_never_reads_the_bank(world: World) -> None:
    with world.looking("alba") as tx, pytest.raises(NotAllowed):
        bank_items(tx, ItemFilter())
    with world.looking("alba") as tx, pytest.raises(NotAllowed):
        item_detail(tx, "mf-01-001")
