"""From what markers gave to what an essay earns: how many must mark, and what they agree on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import combinations

from quizbank.kinds.essay import Essay


@dataclass(frozen=True)
class GivenMark:
    """What one marker gave: points by criterion, and the share of the mark that they make."""

    marker_id: str
    marker: str
    points: Mapping[str, int]
    fraction: float
    comment: str
    at: datetime


@dataclass(frozen=True)
class MarkedEssay:
    """What a decision keeps of one essay: every mark that was given, in order, and the outcome."""

    position: int
    part: str
    fraction: float
    given: tuple[GivenMark, ...]


def markers_asked(essay: Essay, fractions: Sequence[float]) -> int:
    """Return how many people must mark this answer, as far as the marks given so far tell."""
    if essay.markers == 2 and len(fractions) >= 2 and _apart(essay, fractions[0], fractions[1]):
        return 3
    return essay.markers


def agreed(essay: Essay, fractions: Sequence[float]) -> float | None:
    """Return the share of the mark that the answer earns, or None while a marker is missing.

    One marker: that mark. Two within the tolerance: their mean. Else a third marks as well, and
    the mean of the two that are closest counts; where the third stands exactly between the two
    others, the third's own.
    """
    if len(fractions) < markers_asked(essay, fractions):
        return None
    given = [_exact(one) for one in fractions[: markers_asked(essay, fractions)]]
    if len(given) < 3:
        return float(sum(given) / len(given))
    pairs = sorted(combinations(given, 2), key=_distance)
    if _distance(pairs[0]) == _distance(pairs[1]):
        return float(given[2])
    return float(sum(pairs[0]) / 2)


def _apart(essay: Essay, one: float, other: float) -> bool:
    tolerance = Fraction(essay.tolerance).limit_denominator(1_000_000)
    return _distance((_exact(one), _exact(other))) > tolerance


def _distance(pair: tuple[Fraction, Fraction]) -> Fraction:
    return abs(pair[0] - pair[1])


def _exact(fraction: float) -> Fraction:
    # Points are whole and their sum is small, so that this is the share that was meant: seven
    # and nine of ten are 0.2 apart, and not a hair more.
    return Fraction(fraction).limit_denominator(5040)
