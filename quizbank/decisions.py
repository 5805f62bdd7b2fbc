"""From marks to a verdict, by the exam's own rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from quizbank.exams import ExamRules
from quizbank.kinds.shown import State
from quizbank.marking import MarkedEssay


@dataclass(frozen=True)
class MarkedItem:
    """One item of a form with its mark; what is not `scored` decides nothing.

    `dropped` tells that it would count, had no correction taken it out.
    """

    position: int
    objective: str
    topic: str
    critical: bool
    fraction: float
    state: State
    unsafe: bool
    scored: bool = True
    dropped: bool = False


@dataclass(frozen=True)
class ObjectiveResult:
    """Marks reached in one objective, of how many."""

    objective: str
    marks: float
    items: int


@dataclass(frozen=True)
class CriticalMiss:
    """A critical item that was not fully right, by its topic."""

    objective: str
    topic: str
    unsafe: bool


@dataclass(frozen=True)
class UnsafeAnswer:
    """An answer that would endanger a client, by the topic of its item."""

    objective: str
    topic: str


class Reason(StrEnum):
    """The part of the rule that an attempt did not meet."""

    CUT = "below the cut score"
    OBJECTIVE = "below an objective's minimum"
    CRITICAL = "critical item missed"
    UNSAFE = "unsafe answer"
    OMITTED = "too many items left open"


@dataclass(frozen=True)
class Failure:
    """One part of the rule that was not met: what was reached, and what the rule asks.

    Both are marks for the cut, shares of an objective's marks (0 to 1) for its minimum, and numbers
    of items for the rest, where `asked` is the most that the rule allows. `reached` is None where
    it is not to be told.
    """

    reason: Reason
    reached: float | None
    asked: float
    objective: str = ""


@dataclass(frozen=True)
class Decision:
    """The verdict and all that it rests on; `marks` and `cut` are numbers of items.

    `failures` are all the parts of the rule that were not met. `essays` holds what people marked,
    with their names and points: never for the learner.
    `dropped` is how many items a correction took out; `cut` has come down with them.
    """

    marks: float
    items: int
    cut: int
    passed: bool
    omitted: int
    objectives: tuple[ObjectiveResult, ...]
    critical_misses: tuple[CriticalMiss, ...]
    essays: tuple[MarkedEssay, ...] = ()
    unsafe_answers: tuple[UnsafeAnswer, ...] = ()
    failures: tuple[Failure, ...] = ()
    dropped: int = 0

    @property
    def reached_cut(self) -> bool:
        """Whether the marks alone would have passed."""
        return self.marks >= self.cut


def decide(
    rules: ExamRules, answered: Sequence[MarkedItem], essays: Sequence[MarkedEssay] = ()
) -> Decision:
    """Apply every part of the rule: an attempt passes where none of them fails it.

    The order of the items changes nothing.
    """
    marked = sorted((item for item in answered if item.scored), key=lambda one: one.position)
    dropped = sum(item.dropped for item in answered)
    decision = Decision(
        marks=_sum(marked),
        items=len(marked),
        cut=cut_without(rules.cut, len(marked), dropped),
        passed=True,
        omitted=sum(item.state is State.OMITTED for item in marked),
        objectives=tuple(_objective(one, marked) for one in rules.objectives),
        critical_misses=tuple(
            CriticalMiss(item.objective, item.topic, item.unsafe)
            for item in marked
            if item.critical and item.fraction < 1
        ),
        essays=tuple(essays),
        unsafe_answers=tuple(
            UnsafeAnswer(item.objective, item.topic) for item in marked if item.unsafe
        ),
        dropped=dropped,
    )
    failures = failures_of(rules, decision)
    return replace(decision, passed=not failures, failures=failures)


def failures_of(rules: ExamRules, decision: Decision) -> tuple[Failure, ...]:
    """Return every part of the rule that this result does not meet."""
    misses, unsafe = len(decision.critical_misses), len(decision.unsafe_answers)
    found: list[Failure] = []
    if not decision.reached_cut:
        found.append(Failure(Reason.CUT, decision.marks, decision.cut))
    found += _below_minimum(rules, decision.objectives)
    if misses and rules.critical_must_pass:
        found.append(Failure(Reason.CRITICAL, misses, 0))
    if unsafe and rules.unsafe_fails:
        found.append(Failure(Reason.UNSAFE, unsafe, 0))
    if rules.most_omitted is not None and decision.omitted > rules.most_omitted:
        found.append(Failure(Reason.OMITTED, decision.omitted, rules.most_omitted))
    return tuple(found)


def explained(rules: ExamRules, decision: Decision) -> Decision:
    """Return a stored decision with its failures: those of before did not keep them."""
    if decision.passed or decision.failures:
        return decision
    return replace(decision, failures=failures_of(rules, decision))


def _below_minimum(rules: ExamRules, results: Sequence[ObjectiveResult]) -> list[Failure]:
    asked = {one.objective: one.share for one in rules.objective_minimums}
    return [
        Failure(Reason.OBJECTIVE, one.marks / one.items, asked[one.objective], one.objective)
        for one in results
        if one.items
        and one.objective in asked
        and _exact(one.marks) < _exact(asked[one.objective]) * one.items
    ]


def cut_without(cut: int, kept: int, dropped: int) -> int:
    """Return the cut score once some items do not count: the same share, rounded down.

    Rounded down, the cut falls by at least one for the first item that is dropped, so that nobody
    who had passed fails because of it.
    """
    return cut * kept // (kept + dropped) if dropped else cut


def _objective(objective: str, marked: Sequence[MarkedItem]) -> ObjectiveResult:
    own = [item for item in marked if item.objective == objective]
    return ObjectiveResult(objective, _sum(own), len(own))


def _sum(marked: Sequence[MarkedItem]) -> float:
    # Thirds do not add up in binary: 3 x (2/3 + 1/3) must be 3, or a cut score is missed by a hair.
    whole = sum(item.fraction == 1 for item in marked)
    return float(sum((_share(one.fraction) for one in marked if one.fraction not in {0, 1}), whole))


@lru_cache(4_096)
def _share(fraction: float) -> Fraction:
    return Fraction(fraction).limit_denominator(5040)


def _exact(number: float) -> Fraction:
    # For the same reason: 3 of 5 marks are 60 %, though 0.6 * 5 in binary need not be 3.
    return Fraction(number).limit_denominator(1_000_000)
