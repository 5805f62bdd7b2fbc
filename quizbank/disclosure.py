"""What a trainee may see of an attempt now. Only this table decides."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from quizbank.decisions import (
    CriticalMiss,
    Decision,
    Failure,
    ObjectiveResult,
    Reason,
    UnsafeAnswer,
)
from quizbank.exams import ExamRules, Purpose
from quizbank.review_windows import Part, ReviewWindows


class ReviewWindow(StrEnum):
    """When somebody looks: at a question of a running attempt, or at an attempt that has ended.

    An exam that is handed in waits for people who mark or release it. Released, it is seen right
    after, later while the exam is open to others, and once it is closed.
    """

    OPEN = "running, not answered"
    ANSWERED = "running, answered"
    HANDED_IN = "handed in"
    RIGHT_AFTER = "right after the release"
    LATER = "later, while the exam is open"
    CLOSED = "once the exam is closed"


_ANSWERING = frozenset({Part.QUESTION, Part.RESPONSE})
_TAUGHT = _ANSWERING | {Part.CORRECTNESS, Part.ANSWER}
_NOTHING: frozenset[Part] = frozenset()
_ALL = frozenset(Part)
_TEACHING = {
    ReviewWindow.OPEN: _ANSWERING,
    ReviewWindow.ANSWERED: _TAUGHT,
    ReviewWindow.HANDED_IN: _ALL,
    ReviewWindow.RIGHT_AFTER: _ALL,
    ReviewWindow.LATER: _ALL,
    ReviewWindow.CLOSED: _ALL,
}

# What no exam may decide otherwise; what is missing here stands in the exam's own rules.
FIXED: dict[tuple[Purpose, ReviewWindow], frozenset[Part]] = {
    (Purpose.EXAM, ReviewWindow.OPEN): _ANSWERING,
    (Purpose.EXAM, ReviewWindow.ANSWERED): _ANSWERING,
    (Purpose.EXAM, ReviewWindow.HANDED_IN): _NOTHING,
    **{(Purpose.PRACTICE, window): parts for window, parts in _TEACHING.items()},
    **{(Purpose.REMEDIATION, window): parts for window, parts in _TEACHING.items()},
}


@dataclass(frozen=True)
class ShownResult:
    """A decision as far as it may be seen; what may not is None.

    Unsafe answers are named where they failed the attempt; failures tell what was reached only
    where that part may be seen.
    """

    passed: bool
    items: int
    cut: int
    failures: tuple[Failure, ...]
    critical_misses: tuple[CriticalMiss, ...]
    unsafe_answers: tuple[UnsafeAnswer, ...]
    marks: float | None
    omitted: int | None
    objectives: tuple[ObjectiveResult, ...] | None
    dropped: int = 0


def may_see(rules: ExamRules, window: ReviewWindow) -> frozenset[Part]:
    """Return what a trainee may see in this window by the rules of the exam."""
    fixed = FIXED.get((rules.purpose, window))
    if fixed is not None:
        return fixed
    chosen = {
        ReviewWindow.RIGHT_AFTER: rules.review.right_after,
        ReviewWindow.LATER: rules.review.later,
        ReviewWindow.CLOSED: rules.review.closed,
    }
    return frozenset(chosen[window])


def window_at(
    review: ReviewWindows, released_at: datetime, closes_at: datetime | None, now: datetime
) -> tuple[ReviewWindow, datetime | None]:
    """Return the window of a released attempt now, and when it ends, where it does.

    `closes_at` is when the exam is closed for its trainees, None where it stays open.
    """
    if closes_at is not None and now >= closes_at:
        return ReviewWindow.CLOSED, None
    ends = review.ends_right_after(released_at)
    if now < ends:
        return ReviewWindow.RIGHT_AFTER, min(ends, closes_at) if closes_at else ends
    return ReviewWindow.LATER, closes_at


def shown(decision: Decision, parts: Set[Part]) -> ShownResult:
    """Return what these parts tell of a decision; who marked its essays is never among it."""
    unsafe = any(one.reason is Reason.UNSAFE for one in decision.failures)
    total = Part.TOTAL in parts
    return ShownResult(
        passed=decision.passed,
        items=decision.items,
        cut=decision.cut,
        failures=tuple(_told(one, parts) for one in decision.failures),
        critical_misses=decision.critical_misses,
        unsafe_answers=decision.unsafe_answers if unsafe else (),
        marks=decision.marks if total else None,
        omitted=decision.omitted if total else None,
        objectives=decision.objectives if Part.OBJECTIVES in parts else None,
        dropped=decision.dropped,
    )


def _told(failure: Failure, parts: Set[Part]) -> Failure:
    needed = {
        Reason.CUT: Part.TOTAL,
        Reason.OMITTED: Part.TOTAL,
        Reason.OBJECTIVE: Part.OBJECTIVES,
    }.get(failure.reason, Part.VERDICT)
    return failure if needed in parts else replace(failure, reached=None)
