"""How surely people would be decided alike if they sat another form of the same test."""

from dataclasses import dataclass
from math import lgamma, sqrt

import numpy as np

from quizbank.statistics.estimates import Figure, figure
from quizbank.statistics.intervals import Floats, Z


@dataclass(frozen=True)
class Consistency:
    """The share of people who would be decided alike twice, and how much of it is not chance.

    `kappa` is 0 where the agreement is what chance alone would bring, and 1 where it is perfect.
    """

    agreement: Figure
    kappa: Figure


def consistency(totals: Floats, items: int, cut: int, alpha: Figure) -> Consistency | None:
    """Return Subkoviak's coefficient of agreement at the cut, in marks; None without an alpha.

    Subkoviak, "Estimating reliability from a single administration of a criterion-referenced test",
    Journal of Educational Measurement 13 (1976): a person's share is drawn towards the mean as far
    as alpha is below 1, another form is a binomial draw with it, and the chance to be decided alike
    is p^2 + (1 - p)^2. Parts of marks are rounded. The interval is that of the mean over people at
    the ends of alpha's interval, so it covers both; it is wider than it need be.
    """
    if alpha.value is None or items < 1:
        return None
    scores = np.clip(np.rint(totals), 0, items).astype(np.intp)
    people = np.bincount(scores, minlength=items + 1) / len(scores)
    low, here, high = (
        _agreement(people, cut, _within(one)) for one in (alpha.low, alpha.value, alpha.high)
    )
    reach = [Z * one.deviation / sqrt(len(scores)) for one in (low, here, high)]
    ends = sorted(one.kappa for one in (low, here, high))
    return Consistency(
        agreement=figure(
            here.share,
            max(0.0, min(low.share - reach[0], here.share - reach[1])),
            min(1.0, max(high.share + reach[2], here.share + reach[1])),
        ),
        kappa=figure(here.kappa, ends[0], ends[-1]),
    )


def _within(alpha: float | None) -> float:
    return min(1.0, max(0.0, alpha or 0.0))


@dataclass(frozen=True)
class _Agreement:
    """The mean chance to be decided alike, its deviation over people, and kappa."""

    share: float
    deviation: float
    kappa: float


def _agreement(people: Floats, cut: int, alpha: float) -> _Agreement:
    items = len(people) - 1
    scores = np.arange(items + 1) / items
    mean = float(people @ scores)
    passing = _passing(alpha * scores + (1 - alpha) * mean, items, cut)
    alike = passing**2 + (1 - passing) ** 2
    share = float(people @ alike)
    deviation = sqrt(max(0.0, float(people @ alike**2) - share**2))
    passed = float(people @ passing)
    chance = passed**2 + (1 - passed) ** 2
    # Where everybody passes, or nobody, chance alone agrees and there is nothing to be better at.
    kappa = (share - chance) / (1 - chance) if chance < 1 - 1e-12 else np.nan
    return _Agreement(share, deviation, kappa)


def _passing(share: Floats, items: int, cut: int) -> Floats:
    """Return each share's chance of at least `cut` right answers."""
    marks = np.arange(max(cut, 0), items + 1)
    ways = [lgamma(items + 1) - lgamma(one + 1) - lgamma(items - one + 1) for one in marks]
    # A share of 0 or 1 is certain; its logarithm is not to be had.
    inside = np.clip(share, 1e-15, 1 - 1e-15)[:, np.newaxis]
    logs = np.array(ways) + marks * np.log(inside) + (items - marks) * np.log1p(-inside)
    return np.minimum(np.exp(logs).sum(axis=1), 1.0)
