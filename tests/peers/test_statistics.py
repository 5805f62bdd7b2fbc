"""Moodle's own statistics of one quiz come out alike, from its marks and from its answers."""

import csv
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pydantic import JsonValue

from quizbank.items import Item
from quizbank.statistics.chosen import chosen
from quizbank.statistics.item_analysis import Centred, ItemStatistics, analyse_items
from quizbank.statistics.mark_columns import mark_columns
from quizbank.statistics.option_analysis import analyse_options, choices_of
from quizbank.statistics.test_statistics import analyse_test
from tests.factories import matching, numeric, short_answer
from tests.peers.conftest import FIXTURES, fixture

SLOTS = 7
# Moodle's name: how to read it from ours. Percentages there are shares here.
FIGURES: dict[str, Callable[[ItemStatistics], Any]] = {
    "facility": lambda one: one.facility.value,
    "sd": lambda one: one.deviation.value,
    "effectiveweight": lambda one: 100 * one.effective_weight.value,
    "covariance": lambda one: one.covariance,
    "markvariance": lambda one: one.mark_variance,
    "othermarkvariance": lambda one: one.rest_variance,
    "discriminationindex": lambda one: 100 * one.discrimination.value,
    "covariancemax": lambda one: one.covariance_max,
    "discriminativeefficiency": lambda one: 100 * one.efficiency.value,
}
CLOSE = 1e-6


def rows(name: str) -> list[dict[str, str]]:
    path = FIXTURES / "statistics" / name
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def marks() -> np.ndarray[Any, Any]:
    return np.array(
        [
            [float(row[f"slots.{slot}.mark"]) for slot in range(1, SLOTS + 1)]
            for row in rows("results00.csv")
        ]
    )


def centred(items: np.ndarray[Any, Any] | None = None) -> Centred:
    """The marks in columns; `items` says which item each mark is of, where that is not its slot."""
    found = marks()
    attempt, slot = np.indices(found.shape)
    of = slot if items is None else items
    return Centred(mark_columns(attempt.ravel(), of.ravel(), found.ravel()))


def slot_rows() -> list[dict[str, str]]:
    return [row for row in rows("qstats00.csv") if not row["subqname"] and not row["variant"]]


@pytest.mark.parametrize("figure", FIGURES)
def test_every_slot_has_moodles_figures(figure: str) -> None:
    found = FIGURES[figure](analyse_items(centred()))
    expected = [float(row[figure]) for row in slot_rows()]
    assert len(expected) == SLOTS
    assert found == pytest.approx(expected, rel=CLOSE)


def test_questions_drawn_at_random_have_moodles_figures() -> None:
    """There Moodle leaves the question's own mark in the total, as we do for items on trial."""
    found = marks()
    drawn = np.array([row["randqs.1"] == "numerical" for row in rows("steps00.csv")])
    attempt, slot = np.indices(found.shape)
    entries = (
        np.append(attempt, np.flatnonzero(drawn)),
        np.append(slot, np.full(drawn.sum(), SLOTS)),
        np.append(found, found[drawn, 0]),
        np.append(np.ones(found.size), np.zeros(drawn.sum())),
    )
    order = np.argsort(entries[0], kind="stable")
    columns = mark_columns(*(one[order] for one in entries))
    _agrees(analyse_items(Centred(columns)), SLOTS, {"subqname": "numerical"})


@pytest.mark.parametrize("variant", ["1", "8"])
def test_variants_have_moodles_figures(variant: str) -> None:
    shown = [row["variants.2"] for row in rows("steps00.csv")]
    items = np.indices(marks().shape)[1]
    items[:, 1] = [1 if one == variant else SLOTS for one in shown]
    _agrees(analyse_items(centred(items)), 1, {"variant": variant})


def _agrees(found: ItemStatistics, item: int, which: dict[str, str]) -> None:
    (row,) = (
        row
        for row in rows("qstats00.csv")
        if all(row[name] == said for name, said in which.items())
    )
    assert found.n[item] == int(row["s"])
    for name in ("facility", "sd", "discriminationindex", "discriminativeefficiency"):
        assert FIGURES[name](found)[item] == pytest.approx(float(row[name]), rel=CLOSE), name


