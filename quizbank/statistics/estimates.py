"""Figures with their intervals: of many at once, and of one."""

from dataclasses import dataclass

import numpy as np

from quizbank.statistics.intervals import Ends, Floats


@dataclass(frozen=True)
class Figure:
    """A figure with the ends of its 95 % interval; None where it is not defined."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Estimates:
    """A figure of each of many things with its 95 % interval; NaN where it is not defined."""

    value: Floats
    low: Floats
    high: Floats

    def at(self, place: int) -> Figure:
        """Return one of them."""
        return figure(self.value[place], self.low[place], self.high[place])

    def scaled(self, factor: Floats) -> "Estimates":
        """Return them times a factor that is known; intervals end at -1 and 1, or at the value."""
        value = self.value * factor
        low = np.maximum(self.low * factor, np.minimum(value, -1))
        high = np.minimum(self.high * factor, np.maximum(value, 1))
        return Estimates(value, low, high)


def estimates(value: Floats, ends: Ends) -> Estimates:
    """Put values and the ends of their intervals together."""
    return Estimates(value, ends.low, ends.high)


def figure(value: float, low: float, high: float) -> Figure:
    """Return a figure, None in the place of what is not finite."""
    return Figure(known(value), known(low), known(high))


def known(value: float) -> float | None:
    """Return the value, None where it is not finite."""
    return float(value) if np.isfinite(value) else None
