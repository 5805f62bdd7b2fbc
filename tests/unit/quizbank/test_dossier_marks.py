"""The script in a dossier marks every response as the academy does, for every kind of item."""

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.dossier import verify
from quizbank.dossier.pieces import pieces_of
from quizbank.dossier.scoring import scoring_of
from quizbank.items import Item
from quizbank.kinds.shapes import Shape, holds
from quizbank.kinds.shown import Mark, State
from quizbank.marking import agreed
from tests.factories import cloze, hotspot, numeric
from tests.unit.quizbank import strategies

script: Any = verify


def by_script(item: Item, response: Any, points: Mapping[str, list[dict[str, int]]]) -> Any:
    """Mark by the table as it comes out of a file of the dossier."""
    key, said = (json.loads(json.dumps(one)) for one in (scoring_of(item), response))
    return script.mark(key, said, points)


def same(mark: Mark, told: Any) -> None:
    if mark.state is State.OMITTED:
        assert told is None
        return
    assert told is not None
    assert float(told[0]) == pytest.approx(mark.fraction, abs=1e-9)
    assert told[1] == mark.unsafe


@settings(max_examples=600, deadline=None)
@given(strategies.machine_marked, strategies.responses)
def test_any_response_to_any_item_is_marked_alike(item: Item, response: Any) -> None:
    same(item.mark(response), by_script(item, response, {}))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_near_misses_are_marked_alike(data: st.DataObject) -> None:
    item = data.draw(strategies.machine_marked)
    response = changed(data, item.key())
    same(item.mark(response), by_script(item, response, {}))


def changed(data: st.DataObject, response: Any) -> Any:
    """A response like the key, with some of it changed, shuffled or left out."""
    if isinstance(response, dict):
        return {name: changed(data, value) for name, value in response.items()}
    if isinstance(response, list):
        others = st.sampled_from(strategies.IDS)
        shuffled = data.draw(st.permutations(response))
        return shuffled[: data.draw(st.integers(0, len(shuffled)))] + data.draw(
            st.lists(others, max_size=2)
        )
    if isinstance(response, str):
        endings = ["", "", " ", " mm", "0", "cm", "e1", " m/s²", "\u00b0C", "x10^2"]
        return data.draw(st.just(response) | st.sampled_from(strategies.IDS)) + data.draw(
            st.sampled_from(endings)
        )
    return response


@settings(max_examples=300, deadline=None)
@given(strategies.items, st.data())
def test_what_people_mark_comes_out_alike(item: Item, data: st.DataObject) -> None:
    response = item.key()
    points: dict[str, list[dict[str, int]]] = {}
    fractions: dict[str, float] = {}
    for part in item.manual_parts(response):
        rubric = part.essay.rubric
        given_by = st.fixed_dictionaries({one.id: st.integers(0, one.points) for one in rubric})
        marks = data.draw(st.lists(given_by, min_size=3, max_size=3))
        points[part.part] = marks
        outcome = agreed(part.essay, [part.essay.fraction_of(one) for one in marks])
        assert outcome is not None
        fractions[part.part] = outcome
    if item.kind != "description":
        same(item.mark_with(response, fractions), by_script(item, response, points))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([numeric(unit_rule="shown"), numeric(unit=""), cloze()]),
    st.text("0123456789.,-+eEmx^*$' \u2212\u00a0¹³", max_size=14),
)
def test_numbers_are_read_alike(item: Item, typed: str) -> None:
    response = {"gaps": {"g3": typed}} if item.kind == "cloze" else {"text": typed}
    same(item.mark(response), by_script(item, response, {}))


@pytest.mark.parametrize(
    "typed",
    [
        *("1,500", "1.500", "0.500", "7,5", "7.5 mm", "mm 7.5", "7.5mm", "7·10^0", "75x10**-1"),
        *("0,75e1", "7.5e", "7.5 mm mm", "$7.5", "'7.5", "7.5'", "1 000", "7.", ".5", "75×10⁻¹"),
        *("−7.5", "7.5e400", "7 e0", "1e1234567", "7.5 " + "m" * 41, "0" * 16, "٧.٥", "7.5\n"),
        *("7\n5", "1.2.3", "5 x10^0"),
    ],
)
@pytest.mark.parametrize("rule", ["shown", "optional", "required"])
def test_a_list_of_odd_numbers_is_read_alike(typed: str, rule: str) -> None:
    for item in (numeric(unit_rule=rule, unit_penalty=0.5), cloze()):
        response = {"gaps": {"g3": typed}} if item.kind == "cloze" else {"text": typed}
        same(item.mark(response), by_script(item, response, {}))


@settings(max_examples=300, deadline=None)
@given(strategies.shapes, st.data())
def test_a_point_lies_in_the_pieces_where_it_lies_in_the_shape(
    shape: dict[str, Any], data: st.DataObject
) -> None:
    coords = [float(one) for one in shape["coords"]]
    corner = data.draw(st.integers(0, len(coords) // 2 - 1))
    near = st.sampled_from([coords[0], coords[1], *(coords[2 * corner : 2 * corner + 2])])
    x, y = data.draw(st.floats(0, 80) | near), data.draw(st.floats(0, 80) | near)
    kind: Any = Shape(shape["shape"])
    pieces: Any = pieces_of(kind, coords)
    key = {"size": [100, 100], "regions": [{"id": "it", "pieces": pieces}]}
    assert (script._region(key, [x, y]) == "it") == holds(kind, coords, x, y)


@pytest.mark.parametrize("choose", [1, 2])
@pytest.mark.parametrize(
    "response",
    [
        {"regions": ["b", "a"]},
        {"regions": ["a", "b", "b"]},
        {"points": [[50, 150], [10, 10]]},
        {"points": [[150, 250], [50, 150]]},
        {"points": [[50, 150], [60, 150], [10, 10]]},
        {"points": [[-1, 5], [50, 150], [True, 3]]},
        {"points": [[50, 250]]},
    ],
)
def test_what_is_chosen_beyond_the_limit_is_ignored_alike(choose: int, response: Any) -> None:
    item = hotspot(choose=choose)
    same(item.mark(response), by_script(item, response, {}))


def test_the_script_is_short_and_imports_nothing_of_ours() -> None:
    source = Path(verify.__file__).read_text(encoding="utf-8")
    assert source.count("\n") < 200
    imported = {
        line.split()[1] for line in source.splitlines() if line.startswith(("import", "from"))
    }
    assert imported <= {"json", "re", "sys", "zipfile", "fractions", "hashlib", "itertools"} | {
        "pathlib",
        "unicodedata",
    }
    assert Fraction(1) == script.WRONG[0] + 1
