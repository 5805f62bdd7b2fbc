"""Intervals agree with published examples, and cover as often as they say."""

import numpy as np
import pytest

from quizbank.statistics.intervals import alpha, deviation, difference, fisher, student, wilson


def test_wilson_agrees_with_newcombes_published_examples() -> None:
    # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
    published = (
        (81 / 263, 263, 0.2553, 0.3662),
        (15 / 148, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
    )
    for share, n, low, high in published:
        ends = wilson(share, n)
        assert (float(ends.low), float(ends.high)) == pytest.approx((low, high), abs=5e-5)


def test_a_difference_agrees_with_newcombes_published_example() -> None:
    # Newcombe 1998, "Interval estimation for the difference", table II, (a) 56/70 - 48/80.
    ends = difference(56 / 70, 70, 48 / 80, 80)
    assert (float(ends.low), float(ends.high)) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_fisher_is_symmetric_and_needs_four() -> None:
    ends = fisher(0.5, 28)
    assert (float(ends.low), float(ends.high)) == pytest.approx((0.1560, 0.7358), abs=1e-4)
    assert float(fisher(-0.5, 28).high) == -float(ends.low)
    assert np.isnan(fisher(0.5, 3).low)
    assert float(fisher(1.0, 30).high) <= 1


@pytest.mark.parametrize(
    ("freedom", "point"), [(4, 2.7764), (10, 2.2281), (30, 2.0423), (1000, 1.9623)]
)
def test_students_points_are_those_of_the_tables(freedom: int, point: float) -> None:
    assert student(freedom) == pytest.approx(point, abs=0.01)


def test_alpha_lies_in_its_interval_which_narrows() -> None:
    few, many = alpha(0.8, 20, 40), alpha(0.8, 20, 400)
    assert few[0] < many[0] < 0.8 < many[1] < few[1]
    assert all(np.isnan(alpha(0.8, 20, 2)))


def test_intervals_of_deviations_cover_what_they_should() -> None:
    rng = np.random.default_rng(4)
    samples = rng.exponential(size=(4_000, 200))
    away = samples - samples.mean(axis=1, keepdims=True)
    ends = deviation(samples.std(axis=1, ddof=1), (away**4).mean(axis=1), np.full(4_000, 200))
    covered = ((ends.low <= 1) & (ends.high >= 1)).mean()
    assert 0.85 < covered < 0.99
