"""Numbers as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.items import Misfit
from quizbank.kinds.numbers import number_problem, read_number
from quizbank.kinds.shown import State
from tests.factories import numeric


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7.5", "7.5"),
        ("7,5", "7.5"),
        ("  7.5\n", "7.5"),
        ("+7.5", "7.5"),
        (".5", "0.5"),
        ("-0.25", "-0.25"),
        ("\u22120,25", "-0.25"),
        ("0.500", "0.500"),
        ("1500", "1500"),
        ("0007", "7"),
        ("9" * 15, "9" * 15),
        ("٧", "7"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("1.5E-3", "0.0015"),
        ("1,5×10^3", "1500"),
        ("1.5 x 10**3", "1500"),
        ("3·10⁻²", "0.03"),
        ("\u22122*10^\u22121", "-0.2"),
        ("3.142e0", "3.142"),
        ("1,125e1", "11.25"),
    ],
)
def test_clear_numbers_are_read(typed: str, number: str) -> None:
    assert number_problem(typed) is None
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("1,500", "1500"),
        ("1.500", "1500"),
        ("-1.500", "-1500"),
        ("1 500", "1500"),
        ("1\u00a0500", "1500"),
        ("1\u202f500", "1500"),
        ("1'500", "1500"),
        ("12,345,678", "12345678"),
        ("1,500.25", "1500.25"),
        ("1 500,5", "1500,5"),
        ("1 500e3", "1500"),
        ("1,500,000×10^3", "1500000"),
    ],
)
def test_numbers_with_two_readings_are_flagged_and_never_guessed(typed: str, plain: str) -> None:
    problem = number_problem(typed)
    assert problem is not None
    assert "two ways" in problem
    assert f" {plain}, or" in problem
    assert numeric(answer="1500").mark({"text": typed}).state is State.WRONG


NO_NUMBERS = ["7.5 mm", "seven", "1/2", "1.5.5", "--1", "+", "0x10", "inf", "NaN", "1e", "e5", "."]
NO_NUMBERS += ["1e31", "1e-99", "1×103", "1x10^", "10^3", "1e5e5"]
HUGE = ["9" * 16, "9" * 100_000, "1" + "0" * 5_000 + "e9999"]


@pytest.mark.parametrize("typed", [*NO_NUMBERS, *HUGE], ids=lambda typed: typed[:8])
def test_what_is_no_number_says_so(typed: str) -> None:
    assert read_number(typed) is None
    assert "number only" in (number_problem(typed) or "")
    assert numeric(unit="kg").mark({"text": typed}).state is State.WRONG


def test_an_empty_field_is_no_problem_and_no_answer() -> None:
    assert number_problem("  ") is None
    assert numeric().mark({"text": " "}).state is State.OMITTED


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("7", State.RIGHT),
        ("8", State.RIGHT),
        ("8,0", State.RIGHT),
        ("8.01", State.WRONG),
        ("6.99", State.WRONG),
        ("-7.5", State.WRONG),
    ],
)
def test_the_tolerance_includes_its_bounds(typed: str, state: State) -> None:
    assert numeric(answer="7.5", tolerance="0.5").mark({"text": typed}).state is state


def test_a_tenth_is_a_tenth() -> None:
    exact = numeric(answer=0.3, tolerance=0)
    assert exact.mark({"text": "0.3"}).fraction == 1
    assert exact.mark({"text": "0.30000000000000004"}).fraction == 0


@pytest.mark.parametrize("answer", ["1.125", "-1.500", "12345.678", "12.000"])
def test_an_answer_with_three_decimals_still_has_a_key(answer: str) -> None:
    item = numeric(answer=answer, tolerance="0")
    assert item.mark(item.key()).fraction == 1


@pytest.mark.parametrize("answer", ["inf", "NaN", "1e20", "1e-20", "9" * 31, "seven", None])
def test_an_answer_that_nobody_could_type_is_refused(answer: str | None) -> None:
    with pytest.raises(Misfit, match="answer"):
        numeric(answer=answer)


def test_a_negative_tolerance_is_refused() -> None:
    with pytest.raises(Misfit, match="tolerance"):
        numeric(tolerance="-1")


def test_a_wrong_answer_is_explained_beside_the_right_one() -> None:
    right, wrong = numeric().explain({"text": " 9 "})
    assert (right.text, right.correct, right.chosen) == ("7.5 mm", True, False)
    assert (wrong.text, wrong.correct, wrong.chosen) == ("9", False, True)


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_a_text_is_read_exactly_when_it_has_no_problem(typed: str) -> None:
    clear = typed.strip() != "" and number_problem(typed) is None
    assert not clear or read_number(typed) is not None
