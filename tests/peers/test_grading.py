"""Marks: ours against Moodle's and PrairieLearn's. Where we differ, `docs/SCORING.md` says why."""

import re
from decimal import Decimal
from typing import Any

import pytest

from quizbank.items import Item
from quizbank.kinds.numbers import Tolerance, within
from quizbank.kinds.order_grading import Grading
from quizbank.kinds.shapes import Shape, holds
from quizbank.kinds.typed_answers import fits
from quizbank.kinds.units import Unit, factor_of, read_quantity, reciprocal
from tests.factories import multiple_response, numeric, ordering, short_answer
from tests.peers.conftest import fixture

ORDERING = fixture("grading/ordering.json") or {"cases": []}
SEVERAL = fixture("grading/multi_response.json") or {"cases": []}
TOLERANCE = fixture("grading/numeric_tolerance.json") or {"cases": []}
TYPED = fixture("grading/shortanswer_wildcard.json") or {"cases": []}
SHAPES = fixture("grading/hotspot_shapes.json") or {"cases": []}
NUMBERS = fixture("grading/numeric_parse.json") or {"cases": []}
UNITS = fixture("grading/numeric_units.json") or {"cases": []}
GRADED = fixture("grading/numeric_unit_grading.json") or {"cases": []}


def test_there_are_cases() -> None:
    for data in (ORDERING, SEVERAL, TOLERANCE, TYPED, NUMBERS, UNITS, GRADED, SHAPES):
        assert data["cases"]


def test_the_gradings_have_the_usual_names() -> None:
    assert set(ORDERING["names"].values()) == {one.value for one in Grading}


@pytest.mark.parametrize("case", SHAPES["cases"], ids=lambda case: f"{case['shape']}-{case['x']}")
def test_points_in_shapes(case: dict[str, Any]) -> None:
    shape = {"rectangle": "rect"}.get(case["shape"], case["shape"])
    coords = [float(one) for one in case["coords"].replace(";", ",").split(",")]
    assert holds(Shape(shape), coords, case["x"], case["y"]) is case["inside"]


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


# These could be read in two ways; a learner is told so while typing (docs/SCORING.md).
FLAGGED = {"3.142", "1,000,000", "£1,234.56"}


def flagged(typed: str) -> bool:
    return "two ways" in read_quantity(typed).problem


@pytest.mark.parametrize("case", NUMBERS["cases"], ids=lambda case: case["input"])
def test_numbers_are_taken_apart(case: dict[str, Any]) -> None:
    read = read_quantity(case["input"])
    if case["input"] in FLAGGED:
        assert flagged(case["input"])
    elif case["before_point"] is None:
        assert read.number is None
        assert read.problem
    else:
        written = f"{case['before_point']}.{case['after_point']}E{case['exponent'] or 0}"
        assert read.number == Decimal(written)
        assert read.unit == case["unit"]


@pytest.mark.parametrize("case", UNITS["cases"], ids=str)
def test_units_are_worth_their_factor(case: dict[str, Any]) -> None:
    typed = f"{case['input'] or ''} {case.get('separate_unit', '')}"
    read = read_quantity(typed)
    if case["input"] in FLAGGED:
        assert flagged(typed)
        return
    assert (None if read.number is None else float(read.number)) == case["value"]
    if read.number is None:
        return
    assert read.unit == case["unit"]
    units = [
        Unit(text=text, factor=reciprocal(Decimal(str(multiplier))))
        for text, multiplier in UNITS["configs"][case["config"]]["units"].items()
    ]
    factor = factor_of(read.unit, "?", units) if read.unit else None
    assert factor == pytest.approx(case["multiplier"])


def asked(name: str) -> Item:
    """The question as an item here: Moodle's "optional" asks no penalty at all."""
    question = GRADED["questions"][name]
    (right, _), *others = question["answers"]
    own, *units = question["units"].items()
    grading = question["unit_grading"]
    share = re.search(r"0\.\d+", grading)
    return numeric(
        answer=right,
        tolerance="0.005",
        unit=own[0],
        units=[{"text": text, "factor": reciprocal(Decimal(times))} for text, times in units],
        unit_rule="required" if share else "optional",
        unit_penalty=float(share[0]) if share else 0.0,
        others=[
            {"id": f"n{place}", "answer": number, "fraction": fraction, "reason": "So."}
            for place, (number, fraction) in enumerate(others)
            if number != "*"
        ],
    )


# Moodle reads no unit on the other side; here it is read, and unknown (docs/SCORING.md).
OTHER_SIDE = {"1332 frogs": 0.8}


@pytest.mark.parametrize("case", GRADED["cases"], ids=lambda case: case["response"])
def test_a_wrong_unit_costs_its_penalty(case: dict[str, Any]) -> None:
    typed = f"{case['response']} {case.get('unit', '')}"
    expected = OTHER_SIDE.get(case["response"], case["fraction"])
    mark = asked(case["question"]).mark({"text": typed})
    assert mark.fraction == pytest.approx(expected)
