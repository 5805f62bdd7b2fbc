"""From marks to a verdict, by the exam's own rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizbank.exams import ExamRules
from quizbank.kinds.shown import (
    State,
)
from quizbank.marking import MarkedEssay


@dataclass(frozen=True)
class MarkedItem:
    """One item of a form with its mark; what is not `scored` decides nothing."""

    position: int
    objective: str
    topic: str
    critical: bool
    fraction: float
    state: State
    unsafe: bool
    scored: bool = True


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
class Decision:
    """The verdict and all that it rests on; `marks` and `cut` are numbers of items.

    `essays` holds what people marked, with their names and points: never for the learner.
    """

    marks: float
    items: int
    cut: int
    passed: bool
    omitted: int
    objectives: tuple[ObjectiveResult, ...]
    critical_misses: tuple[CriticalMiss, ...]
    essays: tuple[MarkedEssay, ...] = ()

    @property
    def reached_cut(self) -> bool:
        """Whether the marks alone would have passed."""
        return self.marks >= self.cut


def decide(
    rules: ExamRules, answered: Sequence[MarkedItem], essays: Sequence[MarkedEssay] = ()
) -> Decision:
    """Apply the rule: pass at the cut score, and with no critical miss where the rule says so."""
    marked = [item for item in answered if item.scored]
    total = _sum(marked)
    misses = tuple(
        CriticalMiss(item.objective, item.topic, item.unsafe)
        for item in marked
        if item.critical and item.fraction < 1
    )
    return Decision(
        marks=total,
        items=len(marked),
        cut=rules.cut,
        passed=total >= rules.cut and not (misses and rules.critical_must_pass),
        omitted=sum(item.state is State.OMITTED for item in marked),
        objectives=tuple(_objective(one, marked) for one in rules.objectives),
        critical_misses=misses,
        essays=tuple(essays),
    )


def _objective(objective: str, marked: Sequence[MarkedItem]) -> ObjectiveResult:
    own = [item for item in marked if item.objective == objective]
    return ObjectiveResult(objective, _sum(own), len(own))


def _sum(marked: Sequence[MarkedItem]) -> float:
    # Thirds do not add up in binary: 3 x (2/3 + 1/3) must be 3, or a cut score is missed by a hair.
    return float(sum(Fraction(item.fraction).limit_denominator(5040) for item in marked))