def test_the_test_has_moodles_figures() -> None:
    expected: dict[str, float] = fixture("statistics/quizstats00.json")
    found = analyse_test(centred())
    assert found.attempts == expected["allattemptscount"]
    ours = {
        "median": found.median.value,
        "allattemptsavg": found.mean.value,
        "standarddeviation": found.deviation.value,
        "skewness": found.skewness.value,
        "kurtosis": found.kurtosis.value,
        "cic": 100 * (found.alpha.value or 0),
        "errorratio": 100 * (found.error_ratio.value or 0),
        "standarderror": found.error.value,
    }
    assert ours == pytest.approx({name: expected[name] for name in ours}, rel=CLOSE)


ANIMALS = ("frog", "cat", "newt")
CLASSES = ("amphibian", "mammal", "insect")


def animals() -> Item:
    classes = {"frog": "amphibian", "cat": "mammal", "newt": "amphibian"}
    return matching(
        premises=[
            {"id": one, "text": one, "choice": classes[one], "reason": "So."} for one in ANIMALS
        ],
        choices=[{"id": one, "text": one} for one in CLASSES],
    )


def pairs(row: dict[str, str], slot: int) -> JsonValue:
    return {"pairs": {one: row[f"responses.{slot}.{one}"] for one in ANIMALS}}


def test_answers_to_a_matching_are_counted_as_moodle_counts_them() -> None:
    item = animals()
    counts = Counter(name for row in rows("steps00.csv") for name in chosen(item, pairs(row, 3)))
    expected = {
        row["modelresponse"].replace(": ", "/"): int(row["totalcount"])
        for row in rows("responsecounts00.csv")
        if row["slot"] == "3"
    }
    assert counts == expected
    assert expected


def test_typed_answers_are_counted_as_moodle_counts_them() -> None:
    # Moodle's own questions: any of these texts may be typed, and each is its own answer.
    words = [
        {"id": name, "text": name, "fraction": worth, "reason": "So."}
        for name, worth in (("frog", 1), ("toad", 0.8), ("butterfly", 0))
    ]
    items = {
        "shortanswer": short_answer(answers=words),
        "numerical": numeric(answer="3.14", tolerance="0.01", unit=""),
    }
    counts = Counter(
        (row["randqs.1"], name)
        for row in rows("steps00.csv")
        for name in chosen(items[row["randqs.1"]], {"text": row["responses.1.answer"]})
    )
    expected = {
        (row["randq"], row["actualresponse"]): int(row["totalcount"])
        for row in rows("responsecounts00.csv")
        if row["slot"] == "1"
    }
    assert counts == expected
    assert expected


def test_answers_given_in_several_tries_are_counted_try_by_try() -> None:
    item, tries = animals(), 5
    submitted: dict[str, list[JsonValue]] = {}
    for row in rows("steps02.csv"):
        if row["responses.1.-submit"]:
            submitted.setdefault(row["quizattempt"], []).append(pairs(row, 1))
    # The last of Moodle's counts holds every later try as well.
    counts = [Counter[str]() for _ in range(tries)]
    for given in submitted.values():
        for at, response in enumerate(given):
            counts[min(at, tries - 1)].update(chosen(item, response))
    for row in rows("responsecounts02.csv"):
        name = row["modelresponse"].replace(": ", "/")
        assert [one[name] for one in counts] == [
            int(row[f"count{at}"]) for at in range(1, tries + 1)
        ]
        assert sum(one[name] for one in counts) == int(row["totalcount"])


def test_option_tables_hold_every_answer_once() -> None:
    item, given = animals(), [pairs(row, 3) for row in rows("steps00.csv")]
    names = sorted({name for one in given for name in chosen(item, one)})
    known, found = centred(), marks()
    of_slot = 2
    # Only this slot's answers are numbered; those of the others chose nothing.
    answer = np.full(found.shape, len(given))
    answer[:, of_slot] = np.arange(len(given))
    attempt, slot = np.indices(found.shape)
    columns = mark_columns(attempt.ravel(), slot.ravel(), found.ravel(), answer=answer.ravel())
    options = [[names.index(name) for name in chosen(item, one)] for one in given]
    choices = choices_of(columns, [*options, []], np.full(len(names), of_slot))
    statistics = analyse_options(known, choices)
    expected = {
        row["modelresponse"].replace(": ", "/"): int(row["totalcount"])
        for row in rows("responsecounts00.csv")
        if row["slot"] == "3"
    }
    assert dict(zip(names, statistics.chosen.tolist(), strict=True)) == expected
    assert (statistics.fifths.sum(axis=1) == statistics.chosen).all()
