"""Points and regions on a figure: what a click hits, and that both ways of answering are one."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.items import Misfit
from quizbank.kinds.shapes import Shape, bounds, holds, problem_of
from quizbank.kinds.shown import State
from tests.factories import hotspot

# Layers of 100 pixels, and a hair (c) that lies over both.
CASES: list[tuple[JsonValue, float, State, bool]] = [
    ({"points": [[50, 150]]}, 1.0, State.RIGHT, False),
    ({"points": [[50, 50]]}, 0.0, State.WRONG, False),
    ({"points": [[50, 250]]}, 0.0, State.WRONG, True),
    ({"points": [[50, 100]]}, 0.0, State.WRONG, False),
    ({"points": [[50, 100.1]]}, 1.0, State.RIGHT, False),
    ({"points": [[150, 299]]}, 0.0, State.WRONG, False),
    ({"points": [[50, 150], [50, 50]]}, 1.0, State.RIGHT, False),
    ({"regions": ["b"]}, 1.0, State.RIGHT, False),
    ({"regions": ["a"]}, 0.0, State.WRONG, False),
    ({"regions": ["c"]}, 0.0, State.WRONG, True),
    ({"regions": ["a", "b"]}, 0.0, State.WRONG, False),
    ({"regions": ["z", "b"]}, 1.0, State.RIGHT, False),
    ({"regions": [], "points": [[50, 150]]}, 0.0, State.OMITTED, False),
    ({"regions": None, "points": [[50, 150]]}, 1.0, State.RIGHT, False),
    ({"points": []}, 0.0, State.OMITTED, False),
    ({"points": [[-1, 150]]}, 0.0, State.OMITTED, False),
    ({"points": [[50, 301]]}, 0.0, State.OMITTED, False),
    ({"points": [[float("nan"), float("inf")]]}, 0.0, State.OMITTED, False),
    ({"points": [[10**400, 5]]}, 0.0, State.OMITTED, False),
    ({"points": [[True, False]]}, 0.0, State.OMITTED, False),
    ({"points": [["50", "150"], [50], [50, 150, 1], 7, None]}, 0.0, State.OMITTED, False),
    ({"points": {"x": 50, "y": 150}}, 0.0, State.OMITTED, False),
    ({"regions": "b"}, 0.0, State.OMITTED, False),
    ({"regions": [["b"], {}, 7]}, 0.0, State.OMITTED, False),
    ([50, 150], 0.0, State.OMITTED, False),
    (None, 0.0, State.OMITTED, False),
]


@pytest.mark.parametrize(("response", "fraction", "state", "unsafe"), CASES)
def test_a_point_counts_for_the_first_region_that_holds_it(
    response: JsonValue, fraction: float, state: State, unsafe: bool
) -> None:
    mark = hotspot().mark(response)
    assert (mark.fraction, mark.state, mark.unsafe) == (fraction, state, unsafe)


REGIONS = [
    {"id": one, "label": f"Area {one}", "shape": "rect", "coords": [20 * place, 0, 19, 300],
     "correct": one in "ab", "reason": "So."}
    for place, one in enumerate("abcde")
]  # fmt: skip


def polygon(*coords: float) -> dict[str, Any]:
    return {**REGIONS[2], "shape": "polygon", "coords": [*coords]}


@pytest.mark.parametrize(
    ("choose", "chosen", "fraction"),
    [
        (1, "a", 1.0),
        (1, "b", 1.0),
        (1, "c", 0.0),
        (2, "ab", 1.0),
        (2, "a", 0.5),
        (2, "aa", 0.5),
        (2, "ac", 0.5),
        (2, "cd", 0.0),
        (2, "cab", 0.5),
        (3, "ab", 1.0),
        (3, "abc", 2 / 3),
        (3, "acd", 1 / 3),
        (5, "abcde", 2 / 5),
        (5, "ab", 1.0),
    ],
)
def test_several_places_earn_their_share_and_choosing_everything_does_not(
    choose: int, chosen: str, fraction: float
) -> None:
    item = hotspot(regions=REGIONS, choose=choose)
    assert item.mark({"regions": [*chosen]}).fraction == pytest.approx(fraction)
    points: list[JsonValue] = [[20 * "abcde".index(one) + 5, 7] for one in chosen]
    if len(set(chosen)) == len(chosen):
        assert item.mark({"points": points}).fraction == pytest.approx(fraction)


def test_places_beside_every_region_are_wrong_and_explained() -> None:
    item = hotspot(regions=REGIONS, choose=3)
    beside: JsonValue = {"points": [[5, 5], [19.5, 5], [39.5, 5]]}
    assert item.mark(beside).fraction == pytest.approx(1 / 3)
    assert item.explain(beside)[-1].text == "A place outside every region"
    assert len(item.explain({"regions": ["a"]})) == 5


def test_the_review_brings_the_figure_once_with_every_outline() -> None:
    first, *rest = hotspot().explain({"points": [[50, 150]]}, ("c", "b", "a"))
    assert first.figure is not None
    assert [one.label for one in first.figure.outlines] == ["A hair", "Second layer", "Top layer"]
    assert [one.chosen for one in first.figure.outlines] == [False, True, False]
    assert first.figure.points == ((50, 150),)
    assert all(one.figure is None for one in rest)
    assert hotspot().explain({"regions": ["b"]})[0].figure is not None


def test_a_prompt_says_nothing_of_where_the_regions_are() -> None:
    shown = repr(hotspot().prompt())
    for secret in ("coords", "shape", "rect", "polygon", "correct"):
        assert secret not in shown.replace("width=200, height=300", "")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"regions": []}, "at least 2"),
        ({"regions": [REGIONS[0], REGIONS[1]]}, "at least one wrong"),
        ({"regions": [REGIONS[2], REGIONS[3]]}, "at least one region must be correct"),
        ({"regions": [REGIONS[0], REGIONS[2], REGIONS[2]]}, "the same id"),
        ({"regions": [REGIONS[0], {**REGIONS[2], "label": "AREA A"}]}, "the same text"),
        ({"regions": [REGIONS[0], {**REGIONS[2], "coords": [1, 2, 3]}]}, "4 numbers, not 3"),
        ({"regions": [REGIONS[0], {**REGIONS[2], "coords": [1, 2, 0, 3]}]}, "must be above 0"),
        ({"regions": [REGIONS[0], {**REGIONS[2], "coords": [200, 0, 5, 5]}]}, "outside the figure"),
        (
            {"regions": [REGIONS[0], polygon(1, 2, 3, 4, 5)]},
            "an x and a y",
        ),
        (
            {"regions": [REGIONS[0], polygon(1, 2, 1, 2, 3, 4)]},
            "3 to 100 different corners",
        ),
        ({"regions": [{**REGIONS[0], "unsafe": True}, REGIONS[2]]}, "both correct and unsafe"),
        ({"regions": [REGIONS[0], {**REGIONS[2], "label": " "}]}, "label: write something here"),
        ({"choose": 4}, "fewer regions"),
        ({"figure": {"file": "x", "alt": "", "width": 0, "height": 9}}, "figure.alt"),
    ],
)  # fmt: skip
def test_unsound_hotspots_are_refused_with_a_sentence(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Misfit) as refused:
        hotspot(**changes)
    assert said.casefold() in str(refused.value).casefold()


quarters = st.integers(-80, 80).map(lambda number: number / 4)
sizes = st.integers(1, 40).map(lambda number: number / 4)
two = st.tuples(quarters, quarters)


@given(quarters, quarters, sizes, sizes, quarters, quarters)
@settings(max_examples=300, deadline=None)
def test_a_rectangle_is_the_polygon_of_its_corners(
    left: float, top: float, width: float, height: float, x: float, y: float
) -> None:
    right, bottom = left + width, top + height
    corners = (left, top, right, top, right, bottom, left, bottom)
    expected = holds(Shape.RECT, (left, top, width, height), x, y)
    assert holds(Shape.POLYGON, corners, x, y) == expected
    assert holds(Shape.POLYGON, (*corners, left, top), x, y) == expected


@given(two, sizes, two)
@settings(max_examples=300, deadline=None)
def test_a_circle_is_the_ellipse_of_equal_radii(
    centre: tuple[float, float], radius: float, point: tuple[float, float]
) -> None:
    circle = holds(Shape.CIRCLE, (*centre, radius), *point)
    assert holds(Shape.ELLIPSE, (*centre, radius, radius), *point) == circle
    assert holds(Shape.CIRCLE, (*centre, radius), centre[0] - radius, centre[1])


@given(st.lists(two, min_size=3, max_size=7), two, st.integers(0, 6), st.booleans())
@settings(max_examples=300, deadline=None)
def test_where_a_polygon_begins_and_which_way_it_runs_changes_nothing(
    corners: list[tuple[float, float]], point: tuple[float, float], turn: int, back: bool
) -> None:
    def flat(points: list[tuple[float, float]]) -> tuple[float, ...]:
        return tuple(number for one in points for number in one)

    turned = corners[turn % len(corners) :] + corners[: turn % len(corners)]
    other = turned[::-1] if back else turned
    inside = holds(Shape.POLYGON, flat(corners), *point)
    assert holds(Shape.POLYGON, flat(other), *point) == inside
    assume(problem_of(Shape.POLYGON, flat(corners)) == "")
    left, top, right, bottom = bounds(Shape.POLYGON, flat(corners))
    assert not inside or (left <= point[0] <= right and top <= point[1] <= bottom)
    assert all(holds(Shape.POLYGON, flat(corners), *corner) for corner in corners)


def test_points_on_an_edge_are_inside_exactly() -> None:
    assert holds(Shape.CIRCLE, (0.1, 0.1, 0.2), 0.3, 0.1)
    assert not holds(Shape.CIRCLE, (0.1, 0.1, 0.2), 0.30000000000000004, 0.1)
    assert holds(Shape.POLYGON, (0, 0, 0.3, 0.9, 0, 0.9), 0.1, 0.3)
