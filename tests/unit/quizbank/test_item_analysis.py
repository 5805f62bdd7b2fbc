"""The columns say what a slow reading of the definitions says, row by row."""

from math import isclose, sqrt
from statistics import mean, stdev, variance

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizbank.statistics.estimates import Estimates
from quizbank.statistics.item_analysis import Centred, ItemStatistics, analyse_items
from quizbank.statistics.mark_columns import MarkColumns, mark_columns
from quizbank.statistics.test_statistics import WholeTest, analyse_test

# Attempts, each with its marks by item; an item that was not in the form is None.
Rows = list[list[float | None]]
marks = st.sampled_from((0.0, 0.25, 1 / 3, 0.5, 1.0))


def columns_of(rows: Rows, trial: frozenset[int] = frozenset()) -> MarkColumns:
    entries = [
        (attempt, item, mark, item not in trial)
        for attempt, row in enumerate(rows)
        for item, mark in enumerate(row)
        if mark is not None
    ]
    attempt, item, mark, scored = zip(*entries, strict=True)
    return mark_columns(attempt, item, mark, scored)


def items_of(rows: Rows, trial: frozenset[int] = frozenset()) -> ItemStatistics:
    return analyse_items(Centred(columns_of(rows, trial)))


def whole_of(rows: Rows) -> WholeTest:
    return analyse_test(Centred(columns_of(rows)))


@st.composite
def full_rows(draw: st.DrawFn) -> Rows:
    items = draw(st.integers(2, 6))
    row = st.lists(marks, min_size=items, max_size=items)
    return draw(st.lists(row, min_size=5, max_size=30))


@st.composite
def rows_with_gaps(draw: st.DrawFn) -> Rows:
    rows = draw(full_rows())
    gaps = draw(st.lists(st.tuples(st.integers(0, 29), st.integers(0, 5)), max_size=20))
    for attempt, item in gaps:
        if attempt < len(rows) and 0 < item < len(rows[0]):
            rows[attempt][item] = None
    # The first attempt has every item, so that each has an answer.
    return [[1.0] * len(rows[0]), *rows]


def slow_rests(rows: Rows, item: int) -> tuple[list[float], list[float]]:
    """The marks of an item, and what each person earned elsewhere above what is usual."""
    usual = [mean(_known(column)) for column in zip(*rows, strict=True)]
    own: list[float] = []
    rest: list[float] = []
    for row in rows:
        if (mark := row[item]) is not None:
            own.append(mark)
            rest.append(
                sum(
                    earned - usual[other]
                    for other, earned in enumerate(row)
                    if earned is not None and other != item
                )
            )
    return own, rest


def _known(given: tuple[float | None, ...]) -> list[float]:
    return [one for one in given if one is not None]


def covariance(one: list[float], other: list[float]) -> float:
    a, b = mean(one), mean(other)
    return sum((x - a) * (y - b) for x, y in zip(one, other, strict=True)) / (len(one) - 1)


def near(found: float, expected: float) -> bool:
    return isclose(found, expected, rel_tol=1e-7, abs_tol=1e-9)


@settings(deadline=None)
@given(rows_with_gaps())
def test_the_columns_say_what_a_slow_reading_says(rows: Rows) -> None:
    found = items_of(rows)
    for item in range(len(rows[0])):
        own, rest = slow_rests(rows, item)
        assert found.n[item] == len(own)
        assert near(found.facility.value[item], mean(own))
        if len(own) < 2:
            assert np.isnan(found.deviation.value[item])
            continue
        assert near(found.deviation.value[item], stdev(own))
        assert near(found.covariance[item], covariance(own, rest))
        assert near(found.rest_variance[item], variance(rest))
        most = covariance(sorted(own), sorted(rest))
        assert near(found.covariance_max[item], most)
        scale = sqrt(variance(own) * variance(rest))
        if scale > 1e-6:
            assert near(found.discrimination.value[item], covariance(own, rest) / scale)
        if most > 1e-6:
            assert near(found.efficiency.value[item], covariance(own, rest) / most)


@settings(deadline=None)
@given(rows_with_gaps(), st.randoms())
def test_the_order_of_people_and_items_changes_nothing(rows: Rows, random) -> None:
    people, items = [*range(len(rows))], [*range(len(rows[0]))]
    random.shuffle(people)
    random.shuffle(items)
    mixed = [[rows[person][item] for item in items] for person in people]
    before, after = whole_of(rows), whole_of(mixed)
    for name in ("mean", "median", "deviation", "alpha", "error", "skewness", "kurtosis"):
        one, other = getattr(before, name).value, getattr(after, name).value
        assert (one is None) == (other is None), name
        assert one is None or isclose(one, other, rel_tol=1e-6, abs_tol=1e-7), name
    place = items.index(0)
    assert near(items_of(mixed).facility.value[place], items_of(rows).facility.value[0])


