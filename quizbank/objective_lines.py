"""What a result says of each objective, and how sure it can be with so few questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor

from quizbank.decisions import ObjectiveResult
from quizbank.disclosure import ShownResult
from quizbank.exams import ExamRules
from quizbank.rule_words import number, percent
from quizbank.statistics.intervals import wilson


class Standing(StrEnum):
    """Where an objective lies against the exam's cut, with its interval."""

    ABOVE = "above the cut"
    OPEN = "too few questions to tell it from the cut"
    BELOW = "below the cut"


@dataclass(frozen=True)
class ObjectiveLine:
    """One objective's marks; all others are shares from 0 to 1.

    From `low` to `high` reaches Wilson's 95 % interval (1927) for the share of marks over so many
    questions: 3 of 3 may be anything from 43 % on, 30 of 30 only from 88 % on. `minimum` is the
    least share that the rule asks of this objective, where it asks for one.
    """

    objective: str
    title: str
    marks: float
    items: int
    share: float
    low: float
    high: float
    cut: float
    minimum: float | None
    failed: bool

    @property
    def standing(self) -> Standing:
        """Where it lies against the cut, by the interval as it is told: they stand side by side."""
        low, high = self._told
        cut = 100 * self.cut - 1e-9
        if low >= cut:
            return Standing.ABOVE
        return Standing.BELOW if high < cut else Standing.OPEN

    @property
    def reached(self) -> str:
        """Return "3 of 3"."""
        return f"{number(self.marks)} of {self.items}"

    @property
    def likely(self) -> str:
        """Return "likely 43 to 100%", rounded outwards."""
        low, high = self._told
        return f"likely {low} to {high}%"

    @property
    def _told(self) -> tuple[int, int]:
        return floor(100 * self.low), ceil(100 * self.high)

    @property
    def below_minimum(self) -> str:
        """Say that the objective failed the attempt, and by which minimum; empty where not."""
        return (
            f"below its minimum of {percent(self.minimum)}" if self.failed and self.minimum else ""
        )


def objective_lines(
    result: ShownResult, rules: ExamRules, titles: Mapping[str, str]
) -> tuple[ObjectiveLine, ...]:
    """Return a line for each objective with questions that count; none where they are hidden."""
    minimums = {one.objective: one.share for one in rules.objective_minimums}
    failed = {one.objective for one in result.failures if one.objective}
    return tuple(
        _line(one, result, titles.get(one.objective, one.objective), minimums, failed)
        for one in result.objectives or ()
        if one.items
    )


def _line(
    one: ObjectiveResult,
    result: ShownResult,
    title: str,
    minimums: Mapping[str, float],
    failed: set[str],
) -> ObjectiveLine:
    share = one.marks / one.items
    ends = wilson(share, one.items)
    return ObjectiveLine(
        objective=one.objective,
        title=title,
        marks=one.marks,
        items=one.items,
        share=share,
        low=float(ends.low),
        high=float(ends.high),
        cut=result.cut / result.items,
        minimum=minimums.get(one.objective),
        failed=one.objective in failed,
    )
