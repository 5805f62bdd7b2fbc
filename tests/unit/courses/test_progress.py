"""What comes next, and what a lesson still needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.progress import (
    LessonProgress,
    LessonState,
    NextStep,
    Sitting,
    StepKind,
    exam_after,
    exam_needs,
    foremost,
    next_step,
    state_of,
)

CHECKS = ("a", "b")


def lessons(*states: LessonState) -> list[LessonProgress]:
    return [LessonProgress(f"l{n}", f"Lesson {n}", 9, one) for n, one in enumerate(states, 1)]


DONE, STARTED, OPEN = LessonState.DONE, LessonState.STARTED, LessonState.NOT_STARTED


@pytest.mark.parametrize(
    ("reached", "right", "state"),
    [
        (False, set(), OPEN),
        (True, set(), STARTED),
        (False, {"a"}, STARTED),
        (False, {"a", "b"}, STARTED),
        (True, {"a"}, STARTED),
        (True, {"a", "b"}, DONE),
        (True, {"a", "b", "old"}, DONE),
        (False, {"old"}, OPEN),
    ],
)
def test_done_needs_the_end_and_every_check(reached, right, state):
    assert state_of(CHECKS, reached, frozenset(right)) is state


@pytest.mark.parametrize(
    ("states", "sitting", "kind"),
    [
        ([OPEN, OPEN], Sitting(), StepKind.LESSON),
        ([DONE, STARTED], Sitting(practised=True), StepKind.LESSON),
        ([DONE, DONE], Sitting(), StepKind.PRACTICE),
        ([DONE, DONE], Sitting(practised=True), StepKind.EXAM),
        ([DONE, DONE], Sitting(practised=True, may_start=False), StepKind.PRACTICE),
        ([DONE, OPEN], Sitting(exam_running=True), StepKind.EXAM),
        ([DONE, DONE], Sitting(may_start=False, to_put_right=True), StepKind.REMEDIATION),
        ([DONE, OPEN], Sitting(passed=True, may_start=False), StepKind.CERTIFICATE),
        ([DONE, OPEN], Sitting(due=4), StepKind.LESSON),
        ([DONE, OPEN], Sitting(due=5), StepKind.REVIEW),
        ([DONE, DONE], Sitting(practised=True, due=1), StepKind.REVIEW),
        ([DONE, DONE], Sitting(passed=True, may_start=False, due=4), StepKind.CERTIFICATE),
        ([DONE, DONE], Sitting(passed=True, may_start=False, due=5), StepKind.REVIEW),
        ([DONE, OPEN], Sitting(exam_running=True, due=50), StepKind.EXAM),
        ([DONE, DONE], Sitting(may_start=False, to_put_right=True, due=9), StepKind.REMEDIATION),
    ],
)
def test_the_next_step(states, sitting, kind):
    assert next_step(lessons(*states), sitting).kind is kind


def test_the_next_lesson_is_the_first_that_is_not_done():
    assert next_step(lessons(DONE, OPEN, OPEN), Sitting()).lesson == "l2"


def test_what_the_exam_needs_names_the_lessons():
    assert exam_needs(lessons(DONE, DONE)) == ""
    assert "“Lesson 2”" in exam_needs(lessons(DONE, OPEN))
    assert "“Lesson 2” and “Lesson 3”" in exam_needs(lessons(DONE, OPEN, STARTED))
    assert "all 2 lessons" in exam_needs(lessons(OPEN, OPEN))


@given(st.lists(st.sampled_from(list(LessonState)), min_size=1, max_size=9))
def test_the_exam_is_next_only_when_nothing_is_missing(states):
    step = next_step(lessons(*states), Sitting(practised=True))
    assert (step.kind is StepKind.EXAM) == (exam_needs(lessons(*states)) == "")


READ, EXAM = NextStep(StepKind.LESSON, "Skin", "skin"), NextStep(StepKind.EXAM, "final exam")
HELD = NextStep(StepKind.CERTIFICATE, "your certificate")
AMENDS = NextStep(StepKind.REMEDIATION, "put right what was unsafe")


@pytest.mark.parametrize(
    ("courses", "place"),
    [
        ([(READ, False), (READ, False)], 0),
        ([(READ, False), (READ, True)], 1),
        ([(READ, True), (EXAM, True)], 1),
        ([(READ, True), (AMENDS, True)], 1),
        ([(HELD, True), (READ, False)], 1),
        ([(HELD, True)], None),
        ([], None),
    ],
)
def test_one_course_is_the_one_to_go_on_with(courses, place):
    assert foremost(courses) == place


def test_a_list_of_courses_says_which_ones_come_before_an_exam():
    assert exam_after([]) == ""
    assert exam_after(["Skin", "Scars"]) == "Its exam opens after “Skin” and “Scars”."