# Whoever misses one question gets another one right: the worst that is possible lies further from
# nothing than the best.
@settings(deadline=None)
@example(rows=[[float(item != person) for item in range(5)] for person in range(5)])
@given(rows_with_gaps())
def test_every_figure_lies_in_its_interval_and_shares_are_shares(rows: Rows) -> None:
    found = items_of(rows)
    assert ((found.facility.value >= 0) & (found.facility.value <= 1)).all()
    for one in (found.facility, found.deviation, found.discrimination, found.efficiency):
        assert inside(one)
    efficiency = found.efficiency.value[~np.isnan(found.efficiency.value)]
    assert (efficiency <= 1 + 1e-9).all()


def inside(one: Estimates) -> bool:
    known = ~(np.isnan(one.low) | np.isnan(one.high))
    low, value, high = one.low[known], one.value[known], one.high[known]
    return bool(((low <= value + 1e-9) & (value <= high + 1e-9)).all())


@settings(deadline=None)
@example(rows=[[0.25, 0.0]] * 4 + [[0.0, 0.25]])
@given(full_rows())
def test_weights_add_up_to_the_whole_test(rows: Rows) -> None:
    found = items_of(rows)
    assert near(float(found.intended_weight.sum()), 1)
    share = found.spread_share.value
    if not np.isnan(share).any():
        assert isclose(float(share.sum()), 1, abs_tol=1e-6)
    effective = found.effective_weight.value
    if not np.isnan(effective).all():
        assert near(float(np.nansum(effective)), 1)


@settings(deadline=None)
@given(full_rows(), st.lists(marks, min_size=30, max_size=30))
def test_an_item_on_trial_changes_nobody_elses_figures(rows: Rows, tried: list[float]) -> None:
    items = len(rows[0])
    with_trial: Rows = [[*row, tried[at]] for at, row in enumerate(rows)]
    found = items_of(with_trial, frozenset({items}))
    alone = items_of(rows)
    assert np.allclose(
        found.discrimination.value[:items], alone.discrimination.value, equal_nan=True
    )
    assert np.allclose(
        found.effective_weight.value[:items], alone.effective_weight.value, equal_nan=True
    )
    assert found.intended_weight[items] == 0
    assert near(found.facility.value[items], mean(tried[: len(rows)]))


def test_hard_forms_make_nobody_look_weak() -> None:
    # Two equal groups; one has an easy item where the other has a hard one. Three they share.
    strong, weak = [1.0, 1.0, 1.0], [0.0, 0.0, 1.0]
    easy: Rows = [[1.0, None, *rest] for rest in (strong, weak) for _ in range(4)]
    hard: Rows = [[None, 0.0, *rest] for rest in (strong, weak) for _ in range(4)]
    one_form: Rows = [[*row[2:]] for row in easy + hard]
    mixed = whole_of(easy + hard)
    assert mixed.form_deviation.value == pytest.approx(0.5 * sqrt(16 / 15))
    assert items_of(easy + hard).discrimination.value[2] == pytest.approx(
        items_of(one_form).discrimination.value[0]
    )


def test_recent_answers_stand_apart_from_earlier_ones() -> None:
    rows: Rows = [[1.0, 0.0]] * 60 + [[0.0, 0.0]] * 20 + [[0.0, 1.0]] * 20
    drift = items_of(rows).drift
    assert (drift.recent_n[0], drift.earlier_n[0]) == (50, 50)
    assert (drift.earlier.value[0], drift.recent.value[0]) == (1.0, 0.2)
    pooled = 0.6
    assert drift.z[0] == pytest.approx(-0.8 / sqrt(pooled * (1 - pooled) * 2 / 50))
    assert drift.change.low[0] < -0.8 < drift.change.high[0]


def test_one_attempt_alone_has_a_facility_and_nothing_else() -> None:
    found, test = items_of([[1.0, 0.0]]), whole_of([[1.0, 0.0]])
    assert found.facility.value.tolist() == [1.0, 0.0]
    assert np.isnan(found.discrimination.value).all()
    assert np.isnan(found.drift.recent.value).all()
    assert (test.mean.value, test.deviation.value, test.alpha.value) == (1.0, None, None)


def test_items_that_everybody_answers_alike_have_no_discrimination() -> None:
    found = items_of([[1.0, mark] for mark in (0.0, 1.0, 1.0, 0.0, 1.0)])
    assert np.isnan(found.discrimination.value[0])
    assert found.deviation.value[0] == 0


def test_no_marks_are_refused() -> None:
    with pytest.raises(ValueError, match="no marks"):
        mark_columns([], [], [])
