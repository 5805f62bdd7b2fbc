"""Exact assembly as an integer program, solved by HiGHS, with the same answer at every run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

# A draw holds the database's one writer on SQLite, so the search ends, and says so.
_MOST_SECONDS = 10.0
_INFINITY = highspy.kHighsInf


class Undecided(Exception):
    """The search ended before it was known whether there is a form."""


@dataclass(frozen=True)
class Feud:
    """Two items, by their places, that never meet."""

    one: int
    other: int


@dataclass(frozen=True)
class Problem:
    """Items by their places: which quotas each fits, what it costs, how long it takes.

    `costs` are compared one after the other: the first decides, the second between equals, and so
    on; between what is equal throughout, the item that stands first is preferred.
    """

    counts: tuple[int, ...]
    fits: tuple[tuple[int, ...], ...]
    costs: tuple[tuple[int, ...], ...]
    seconds: tuple[int, ...]
    budget: int | None
    feuds: tuple[Feud, ...]

    def loosened(self, feuds: tuple[Feud, ...]) -> "Problem":
        """Return the same without a time budget, and with these feuds alone."""
        return replace(self, feuds=feuds, budget=None)


def solve(problem: Problem) -> tuple[tuple[int, int], ...] | None:
    """Return pairs of item and quota that fill every quota at the least cost, or None."""
    program = _Program(problem, may_miss=False)
    levels = [[cost[level] for cost in problem.costs] for level in range(len(problem.costs[0]))]
    for level in levels:
        least = min(level, default=0)
        # Every form has as many items, so what all of them cost decides nothing.
        if not program.minimise([cost - least for cost in level]):
            return None
    program.minimise(list(range(len(problem.fits))), keep=False)
    return program.filled()


def fewest_missing(problem: Problem) -> tuple[int, ...]:
    """Return how many items each quota goes short of, where as few as possible are missing."""
    program = _Program(problem, may_miss=True)
    program.minimise([0] * len(problem.fits), keep=False)
    return program.missing()


def least_seconds(problem: Problem) -> int:
    """Return how long the quickest form takes; there must be one."""
    program = _Program(problem, may_miss=False)
    program.minimise(problem.seconds, keep=False)
    return sum(problem.seconds[item] for item, _ in program.filled())


class _Program:
    """One integer program: a column for every item in every quota that it fits."""

    def __init__(self, problem: Problem, may_miss: bool) -> None:
        self._problem = problem
        self._places = [(item, quota) for item, fits in enumerate(problem.fits) for quota in fits]
        self._columns: list[list[int]] = [[] for _ in problem.fits]
        for column, (item, _) in enumerate(self._places):
            self._columns[item].append(column)
        self._misses = len(problem.counts) if may_miss else 0
        self._values: list[int] = []
        self._highs: Any = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 1),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.5),
            ("time_limit", _MOST_SECONDS),
        ):
            self._highs.setOptionValue(option, value)
        self._add_columns()
        self._add_rows()

    def minimise(self, costs: Sequence[int], keep: bool = True) -> bool:
        """Find a cheapest form; with `keep`, every later one must be as cheap. False: none."""
        by_column = [costs[item] for item, _ in self._places] + [1] * self._misses
        if keep and self._values and not any(by_column):
            return True
        columns = np.arange(len(by_column), dtype=np.int32)
        self._highs.changeColsCost(len(by_column), columns, np.array(by_column, dtype=np.float64))
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return False
        if status == highspy.HighsModelStatus.kOptimal or not self._values:
            self._values = self._found()
        if keep:
            spent = sum(cost * value for cost, value in zip(by_column, self._values, strict=True))
            self._row(
                -_INFINITY,
                spent,
                [(column, cost) for column, cost in enumerate(by_column) if cost],
            )
        return True

    def _found(self) -> list[int]:
        feasible = int(highspy.SolutionStatus.kSolutionStatusFeasible)
        if self._highs.getInfo().primal_solution_status != feasible:
            raise Undecided
        return [round(value) for value in self._highs.getSolution().col_value]

    def filled(self) -> tuple[tuple[int, int], ...]:
        """Return the pairs of item and quota of the last form that was found."""
        return tuple(
            place for place, value in zip(self._places, self._values, strict=False) if value
        )

    def missing(self) -> tuple[int, ...]:
        """Return what each quota went short of."""
        return tuple(self._values[len(self._places) :])

    def _add_columns(self) -> None:
        lower = [0.0] * (len(self._places) + self._misses)
        upper = [1.0] * len(self._places) + [float(count) for count in self._problem.counts][
            : self._misses
        ]
        self._highs.addVars(len(lower), np.array(lower), np.array(upper))
        integer = np.full(len(lower), highspy.HighsVarType.kInteger)
        self._highs.changeColsIntegrality(
            len(lower), np.arange(len(lower), dtype=np.int32), integer
        )

    def _add_rows(self) -> None:
        problem = self._problem
        by_quota: list[list[tuple[int, int]]] = [[] for _ in problem.counts]
        for column, (_, quota) in enumerate(self._places):
            by_quota[quota].append((column, 1))
        for quota, count in enumerate(problem.counts):
            missed = [(len(self._places) + quota, 1)] if self._misses else []
            self._row(count, count, [*by_quota[quota], *missed])
        for columns in self._columns:
            if len(columns) > 1:
                self._row(0, 1, [(column, 1) for column in columns])
        for feud in problem.feuds:
            both = self._columns[feud.one] + self._columns[feud.other]
            self._row(0, 1, [(column, 1) for column in both])
        if problem.budget is not None:
            times = (
                (column, problem.seconds[item]) for column, (item, _) in enumerate(self._places)
            )
            self._row(0, problem.budget, times)

    def _row(self, least: float, most: float, parts: Iterable[tuple[int, int]]) -> None:
        listed = list(parts)
        columns = np.array([column for column, _ in listed], dtype=np.int32)
        weights = np.array([weight for _, weight in listed], dtype=np.float64)
        self._highs.addRow(least, most, len(listed), columns, weights)
