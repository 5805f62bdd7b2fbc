"""Numbers with units: what is read, what is flagged, and what a unit mistake costs."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.items import Misfit
from quizbank.kinds.shown import State
from quizbank.kinds.units import (
    Quantity,
    Unit,
    UnitRule,
    quantity_problem,
    read_quantity,
    reciprocal,
)
from tests.factories import numeric

CM = {"text": "cm", "factor": "10"}


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("7.5", "7.5", ""),
        ("7.5 mm", "7.5", "mm"),
        ("7,5mm", "7.5", "mm"),
        ("$ -3", "-3", "$"),
        ("3e2 µm", "300", "µm"),
        ("3×10⁸ m/s²", "3e8", "m/s²"),
        ("37 °C", "37", "°C"),
        ("50%", "50", "%"),
        ("5 e", "5", "e"),
        ("1.e-1 m", "0.1", "m"),
    ],
)
def test_a_number_and_its_unit_are_read(typed: str, number: str, unit: str) -> None:
    assert read_quantity(typed) == Quantity(Decimal(number), unit)


@pytest.mark.parametrize(
    "typed",
    [
        "mm",
        ". m",
        "about 7 mm",
        "1/2 mm",
        "7.5.5 mm",
        "7 8 mm",
        "7..8 mm",
        "-",
        "mm 7 mm",
        "7 ×103",
        "7 " + "m" * 41,
    ],
)
def test_what_is_not_one_number_with_a_unit_is_flagged(typed: str) -> None:
    read = read_quantity(typed)
    assert read.number is None
    assert read.problem.startswith("Write ")


@pytest.mark.parametrize("typed", ["1,500 mm", "1.500mm", "£1,234.56", "1 500 mm"])
def test_a_thousands_separator_is_flagged_beside_a_unit_too(typed: str) -> None:
    assert "two ways" in read_quantity(typed).problem


@pytest.mark.parametrize(
    ("typed", "rule", "said"),
    [
        ("", UnitRule.REQUIRED, None),
        ("7.5", UnitRule.SHOWN, None),
        ("7.5 mm", UnitRule.SHOWN, None),
        ("7.5 cm", UnitRule.SHOWN, "in mm"),
        ("7.5 frogs", UnitRule.OPTIONAL, None),
        ("7.5", UnitRule.OPTIONAL, None),
        ("7.5", UnitRule.REQUIRED, "Write the unit"),
        ("1,500 mm", UnitRule.REQUIRED, "two ways"),
    ],
)
def test_a_field_says_what_it_needs(typed: str, rule: UnitRule, said: str | None) -> None:
    problem = quantity_problem(typed, "mm", rule)
    assert problem is None if said is None else said in (problem or "")


@pytest.mark.parametrize(
    ("typed", "optional", "required"),
    [
        ("7.5 mm", 1, 1),
        ("7.5", 1, 0.6),
        ("0.75 cm", 1, 1),
        ("7.5 cm", 0.6, 0.6),
        ("7.5 frogs", 0.6, 0.6),
        ("75 mm", 0, 0),
        ("2 mm", 0.5, 0.5),
        ("0,2 cm", 0.5, 0.5),
        ("2", 0.5, 0.3),
        ("2 frogs", 0.3, 0.3),
        ("mm", 0, 0),
    ],
)
def test_a_unit_mistake_costs_a_share_of_what_was_earned(
    typed: str, optional: float, required: float
) -> None:
    others = [{"id": "a", "answer": "2", "fraction": 0.5, "reason": "Half."}]
    for rule, earned in (("optional", optional), ("required", required)):
        item = numeric(units=[CM], unit_rule=rule, unit_penalty=0.4, others=others)
        assert item.mark({"text": typed}).fraction == pytest.approx(earned)


def test_a_unit_mistake_may_cost_a_share_of_the_item() -> None:
    others = [{"id": "a", "answer": "2", "fraction": 0.3, "reason": "A part."}]
    asked: Any = {"unit_rule": "required", "unit_penalty": 0.4, "penalty_of": "item"}
    item = numeric(others=others, **asked)
    assert item.mark({"text": "7.5"}).fraction == pytest.approx(0.6)
    assert item.mark({"text": "2"}).fraction == 0


def test_a_unit_mistake_costs_everything_unless_the_item_says_otherwise() -> None:
    mark = numeric(unit_rule="required").mark({"text": "7.5"})
    assert (mark.fraction, mark.state) == (0, State.WRONG)


def test_a_number_that_was_foreseen_in_its_unit_is_no_unit_mistake() -> None:
    others = [{"id": "a", "answer": "75", "reason": "Ten times too deep.", "unsafe": True}]
    item = numeric(units=[CM], unit_rule="required", unit_penalty=0.1, others=others)
    assert item.mark({"text": "7.5 cm"}).unsafe
    assert item.explain({"text": "7.5 cm"})[-1].reason == "Ten times too deep."


def test_a_unit_mistake_is_told_beside_the_right_answer() -> None:
    item = numeric(unit_rule="required", unit_penalty=0.4)
    right, own = item.explain({"text": "7.5 frogs"})
    assert (right.text, right.chosen) == ("7.5 mm", False)
    assert (own.text, own.correct, own.chosen) == ("7.5 frogs", False, True)
    assert "unit" in own.reason


def test_micro_signs_are_the_same_and_capitals_are_not() -> None:
    item = numeric(unit="\u00b5m", unit_rule="required")
    assert item.mark({"text": "7.5 \u03bcm"}).fraction == 1
    assert item.mark({"text": "7.5 \u00b5M"}).fraction == 0


def test_the_unit_is_shown_only_where_it_is_not_asked_for() -> None:
    assert numeric().prompt().unit == "mm"
    assert "mm" not in repr(numeric(unit_rule="required", units=[CM]).prompt())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"units": [CM]}, "other units count only where the unit is typed"),
        ({"unit": "", "unit_rule": "required"}, "a unit that is typed must be named"),
        ({"unit": "/2", "unit_rule": "optional"}, "begin with a letter or sign"),
        ({"unit_rule": "optional", "units": [CM, CM]}, "two units are the same"),
        (
            {"unit_rule": "optional", "units": [CM | {"text": "mm"}]},
            "two units are the same",
        ),
        (
            {"unit_rule": "optional", "units": [CM | {"text": "e5"}]},
            "not be read as a unit",
        ),
        ({"unit_rule": "optional", "units": [CM | {"factor": "0"}]}, "factor"),
        ({"unit_rule": "shown at times"}, "unit_rule"),
    ],
)
def test_units_that_cannot_be_marked_fairly_are_refused(
    changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Misfit) as refused:
        numeric(**changes)
    assert sentence.casefold() in str(refused.value).casefold()


@given(st.decimals("1e-6", "1e6", places=6) | st.sampled_from([Decimal(3), Decimal("39.37")]))
@settings(max_examples=200, deadline=None)
def test_a_factor_comes_back_from_its_reciprocal(factor: Decimal) -> None:
    assert reciprocal(reciprocal(factor)) == factor
    assert Unit(text="cm", factor=reciprocal(factor)).factor == reciprocal(factor)


@given(st.text("0123456789.,' eExX×*^+-/m%$µ²⁸", max_size=30) | st.text(max_size=30))
@settings(max_examples=400, deadline=None)
def test_whatever_is_typed_is_read_or_has_a_problem(typed: str) -> None:
    read = read_quantity(typed)
    assert (read.number is None) == bool(read.problem)


def test_a_long_line_of_digits_is_no_trap() -> None:
    for text in ("1 " * 50_000, "1" * 100_000, "x" * 100_000 + "1", "1e" * 50_000):
        assert read_quantity(text).problem
        assert read_quantity(text[:200]).problem
