"""How sure somebody is: kept like the answer, locked before feedback, never part of a mark."""

from typing import Any

import pytest
from pydantic import JsonValue

from base.errors import Conflict, Invalid
from quizbank.commands.attempts import save_confidence, start_attempt
from quizbank.confidence import Confidence
from quizbank.queries.attempts import last_number
from quizbank.queries.sitting import (
    Sitting,
    sitting,
)
from tests.factories import World, description, essay, exam_rules, single_choice

SMALL = "tt/small"
QUIZ = "tt/quiz"
RIGHT: JsonValue = {"option": "a"}
WRONG: JsonValue = {"option": "b"}


def small_exam(world: World, **changes: Any) -> str:
    """Start alba's exam of three choices, two of them ordinary; returns the attempt."""
    options: dict[str, Any] = {"pool": "exam", "objective": "TT-01"}
    names = ("tt-01-101", "tt-01-102", "tt-01-103")
    world.load_items(*(single_choice(one, critical=one == names[0], **options) for one in names))
    world.give_exam(exam_rules(**{"confidence": True} | changes), SMALL)
    with world.acting("alba") as tx:
        return start_attempt(tx, SMALL, consent=True)


def small_quiz(world: World, **changes: Any) -> str:
    """Start alba's practice of one choice; returns the attempt."""
    world.load_items(single_choice("tt-02-101", pool="practice", objective="TT-02"))
    shape = {"cells": [{"objective": "TT-02", "count": 1}], "purpose": "practice", "cut": 0}
    free = {"minutes": None, "retakes": None, "consent": "", "confidence": True}
    world.give_exam(exam_rules(**shape | free | changes), QUIZ)
    with world.acting("alba") as tx:
        return start_attempt(tx, QUIZ, consent=False)


def say(world: World, attempt: str, position: int, confidence: Confidence) -> None:
    with world.acting("alba") as tx:
        revision = last_number(tx, attempt)
        save_confidence(tx, attempt, revision, position, confidence)


def shown(world: World, attempt: str, position: int = 1) -> Sitting:
    with world.looking("alba") as tx:
        return sitting(tx, attempt, position)


def stated(world: World, attempt: str, position: int = 1) -> Confidence | None:
    item = shown(world, attempt, position).item
    assert item is not None
    return item.confidence


def test_it_is_saved_with_the_answer_and_stays_when_the_answer_changes(any_world: World) -> None:
    attempt = small_exam(any_world)
    any_world.answer("alba", attempt, 1, WRONG, Confidence.CERTAIN)
    any_world.answer("alba", attempt, 1, RIGHT)
    now = shown(any_world, attempt)
    assert now.item is not None
    assert (now.item.response, now.item.confidence) == (RIGHT, Confidence.CERTAIN)
    assert now.unsaid == frozenset()


def test_it_may_be_said_before_and_changed_until_the_exam_is_handed_in(world: World) -> None:
    attempt = small_exam(world)
    say(world, attempt, 1, Confidence.GUESS)
    assert shown(world, attempt).unanswered == (1, 2, 3)
    world.answer("alba", attempt, 1, RIGHT)
    say(world, attempt, 1, Confidence.CERTAIN)
    now = shown(world, attempt)
    assert now.item is not None
    assert (now.item.response, now.item.confidence) == (RIGHT, Confidence.CERTAIN)
    world.submit("alba", attempt)
    with pytest.raises(Conflict, match="has ended"):
        say(world, attempt, 1, Confidence.GUESS)


def test_answers_that_do_not_say_are_told_apart(world: World) -> None:
    attempt = small_exam(world)
    world.answer("alba", attempt, 1, RIGHT, Confidence.CERTAIN)
    world.answer("alba", attempt, 3, RIGHT)
    assert shown(world, attempt).unsaid == {3}


def test_where_it_is_not_asked_it_is_refused(world: World) -> None:
    attempt = small_exam(world, confidence=False)
    with pytest.raises(Invalid, match="Nobody asks how sure"):
        world.answer("alba", attempt, 1, RIGHT, Confidence.CERTAIN)
    assert shown(world, attempt).unsaid == frozenset()


def test_neither_a_text_to_read_nor_an_essay_asks(world: World) -> None:
    world.load_items(
        description("tt-01-009", pool="exam"), essay("tt-01-008", pool="exam", objective="TT-09")
    )
    cells = [{"objective": "TT-01", "count": 1}, {"objective": "TT-09", "count": 1}]
    attempt = small_exam(world, cells=cells, cut=1, descriptions=["tt-01-009"])
    asked = [shown(world, attempt, one).item for one in (1, 2, 3)]
    kinds = {one.prompt.kind: one.asks_confidence for one in asked if one}
    assert kinds == {"description": False, "essay": False, "single_choice": True}


def test_practice_explains_nothing_before_it_is_said_and_locks_it_then(any_world: World) -> None:
    attempt = small_quiz(any_world)
    with pytest.raises(Invalid, match="Say how sure you are first"):
        any_world.practise("alba", attempt, 1, WRONG)
    now = shown(any_world, attempt)
    assert now.item is not None
    assert now.item.feedback is None
    any_world.practise("alba", attempt, 1, WRONG, Confidence.CERTAIN)
    after = shown(any_world, attempt).item
    assert after is not None
    assert after.feedback is not None
    with pytest.raises(Conflict, match="its feedback is shown"):
        any_world.practise("alba", attempt, 1, WRONG, Confidence.GUESS)
    assert stated(any_world, attempt) is Confidence.CERTAIN
