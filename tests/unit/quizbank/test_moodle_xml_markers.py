"""Moodle XML: markers to put down on a picture."""

from typing import Any

import pytest

from quizbank.files import read_picture
from tests.unit.quizbank.moodle_xml_files import (
    FAT,
    MARKER,
    PLACES,
    SPOT,
    error_of,
    file,
    marked,
    one_of,
    place,
    png,
    quiz,
    read,
)


@pytest.mark.parametrize(
    ("shape", "inside", "outside"),
    [
        ("circle", [[40, 20], [30, 10]], [[41, 20], [38, 28]]),
        ("rectangle", [[30, 20], [40, 25]], [[41, 20], [30, 26], [29, 20]]),
        ("polygon", [[0, 0], [4.5, 4.5]], [[5, 5], [9, 9]]),
    ],
)
def test_one_marker_becomes_a_place_to_find(shape: str, inside: Any, outside: Any) -> None:
    found = read(quiz(marked(place(shape, PLACES[shape]))))
    item = found.items[0].item
    assert item.stem == "Where is it?\n\n**Dermis <7**"
    assert (set(found.files), found.errors) == ({read_picture(png(60, 40)).digest}, ())
    assert {item.mark({"points": [one]}).fraction for one in inside} == {1}
    assert {item.mark({"points": [one]}).fraction for one in outside} == {0}
    said = " ".join(one.message for one in found.problems)
    assert "right places only" in said
    assert "no words" in said


def test_a_marker_with_several_places_earns_a_share_for_each() -> None:
    item = one_of(quiz(marked(place("circle", "10,10;5"), place("circle", "40,10;5"), times=2)))
    points = ([10, 10], [40, 10], [1, 39])
    chosen = [points[:2], points[:1], [points[0], points[2]], points[2:]]
    assert [item.mark({"points": [*one]}).fraction for one in chosen] == [1, 0.5, 0.5, 0]


@pytest.mark.parametrize("times", [3, 0])
def test_more_markers_than_places_are_told(times: int) -> None:
    found = read(quiz(marked(place("circle", "10,10;5"), times=times)))
    assert found.items[0].item.key() == {"regions": ["r1"]}
    assert any("more markers than places" in one.message for one in found.problems)


def test_places_that_overlap_are_told() -> None:
    found = read(quiz(marked(place("circle", "10,10;5"), place("circle", "12,10;5"), times=2)))
    assert any("overlap" in one.message for one in found.problems)


HAIR = "<drag><no>3</no><text>Hair</text><noofdrags>1</noofdrags></drag>"
FAR = place("circle", "900,900;5", 2)


def layers(picture: bytes, *places: str) -> Any:
    text = quiz(marked(*places, times=2, picture=file(picture), marker=MARKER + FAT + HAIR))
    found = read(text)
    assert found.errors == ()
    return found


def test_several_markers_become_names_for_numbered_places() -> None:
    found = layers(
        png(60, 40),
        place("rectangle", "5,30;10,5", 2),
        place("circle", "40,10;5"),
        place("polygon", "0,0;9,0;0,9", 2),
    )
    item = found.items[0].item
    assert [(one.text, one.choice) for one in item.premises] == [
        ("Place 1", "c2"),
        ("Place 2", "c1"),
        ("Place 3", "c2"),
    ]
    assert [one.text for one in item.choices] == ["Dermis <7", "Fat", "Hair"]
    (drawn,) = found.files.values()
    assert drawn.content != png(60, 40)
    assert item.stem.startswith("Where is it?\n\n![A picture without a description; place 1: 8 % ")
    assert item.stem.endswith(f"](/files/{drawn.digest})")
    assert any("the places are numbered" in one.message for one in found.problems)
    assert item.mark({"pairs": {"p1": "c2", "p2": "c1"}}).fraction == pytest.approx(2 / 3)


def test_what_a_marker_earns_is_a_share_as_in_moodle() -> None:
    item = layers(png(60, 40), SPOT, place("circle", "40,30;5", 2)).items[0].item
    assert item.mark(item.key()).fraction == 1
    assert item.mark({"pairs": {"p1": "c1", "p2": "c3"}}).fraction == 0.5


NO_MARKERS = {
    "one number for two": (marked(SPOT, marker=MARKER + MARKER), "the same number"),
    "one place for two": (marked(SPOT, marker=MARKER + FAT), "one place for several markers"),
    "a place for two": (marked(SPOT, SPOT.replace(">1<", ">2<"), marker=MARKER + FAT), "the same"),
    "two far away": (marked(SPOT, FAR, marker=MARKER + FAT), "outside the picture"),
    "too few": (marked(SPOT, place("circle", "40,10;5")), "1 times only"),
    "no marker": (marked(SPOT, marker="<drag/>"), "no marker"),
    "no place": (marked(), "no place"),
    "another marker's place": (marked(place("circle", "1,1;1", 2)), "is not there"),
    "a star": (marked(place("star", "1,1;1")), "no shape"),
    "words": (marked(place("circle", "a,b;c")), "no coordinates"),
    "no end of numbers": (marked(place("circle", "1e999,1;1")), "no coordinates"),
    "half a circle": (marked(place("circle", "1,1")), "3 numbers"),
    "no size": (marked(place("rectangle", "1,1;0,5")), "above 0"),
    "outside": (marked(place("circle", "900,900;5")), "outside the figure"),
    "no picture": (marked(SPOT, picture="<file/>"), "under the markers"),
    "an SVG": (marked(SPOT, picture=file(b"<svg/>")), "under the markers"),
}


@pytest.mark.parametrize(("text", "sentence"), NO_MARKERS.values(), ids=NO_MARKERS.keys())
def test_markers_that_are_no_places_are_refused(text: str, sentence: str) -> None:
    assert sentence in error_of(quiz(text))
