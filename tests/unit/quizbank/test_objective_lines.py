"""What a result says of an objective, and how sure it is."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.decisions import Failure, ObjectiveResult, Reason
from quizbank.disclosure import ShownResult
from quizbank.objective_lines import ObjectiveLine, Standing, objective_lines
from tests.factories import exam_rules

RULES = exam_rules(
    cells=[{"objective": "TT-01", "count": 40}],
    cut=32,
    objective_minimums=[{"objective": "TT-01", "share": 0.6}],
)


def result(
    objectives: tuple[ObjectiveResult, ...] | None, failures: tuple[Failure, ...] = ()
) -> ShownResult:
    return ShownResult(True, 40, 32, failures, (), (), 35, 0, objectives)


def line(marks: float, items: int, *failures: Failure) -> ObjectiveLine:
    shown = result((ObjectiveResult("TT-01", marks, items),), failures)
    (one,) = objective_lines(shown, RULES, {"TT-01": "Skin"})
    return one


def test_3_of_3_looks_less_sure_than_30_of_30() -> None:
    few, many = line(3, 3), line(30, 30)
    assert few.share == many.share == 1
    assert few.high - few.low > 4 * (many.high - many.low)
    # Wilson 1927: n / (n + z^2) where all are right.
    assert few.low == pytest.approx(3 / (3 + 3.841459), abs=1e-6)
    assert (few.likely, many.likely) == ("likely 43 to 100%", "likely 88 to 100%")
    assert (few.standing, many.standing) == (Standing.OPEN, Standing.ABOVE)


def test_none_of_many_lies_below_the_cut() -> None:
    assert line(0, 10).standing is Standing.BELOW
    assert line(0, 10).low == 0


def test_an_objective_that_failed_the_attempt_says_by_which_minimum() -> None:
    failed = line(1, 4, Failure(Reason.OBJECTIVE, 0.25, 0.6, "TT-01"))
    assert failed.below_minimum == "below its minimum of 60%"
    assert line(1, 4).below_minimum == ""


def test_objectives_that_are_hidden_or_empty_have_no_line() -> None:
    assert objective_lines(result(None), RULES, {}) == ()
    assert objective_lines(result((ObjectiveResult("TT-01", 0, 0),)), RULES, {}) == ()


@given(st.integers(1, 40), st.data())
@settings(max_examples=200, deadline=None)
def test_the_sign_never_contradicts_the_interval_beside_it(items: int, data: st.DataObject) -> None:
    one = line(data.draw(st.integers(0, items)), items)
    low, high = (int(end) for end in re.findall(r"\d+", one.likely))
    expected = Standing.ABOVE if low >= 80 else Standing.BELOW if high < 80 else Standing.OPEN
    assert one.standing is expected


@given(st.integers(1, 200), st.data())
@settings(max_examples=100, deadline=None)
def test_the_share_lies_within_its_interval_and_the_interval_within_0_and_1(
    items: int, data: st.DataObject
) -> None:
    one = line(data.draw(st.floats(0, items)), items)
    assert 0 <= one.low <= one.share + 1e-12
    assert one.share <= one.high + 1e-12 <= 1 + 2e-12
