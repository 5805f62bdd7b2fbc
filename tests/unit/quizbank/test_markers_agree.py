"""What two or three markers of one essay come to."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.kinds.essay import Essay
from quizbank.marking import agreed, markers_asked
from tests.factories import essay


def marked_by(markers: int, tolerance: float = 0.2) -> Essay:
    item = essay(markers=markers, tolerance=tolerance)
    assert isinstance(item, Essay)
    return item


@pytest.mark.parametrize(
    ("given", "outcome", "asked"),
    [
        ([], None, 2),
        ([0.7], None, 2),
        ([0.7, 0.9], 0.8, 2),
        ([0.9, 0.7], 0.8, 2),
        ([0.6, 0.9], None, 3),
        ([0.6, 0.9, 0.8], 0.85, 3),
        ([0.6, 0.9, 0.7], 0.65, 3),
        ([0.6, 0.9, 0.2], 0.75, 3),
        ([0.2, 0.6, 0.4], 0.4, 3),
        ([0.2, 0.6, 1.0], 1.0, 3),
        ([0.0, 0.5, 0.5], 0.5, 3),
    ],
)
def test_two_markers_and_a_third_where_they_differ(
    given: list[float], outcome: float | None, asked: int
) -> None:
    assert agreed(marked_by(2), given) == outcome
    assert markers_asked(marked_by(2), given) == asked


def test_one_marker_decides_alone() -> None:
    assert agreed(marked_by(1), []) is None
    assert agreed(marked_by(1), [0.3]) == 0.3


@pytest.mark.parametrize("points", range(11))
def test_exactly_the_tolerance_apart_is_within_it(points: int) -> None:
    # In binary 0.9 - 0.7 is more than 0.2, and 0.3 - 0.1 less.
    low, high = points / 10, (points + 2) / 10
    if high <= 1:
        assert agreed(marked_by(2), [low, high]) == pytest.approx((low + high) / 2)


TENTHS = st.integers(0, 10).map(lambda points: points / 10)


@given(st.sampled_from((1, 2)), st.lists(TENTHS, max_size=3), TENTHS)
@settings(max_examples=200, deadline=None)
def test_the_outcome_lies_among_the_marks_and_waits_for_nobody_else(
    markers: int, given: Sequence[float], tolerance: float
) -> None:
    item = marked_by(markers, tolerance)
    outcome = agreed(item, given)
    asked = markers_asked(item, given)
    assert 1 <= asked <= 3
    assert (outcome is None) == (len(given) < asked)
    if outcome is not None:
        assert min(given) <= outcome <= max(given)


@given(st.lists(TENTHS, min_size=2, max_size=2))
@settings(max_examples=100, deadline=None)
def test_who_of_two_marked_first_changes_nothing(given: list[float]) -> None:
    assert agreed(marked_by(2), given) == agreed(marked_by(2), given[::-1])
