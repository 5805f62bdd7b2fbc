"""Classical item analysis in columns: how hard each item is, and how well it tells people apart.

The definitions are Moodle's ("Quiz statistics calculations"), with marks from 0 to 1. Where forms
differ, a person's *rest* is what they earned with the other items above what these usually earn, so
that nobody looks weak for a hard form; where everybody has the same items, that is Moodle's rest
less a constant, and every figure the same. `docs/STATISTICS.md` gives the formulas.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from quizbank.statistics.estimates import Estimates, estimates
from quizbank.statistics.intervals import Floats, deviation, difference, fisher, wilson
from quizbank.statistics.mark_columns import Ints, MarkColumns

# Recent answers are the newer half of an item's own, and no more than this.
MOST_RECENT = 200


@dataclass(frozen=True)
class Drift:
    """The facility of recent answers, of those before them, and the difference.

    `z` is that of the two-proportion test.
    """

    recent_n: Ints
    recent: Estimates
    earlier_n: Ints
    earlier: Estimates
    change: Estimates
    z: Floats


@dataclass(frozen=True)
class ItemStatistics:
    """The figures of every item, in the order of the columns; `n` counts answers.

    Weights are shares of the whole test. `spread_share` is the covariance with the total over the
    total's variance: unlike the effective weight, it is signed, and adds up to 1.
    """

    n: Ints
    facility: Estimates
    deviation: Estimates
    mark_variance: Floats
    rest_variance: Floats
    covariance: Floats
    covariance_max: Floats
    discrimination: Estimates
    efficiency: Estimates
    intended_weight: Floats
    effective_weight: Estimates
    spread_share: Estimates
    drift: Drift


def analyse_items(centred: "Centred") -> ItemStatistics:
    """Return the statistics of every item; takes time in proportion to the entries."""
    return _Analysis(centred).statistics()


class Centred:
    """Marks less their item's mean, and each person's rest beside each of them."""

    def __init__(self, columns: MarkColumns) -> None:
        n = columns.answers
        self.columns = columns
        self.means: Floats = columns.sums(columns.mark) / n
        self.marks: Floats = columns.mark - columns.spread(self.means)
        self.totals: Floats = columns.totals_of(self.marks)
        rest = self.totals[columns.attempt] - columns.counted(self.marks)
        self.rest: Floats = rest - columns.spread(columns.sums(rest) / n)

    @cached_property
    def freedom(self) -> Floats:
        """One less than the answers to each item; NaN where there is one alone."""
        n = self.columns.answers
        return np.where(n > 1, n - 1.0, np.nan)

    @cached_property
    def variances(self) -> Floats:
        """The variance of each item's marks."""
        return self.columns.sums(self.marks * self.marks) / self.freedom


class _Analysis:
    """What several figures share, computed once."""

    def __init__(self, centred: Centred) -> None:
        self._centred = centred
        self._columns = centred.columns
        self._n = centred.columns.answers
        self._freedom = centred.freedom
        self._marks, self._rest = centred.marks, centred.rest

    def statistics(self) -> ItemStatistics:
        columns, n = self._columns, self._n
        mark_variance = self._centred.variances
        rest_variance = columns.sums(self._rest * self._rest) / self._freedom
        covariance = columns.sums(self._marks * self._rest) / self._freedom
        most = self._most_covariance()
        scale = np.sqrt(mark_variance * rest_variance)
        discrimination = _correlations(covariance, scale, n)
        # Rounding may leave a hair less than nothing where all totals are the same.
        total_variance = np.maximum(mark_variance + 2 * covariance + rest_variance, 0.0)
        with_total = _correlations(
            covariance + mark_variance, np.sqrt(mark_variance * total_variance), n
        )
        return ItemStatistics(
            n=n,
            facility=estimates(self._centred.means, wilson(self._centred.means, n)),
            deviation=self._deviation(mark_variance),
            mark_variance=mark_variance,
            rest_variance=rest_variance,
            covariance=covariance,
            covariance_max=most,
            discrimination=discrimination,
            efficiency=discrimination.scaled(_over(scale, most)),
            intended_weight=self._intended_weight(),
            effective_weight=self._effective_weight(with_total, mark_variance * total_variance),
            spread_share=with_total.scaled(_over(np.sqrt(mark_variance), np.sqrt(total_variance))),
            drift=_drift(columns),
        )

    def _deviation(self, variance: Floats) -> Estimates:
        squares = self._marks * self._marks
        fourth = self._columns.sums(squares * squares) / self._n
        sd = np.sqrt(variance)
        return estimates(sd, deviation(sd, fourth, self._n))

    def _intended_weight(self) -> Floats:
        columns = self._columns
        shares = 1.0 / np.maximum(columns.sizes, 1.0)
        return columns.sums(columns.counted(shares[columns.attempt])) / self._n

    def _most_covariance(self) -> Floats:
        """Return each covariance that the same marks and rests would have in the same order."""
        columns = self._columns
        best = self._sorted(self._marks) * self._sorted(self._rest)
        return columns.sums(best) / self._freedom

    def _sorted(self, values: Floats) -> Floats:
        """Return the values sorted within each item."""
        ordered, starts = values.copy(), self._columns.starts
        for start, end in zip(starts, starts + self._n, strict=True):
            ordered[start:end].sort()
        return ordered

    def _effective_weight(self, with_total: Estimates, product: Floats) -> Estimates:
        """Return the roots of the covariances with the total, as shares of a form's sum of them."""
        scale = np.sqrt(product)
        share = self._columns.counting / self._columns.attempts
        roots = _root(with_total.value * scale)
        whole = float(np.nansum(share * roots)) or np.nan
        return Estimates(
            roots / whole,
            _root(np.maximum(with_total.low, 0) * scale) / whole,
            _root(with_total.high * scale) / whole,
        )


def _drift(columns: MarkColumns) -> Drift:
    n = columns.answers
    recent_n = np.minimum(n // 2, MOST_RECENT)
    earlier_n = n - recent_n
    # One sum for the earlier entries of each item and one for the recent, which come behind.
    cuts = np.stack((columns.starts, columns.starts + earlier_n), axis=1).ravel()
    halves = np.add.reduceat(np.append(columns.mark, 0.0), cuts).reshape(-1, 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        earlier = halves[:, 0] / earlier_n
        recent = np.where(recent_n > 0, halves[:, 1] / recent_n, np.nan)
        pooled = np.clip(columns.sums(columns.mark) / n, 0.0, 1.0)
        error = np.sqrt(pooled * (1 - pooled) * (1 / recent_n + 1 / earlier_n))
        z = (recent - earlier) / np.where(error > 0, error, np.nan)
    change = estimates(recent - earlier, difference(recent, recent_n, earlier, earlier_n))
    return Drift(
        recent_n=recent_n,
        recent=estimates(recent, wilson(recent, recent_n)),
        earlier_n=earlier_n,
        earlier=estimates(earlier, wilson(earlier, earlier_n)),
        change=change,
        z=z,
    )


def _correlations(covariance: Floats, scale: Floats, n: Ints) -> Estimates:
    r = _over(covariance, scale)
    return estimates(r, fisher(r, n))


def _over(part: Floats, whole: Floats) -> Floats:
    # Rounding leaves a hair of variance where everybody earned the same.
    return part / np.where(whole > 1e-12, whole, np.nan)


def _root(values: Floats) -> Floats:
    return np.sqrt(np.where(values >= 0, values, np.nan))
