"""Intervals beside figures, in closed form and for many figures at once.

All are two-sided at 95 %. NaN goes in where a figure is not defined, and comes out at both ends;
so it does where there are too few observations for the method.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

LEVEL = 0.95
# The standard normal's 97.5 % point, and its 95 % point for questions with one side.
Z = 1.959963984540054
Z_ONE_SIDED = 1.6448536269514722
# An estimate of exactly 1 has no end under Fisher's transformation.
_NEARLY_ONE = 1 - 1e-12


@dataclass(frozen=True)
class Ends:
    """The lower and the upper end of each interval."""

    low: Floats
    high: Floats


def wilson(share: ArrayLike, n: ArrayLike) -> Ends:
    """Return Wilson's interval (1927) for shares from 0 to 1 over n observations.

    It holds for means of marks from 0 to 1 as well: none varies more than 0 and 1 with this mean.
    """
    p, m = _floats(share), _floats(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = 1 + Z * Z / m
        middle = (p + Z * Z / (2 * m)) / scale
        half = Z * np.sqrt(p * (1 - p) / m + Z * Z / (4 * m * m)) / scale
    return Ends(np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1))


def difference(recent: ArrayLike, n: ArrayLike, earlier: ArrayLike, m: ArrayLike) -> Ends:
    """Return Newcombe's hybrid interval (1998, his method 10) for a difference of two shares."""
    one, other = _floats(recent), _floats(earlier)
    a, b = wilson(one, n), wilson(other, m)
    gap = one - other
    return Ends(
        gap - np.sqrt((one - a.low) ** 2 + (b.high - other) ** 2),
        gap + np.sqrt((a.high - one) ** 2 + (other - b.low) ** 2),
    )


def fisher(r: ArrayLike, n: ArrayLike, z: float = Z) -> Ends:
    """Return the interval for correlations by Fisher's z (1921); it takes four observations."""
    given, m = _floats(r), _floats(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.arctanh(np.clip(given, -_NEARLY_ONE, _NEARLY_ONE))
        half = z / np.sqrt(np.where(m > 3, m - 3, np.nan))
    return Ends(np.tanh(middle - half), np.tanh(middle + half))


def deviation(sd: ArrayLike, fourth: ArrayLike, n: ArrayLike) -> Ends:
    """Return Bonett's interval (2006) for standard deviations, which needs no normal curve.

    `fourth` is the mean of the fourth powers of the deviations from the mean.
    """
    s, m4, m = _floats(sd), _floats(fourth), _floats(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        second = s * s * (m - 1) / m
        excess = np.maximum(m4 / (second * second) - (m - 3) / m, 0)
        spread = np.exp(Z * np.sqrt(excess / np.where(m > 1, m - 1, np.nan)) / 2)
    return Ends(s / spread, s * spread)


def alpha(estimate: float, items: float, n: int) -> tuple[float, float]:
    """Return Bonett's interval (2002) for coefficient alpha of so many items over n people."""
    if n < 3 or items <= 1 or not estimate < 1:
        return np.nan, np.nan
    spread = np.exp(Z * sqrt(2 * items / ((items - 1) * (n - 2))))
    return float(1 - (1 - estimate) * spread), float(1 - (1 - estimate) / spread)


def student(freedom: int) -> float:
    """Return Student's 97.5 % point, to 0.01 from four degrees of freedom on.

    Cornish and Fisher's expansion (Abramowitz and Stegun 26.7.5).
    """
    if freedom < 1:
        return np.nan
    terms = (
        (Z**3 + Z) / 4,
        (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96,
        (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384,
    )
    return Z + sum(term / freedom**power for power, term in enumerate(terms, start=1))


def _floats(given: ArrayLike) -> Floats:
    return np.asarray(given, dtype=np.float64)
