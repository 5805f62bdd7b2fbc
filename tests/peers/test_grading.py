"""Marks: ours against Moodle's and PrairieLearn's. Where we differ, `docs/SCORING.md` says why."""

from decimal import Decimal
from typing import Any

import pytest

from quizbank.kinds.numeric import Tolerance, number_problem, read_number, within
from quizbank.kinds.order_grading import Grading
from quizbank.kinds.short_answer import fits
from tests.factories import multiple_response, numeric, ordering, short_answer
from tests.peers.conftest import fixture

ORDERING = fixture("grading/ordering.json") or {"cases": []}
SEVERAL = fixture("grading/multi_response.json") or {"cases": []}
TOLERANCE = fixture("grading/numeric_tolerance.json") or {"cases": []}
TYPED = fixture("grading/shortanswer_wildcard.json") or {"cases": []}
NUMBERS = fixture("grading/numeric_parse.json") or {"cases": []}


def test_there_are_cases() -> None:
    for data in (ORDERING, SEVERAL, TOLERANCE, TYPED, NUMBERS):
        assert data["cases"]


def test_the_gradings_have_the_usual_names() -> None:
    assert set(ORDERING["names"].values()) == {one.value for one in Grading}


@pytest.mark.parametrize("case", ORDERING["cases"], ids=lambda case: str(case["grading"]))
def test_ordering(case: dict[str, Any]) -> None:
    texts = ORDERING["correct"]
    elements = [{"id": one.lower(), "text": one, "reason": "So."} for one in texts]
    item = ordering(elements=elements, grading=ORDERING["names"][str(case["grading"])])
    mark = item.mark({"order": [one.lower() for one in case["response"]]})
    if "between" in case:
        low, high = case["between"]
        assert low < mark.fraction < high
    else:
        assert mark.fraction == pytest.approx(case["fraction"])


@pytest.mark.parametrize("case", SEVERAL["cases"], ids=lambda case: case["method"])
def test_multiple_response(case: dict[str, Any]) -> None:
    weights = case.get("fractions", {})
    options = [
        {
            "id": one.lower(),
            "text": one,
            "reason": "So.",
            "correct": weights.get(one, 0) > 0 or one in case.get("correct", []),
            "weight": weights.get(one),
        }
        for one in weights or case["options"]
    ]
    rule = case["method"].removeprefix("moodle_")
    item = multiple_response(options=options, rule=rule)
    mark = item.mark({"options": [one.lower() for one in case["chosen"]]})
    assert mark.fraction == pytest.approx(case["fraction"])


@pytest.mark.parametrize("case", TOLERANCE["cases"], ids=str)
def test_tolerance(case: dict[str, Any]) -> None:
    numbers = [Decimal(str(case[name] or 0)) for name in ("response", "answer", "tolerance")]
    assert within(*numbers, Tolerance(case["type"])) is case["within"]


@pytest.mark.parametrize("case", TYPED["cases"], ids=lambda case: f"{case['pattern']:.12}")
def test_short_answer(case: dict[str, Any]) -> None:
    strict = not case["ignore_case"]
    assert fits(case["response"], case["pattern"], strict) is case["match"]
    answers = [{"id": "a", "text": case["pattern"], "reason": "So."}]
    mark = short_answer(answers=answers, case_sensitive=strict).mark({"text": case["response"]})
    assert mark.fraction == case["match"]


# A learner is told at once that these are not read, and how to write them (docs/SCORING.md).
TOLD = {"1.", "-1.", "1e4", ".2e+2", "1.0e0", "3×10^8", "3.00x10**-8", "1,000,000"}


@pytest.mark.parametrize("case", NUMBERS["cases"], ids=lambda case: case["input"])
def test_numbers_without_units(case: dict[str, Any]) -> None:
    typed = case["input"]
    if case["unit"]:
        # The unit stands behind the field; what is typed with one is told to leave it out.
        assert number_problem(typed)
    elif typed in TOLD or case["before_point"] is None:
        assert number_problem(typed)
        assert numeric().mark({"text": typed}).fraction == 0
    else:
        assert read_number(typed) == Decimal(f"{case['before_point']}.{case['after_point']}")
