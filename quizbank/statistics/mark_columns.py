"""Marks in columns: who earned what with which item, item after item.

Forms differ between attempts, so there is no full matrix of attempts and items; there is one entry
for each item that stood in an attempt's form.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quizbank.statistics.intervals import Floats

Ints = NDArray[np.intp]
# Numbers that fit are sorted by counting, which takes a tenth of the time.
_COUNTED = np.iinfo(np.int16).max


@dataclass(frozen=True)
class MarkColumns:
    """Entries in order of their item, and of their attempt within it.

    Attempts are numbered in order of time, items in any order, both from 0; every item has an
    entry. A mark is a share, 0 to 1, and every item counts alike; where `counts` is 0 instead of
    1, that mark is not in the attempt's total. `counts` is None where all of them are. `answer`
    numbers what was answered, as the maker of the columns does.
    """

    attempts: int
    items: int
    attempt: Ints
    item: Ints
    mark: Floats
    counts: Floats | None
    answer: Ints

    @cached_property
    def answers(self) -> Ints:
        """How many attempts had each item."""
        return np.bincount(self.item, minlength=self.items)

    @cached_property
    def counting(self) -> Floats:
        """In how many attempts each item counted."""
        return self.answers.astype(np.float64) if self.counts is None else self.sums(self.counts)

    @cached_property
    def starts(self) -> Ints:
        """Where the entries of each item begin."""
        return np.concatenate((np.zeros(1, dtype=np.intp), np.cumsum(self.answers)[:-1]))

    @cached_property
    def sizes(self) -> Floats:
        """How many items counted in each attempt."""
        return self.totals_of(np.ones_like(self.mark))

    @cached_property
    def totals(self) -> Floats:
        """What each attempt earned in all."""
        return self.totals_of(self.mark)

    def totals_of(self, values: Floats) -> Floats:
        """Return the sum over each attempt's entries that count."""
        weights = self.counted(values)
        summed = np.bincount(self.attempt, weights=weights, minlength=self.attempts)
        return summed.astype(np.float64, copy=False)

    def counted(self, values: Floats) -> Floats:
        """Return the values at entries that count, and 0 at the others."""
        return values if self.counts is None else values * self.counts

    def sums(self, values: Floats) -> Floats:
        """Return the sum over each item's entries."""
        return np.add.reduceat(values, self.starts)

    def spread(self, by_item: Floats) -> Floats:
        """Return a value of each item at every entry of it."""
        return np.repeat(by_item, self.answers)


def mark_columns(
    attempt: ArrayLike,
    item: ArrayLike,
    mark: ArrayLike,
    scored: ArrayLike | None = None,
    answer: ArrayLike = (),
) -> MarkColumns:
    """Put entries into columns; they come in order of their attempts, from 0 without a gap.

    `scored` tells which of them count; all do where it is left out. `answer` may be left out where
    options are not asked for. Raises `ValueError` where there are no entries.
    """
    attempts, items = np.asarray(attempt, dtype=np.intp), np.asarray(item, dtype=np.intp)
    if not attempts.size:
        raise ValueError("There are no marks to put into columns.")
    order = _by_item(items)
    counts = None if scored is None else np.asarray(scored, dtype=np.float64)
    answers = np.asarray(answer, dtype=np.intp)
    return MarkColumns(
        attempts=int(attempts[-1]) + 1,
        items=int(items.max()) + 1,
        attempt=attempts[order],
        item=items[order],
        mark=np.asarray(mark, dtype=np.float64)[order],
        counts=None if counts is None or counts.all() else counts[order],
        answer=answers[order] if answers.size else answers,
    )


def _by_item(items: Ints) -> Ints:
    small = items.astype(np.int16) if items.max() <= _COUNTED else items
    return np.argsort(small, kind="stable")
