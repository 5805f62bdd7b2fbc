"""Where a learner stands in a course, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# With fewer reviews due, somebody who studies is not called away from the lessons.
WORTH_A_SESSION = 5


class LessonState(StrEnum):
    """How far a learner is with one lesson."""

    NOT_STARTED = "not started"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True)
class LessonProgress:
    """A lesson in the course's order, and how far the learner is with it."""

    slug: str
    title: str
    minutes: int
    state: LessonState


class StepKind(StrEnum):
    """What a learner does next."""

    LESSON = "lesson"
    PRACTICE = "practice"
    EXAM = "exam"
    REMEDIATION = "remediation"
    REVIEW = "review"
    CERTIFICATE = "certificate"


@dataclass(frozen=True)
class NextStep:
    """What comes next; `lesson` names the lesson where it is one."""

    kind: StepKind
    title: str
    lesson: str = ""


@dataclass(frozen=True)
class Sitting:
    """Where the learner stands with the practice quiz and the final exam.

    `may_start` is False while a wait or the retake policy stands in the way; `to_put_right` tells
    that unsafe certainties are to be put right before the next attempt. `due` is how many reviews
    the schedule has brought back.
    """

    practised: bool = False
    exam_running: bool = False
    passed: bool = False
    may_start: bool = True
    to_put_right: bool = False
    due: int = 0


def state_of(checks: Sequence[str], reached_end: bool, right: frozenset[str]) -> LessonState:
    """Done needs the end reached and every check answered right at least once."""
    if reached_end and right.issuperset(checks):
        return LessonState.DONE
    if reached_end or not right.isdisjoint(checks):
        return LessonState.STARTED
    return LessonState.NOT_STARTED


def next_step(lessons: Sequence[LessonProgress], sitting: Sitting) -> NextStep:
    """Return the one thing to do next: a running exam first, then what is due, then the lessons.

    A few reviews wait until the lessons are done.
    """
    first = _before_lessons(sitting)
    if first:
        return first
    for lesson in lessons:
        if lesson.state is not LessonState.DONE:
            return NextStep(StepKind.LESSON, lesson.title, lesson.slug)
    if sitting.due:
        return _review(sitting.due)
    if not sitting.practised or not sitting.may_start:
        return NextStep(StepKind.PRACTICE, "practice quiz")
    return NextStep(StepKind.EXAM, "final exam")


def foremost(courses: Sequence[tuple[NextStep, bool]]) -> int | None:
    """Return the place of the course to go on with, of steps and whether their course is begun.

    An exam, or what is to be put right for one, comes first; then what is begun; then the order
    of study. None where every course has come to its certificate.
    """
    pressing = {StepKind.EXAM, StepKind.REMEDIATION}
    ranks = [
        (step.kind not in pressing, not begun, place)
        for place, (step, begun) in enumerate(courses)
        if step.kind is not StepKind.CERTIFICATE
    ]
    return min(ranks)[-1] if ranks else None


def _before_lessons(sitting: Sitting) -> NextStep | None:
    if sitting.exam_running:
        return NextStep(StepKind.EXAM, "final exam")
    if sitting.to_put_right:
        return NextStep(StepKind.REMEDIATION, "put right what was unsafe")
    if sitting.due >= WORTH_A_SESSION:
        return _review(sitting.due)
    return NextStep(StepKind.CERTIFICATE, "your certificate") if sitting.passed else None


def _review(due: int) -> NextStep:
    return NextStep(StepKind.REVIEW, "1 review" if due == 1 else f"{due} reviews")


def courses_first(titles: Sequence[str]) -> str:
    """Say which courses' exams must be passed before this course's; empty where none is missing."""
    if not titles:
        return ""
    return f"First pass the final exam of {_and([f'“{one}”' for one in titles])}."


def exam_after(titles: Sequence[str]) -> str:
    """Say in a list of courses which ones come before this one's exam; empty where none does."""
    if not titles:
        return ""
    return f"Its exam opens after {_and([f'“{one}”' for one in titles])}."


def lessons_first(titles: Sequence[str]) -> str:
    """Say which lessons open a module; empty where none is missing."""
    if not titles:
        return ""
    return f"Opens after {_and([f'“{one}”' for one in titles])}."


def _and(named: Sequence[str]) -> str:
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def exam_needs(lessons: Sequence[LessonProgress]) -> str:
    """Say which lessons must be finished before the final exam; empty where none is missing."""
    missing = [f"“{one.title}”" for one in lessons if one.state is not LessonState.DONE]
    if not missing:
        return ""
    if len(missing) == len(lessons) > 1:
        return f"The final exam opens when all {len(lessons)} lessons are done. Begin the first."
    return f"The final exam opens when all lessons are done. Still to do: {_and(missing)}."
