"""Classical statistics of a whole test: how marks spread, and how far they can be relied upon.

The definitions are Moodle's ("Quiz statistics calculations"). Where forms differ, coefficient alpha
is computed from marks above what each item usually earns, so that hard and easy forms do not look
like strong and weak people; how far forms do differ is told beside it.
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt

import numpy as np

from quizbank.statistics.estimates import Figure, figure
from quizbank.statistics.intervals import Floats, Z, alpha, deviation, student
from quizbank.statistics.item_analysis import Centred
from quizbank.statistics.mark_columns import MarkColumns


@dataclass(frozen=True)
class WholeTest:
    """The figures of a test over so many `attempts`; `items` is the mean length of a form.

    Mean, median, deviation and errors are in marks. `error_ratio` is the share of the deviation
    that is error, `form_deviation` how far forms differ in what they usually bring.
    """

    attempts: int
    items: float
    mean: Figure
    median: Figure
    deviation: Figure
    skewness: Figure
    kurtosis: Figure
    alpha: Figure
    error: Figure
    error_ratio: Figure
    form_deviation: Figure


def analyse_test(centred: Centred) -> WholeTest:
    """Return the statistics of the test."""
    columns = centred.columns
    n, totals = columns.attempts, columns.totals
    mean = float(totals.mean())
    away = totals - mean
    squares = away * away
    second, third, fourth = (float(one.mean()) for one in (squares, squares * away, squares**2))
    sd = sqrt(second * n / (n - 1)) if n > 1 else np.nan
    ends = deviation(sd, fourth, n)
    reliability = _alpha(columns, centred)
    ratio = _error_ratio(reliability)
    above = float(np.std(centred.totals, ddof=1)) if n > 1 else np.nan
    half = student(n - 1) * sd / sqrt(n)
    return WholeTest(
        attempts=n,
        items=float(columns.sizes.mean()),
        mean=figure(mean, mean - half, mean + half),
        median=_median(np.sort(totals)),
        deviation=figure(sd, float(ends.low), float(ends.high)),
        skewness=_skewness(second, third, n),
        kurtosis=_kurtosis(second, fourth, n),
        alpha=figure(*reliability),
        error=figure(*(above * one for one in ratio)),
        error_ratio=figure(*ratio),
        form_deviation=_form_deviation(totals - centred.totals),
    )


def _alpha(columns: MarkColumns, centred: Centred) -> tuple[float, float, float]:
    """Return coefficient alpha (Cronbach 1951) and its interval.

    An item counts by the share of attempts that had it; with one form for all, that is alpha.
    """
    n, items = columns.attempts, float(columns.sizes.mean())
    if n < 2 or items <= 1:
        return np.nan, np.nan, np.nan
    of_items = float(np.nansum(columns.counting / n * centred.variances))
    of_totals = float(np.var(centred.totals, ddof=1))
    if of_totals < 1e-12:
        return np.nan, np.nan, np.nan
    value = items / (items - 1) * (1 - of_items / of_totals)
    return value, *alpha(value, items, n)


def _error_ratio(reliability: tuple[float, float, float]) -> tuple[float, float, float]:
    value, low, high = (sqrt(1 - one) if one <= 1 else np.nan for one in reliability)
    return value, high, low


def _form_deviation(usual: Floats) -> Figure:
    """Return how far forms lie apart in what their items usually bring together."""
    n = len(usual)
    away = usual - usual.mean()
    if n < 2 or np.abs(away).max() < 1e-9:
        return Figure(0.0)
    sd = float(np.std(usual, ddof=1))
    ends = deviation(sd, float((away**4).mean()), n)
    return figure(sd, float(ends.low), float(ends.high))


def _median(ordered: Floats) -> Figure:
    """Return the median and, by counting, the marks between which it lies (normal count)."""
    n = len(ordered)
    reach = Z * sqrt(n) / 2
    low, high = floor(n / 2 - reach), ceil(n / 2 + reach)
    known = low >= 0 and high < n
    return figure(
        float(np.median(ordered)),
        float(ordered[low]) if known else np.nan,
        float(ordered[high]) if known else np.nan,
    )


def _skewness(second: float, third: float, n: int) -> Figure:
    """Return k3 / k2^1.5 from k-statistics; the interval is the normal curve's standard error."""
    if n < 3 or second < 1e-12:
        return Figure(None)
    k2, k3 = second * n / (n - 1), third * n * n / ((n - 1) * (n - 2))
    return _with_error(k3 / k2**1.5, skewness_error(n))


def _kurtosis(second: float, fourth: float, n: int) -> Figure:
    """Return k4 / k2^2 from k-statistics: 0 for a normal curve."""
    if n < 4 or second < 1e-12:
        return Figure(None)
    k2 = second * n / (n - 1)
    k4 = n * n * ((n + 1) * fourth - 3 * (n - 1) * second * second) / ((n - 1) * (n - 2) * (n - 3))
    error = 2 * skewness_error(n) * sqrt((n * n - 1) / ((n - 3) * (n + 5)))
    return _with_error(k4 / k2**2, error)


def skewness_error(n: int) -> float:
    """Return the standard error of skewness over n people of a normal curve (Fisher 1930)."""
    return sqrt(6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3)))


def _with_error(value: float, error: float) -> Figure:
    return figure(value, value - Z * error, value + Z * error)
