"""Calibration over real attempts: what is counted, and when a trainee may see it."""

from typing import Any

from pydantic import JsonValue

from certs.commands.exams import submit_exam
from courses.commands.study import start_practice
from courses.queries.calibration import course_calibration
from quizbank.calibration import Calibration
from quizbank.commands.attempts import finish_practice, start_attempt
from quizbank.confidence import Confidence
from quizbank.queries.calibration import calibration_of, own_calibration_of
from tests.factories import COURSE, EXAM, PRACTICE, World, exam_rules, single_choice

RIGHT: JsonValue = {"option": "a"}
WRONG: JsonValue = {"option": "b"}
SURE, GUESS = Confidence.CERTAIN, Confidence.GUESS
# What each of six questions is answered, and what is said of it.
GIVEN = [(RIGHT, SURE), (RIGHT, SURE), (WRONG, SURE), (RIGHT, GUESS), (RIGHT, None), (None, SURE)]


def sit(world: World, **changes: Any) -> str:
    names = [f"tt-01-10{one}" for one in range(6)]
    world.load_items(*(single_choice(one, objective="TT-01") for one in names))
    cells = [{"objective": "TT-01", "count": 6}]
    world.give_exam(exam_rules(**{"confidence": True, "cells": cells, "cut": 4} | changes), EXAM)
    world.study("alba")
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    for position, (response, said) in enumerate(GIVEN, 1):
        world.answer("alba", attempt, position, response, said)
    return attempt


def hand_in(world: World, attempt: str) -> None:
    with world.acting("alba") as tx:
        submit_exam(tx, attempt)


def own(world: World, attempt: str) -> Calibration | None:
    with world.looking("alba") as tx:
        return own_calibration_of(tx, attempt)


def counted(told: Calibration | None) -> list[tuple[int, int]]:
    assert told is not None
    return [(one.right, one.answers) for one in told.levels]


def test_answers_count_by_what_was_said_and_what_was_left_open_not_at_all(
    any_world: World,
) -> None:
    attempt = sit(any_world)
    assert own(any_world, attempt) is None
    hand_in(any_world, attempt)
    told = own(any_world, attempt)
    assert counted(told) == [(1, 1), (0, 0), (2, 3)]
    assert told is not None
    assert told.unsaid == 1
    with any_world.looking("cato") as tx:
        assert calibration_of(tx, attempt) == told


def test_nothing_is_told_before_the_result_is_released_or_without_its_total(world: World) -> None:
    held = sit(world, release="held")
    hand_in(world, held)
    assert own(world, held) is None
    with world.looking("alba") as tx:
        assert course_calibration(tx, COURSE).told.said == 0
    with world.looking("cato") as tx:
        assert calibration_of(tx, held) is not None


def test_a_result_that_hides_its_total_hides_the_counts_too(world: World) -> None:
    hidden = {key: ["objectives"] for key in ("right_after", "later", "closed")}
    attempt = sit(world, review=hidden)
    hand_in(world, attempt)
    assert own(world, attempt) is None


def test_an_exam_that_does_not_ask_has_nothing_to_tell(world: World) -> None:
    names = [f"tt-01-10{one}" for one in range(3)]
    world.load_items(*(single_choice(one, objective="TT-01") for one in names))
    cells = [{"objective": "TT-01", "count": 3}]
    world.give_exam(exam_rules(cells=cells), EXAM)
    attempt = world.start_exam("alba")
    hand_in(world, attempt)
    assert own(world, attempt) is None


def test_practice_and_exams_of_a_course_are_told_together(world: World) -> None:
    hand_in(world, sit(world))
    world.load_items(single_choice("tt-02-101", pool="practice", objective="TT-02"))
    free = {"minutes": None, "retakes": None, "consent": "", "cut": 0, "purpose": "practice"}
    cells = [{"objective": "TT-02", "count": 1}]
    world.give_exam(exam_rules(confidence=True, cells=cells, **free), PRACTICE)
    with world.acting("alba") as tx:
        quiz = start_practice(tx, COURSE)
    world.practise("alba", quiz, 1, RIGHT, SURE)
    with world.acting("alba") as tx:
        finish_practice(tx, quiz)
    with world.looking("alba") as tx:
        assert counted(course_calibration(tx, COURSE).told) == [(1, 1), (0, 0), (3, 4)]
