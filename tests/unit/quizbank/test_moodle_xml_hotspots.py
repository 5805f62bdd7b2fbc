"""Moodle XML: hotspots go out as markers to put down, and earn the same."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.exchange.formats import Format, losses, write_file
from quizbank.exchange.updates import as_update
from quizbank.files import Picture, read_picture
from quizbank.items import Item, item_to_data, read_item
from tests.factories import hotspot, png
from tests.unit.quizbank.moodle_xml_files import read
from tests.unit.quizbank.strategies import places_to_find

PICTURE = read_picture(png(100, 80))
POINTS = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 80)).map(list), max_size=4)


def on(picture: Picture, item: Item, **changes: Any) -> Item:
    figure = {"file": picture.digest, "width": picture.width, "height": picture.height}
    data: Any = item_to_data(item)
    return read_item(data | {"figure": data["figure"] | figure} | changes)


def back(item: Item, picture: Picture = PICTURE) -> Item | None:
    found = read(write_file(Format.MOODLE_XML, [item], {picture.digest: picture}))
    assert found.errors == () or found.items == ()
    return found.items[0].item if found.items else None


@given(places_to_find, st.lists(POINTS, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_what_is_found_earns_the_same(item: Item, tries: list[Any]) -> None:
    item = on(PICTURE, item)
    (named,) = losses(Format.MOODLE_XML, [item])
    again = back(item)
    if again is None:
        assert "is left out" in named
        return
    differs = ("parts of pixels", "more places may be chosen", "a point in both", "the edge")
    if not any(one in named for one in differs):
        for points in tries:
            response = {"points": points}
            assert again.mark(response).fraction == item.mark(response).fraction


def test_a_hotspot_comes_back_with_its_question_places_and_reason() -> None:
    item = on(read_picture(png(200, 300)), hotspot())
    again: Any = back(item, read_picture(png(200, 300)))
    assert again is not None
    assert again.stem == item.stem
    first = again.regions[0]
    assert (first.shape, first.coords) == ("polygon", (0, 100, 100, 100, 100, 200, 0, 200))
    assert first.reason == "That is the dermis."


def test_layers_that_touch_are_written_and_their_edge_is_named() -> None:
    (said,) = losses(Format.MOODLE_XML, [on(read_picture(png(200, 300)), hotspot())])
    assert "whether the edge between two places is right" in said


def test_brought_in_again_it_is_as_it_was() -> None:
    item = on(read_picture(png(200, 300)), hotspot())
    again = back(item, read_picture(png(200, 300)))
    assert again is not None
    assert as_update(again, item) == item


RIGHT = {"id": "b", "label": "Dermis", "correct": True, "reason": "It is."}
WRONG = {"id": "a", "label": "Fat", "shape": "rect", "coords": [0, 0, 9, 9], "reason": "No."}


@pytest.mark.parametrize(
    ("shape", "coords", "why"),
    [
        ("ellipse", [50, 40, 9, 5], "no ellipse"),
        ("rect", [-5, 20, 20, 20], "beyond the edge"),
        ("circle", [50, 40, 0.3], "too small"),
        ("polygon", [50, 40, 50.2, 40, 50, 41], "too small"),
        ("rect", [5, 5, 20, 20], "lies over a right one"),
    ],
)
def test_what_markers_cannot_say_is_named_before_the_export(
    shape: str, coords: list[float], why: str
) -> None:
    item = on(PICTURE, hotspot(), regions=[WRONG, RIGHT | {"shape": shape, "coords": coords}])
    (said,) = losses(Format.MOODLE_XML, [item])
    assert "is left out" in said
    assert why in said
    assert back(item) is None


def test_more_right_places_than_may_be_chosen_are_not_written() -> None:
    other = RIGHT | {"id": "c", "label": "Also", "shape": "circle", "coords": [80, 60, 5]}
    regions = [WRONG, RIGHT | {"shape": "circle", "coords": [50, 40, 5]}, other]
    assert (
        "Moodle wants them all"
        in losses(Format.MOODLE_XML, [on(PICTURE, hotspot(), regions=regions)])[0]
    )
    assert (
        "left out"
        not in losses(Format.MOODLE_XML, [on(PICTURE, hotspot(), regions=regions, choose=2)])[0]
    )
