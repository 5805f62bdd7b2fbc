"""Moodle's markers to drag onto a picture (ddmarker): one as places to find, several as names.

Points on a figure cannot tell different markers apart. Where there are several, the places are
numbered on the picture, and each is matched with its marker.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import combinations

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_DESCRIPTION
from quizbank.exchange.marked_places import NAMES_LIE, named_by_place, quarters
from quizbank.exchange.moodle.bodies import Body, Unfit
from quizbank.exchange.moodle.xml_hotspot import SIGN
from quizbank.exchange.moodle.xml_places import (
    NO_WORDS,
    Marked,
    Marker,
    Place,
    named_places,
    picture_under,
)
from quizbank.exchange.moodle.xml_syntax import value_of
from quizbank.exchange.texts import as_markdown
from quizbank.exchange.xml_reading import Element
from quizbank.files import Picture
from quizbank.kinds.shapes import Shape, bounds, boxes_meet, problem_of

_SHAPES = {"circle": Shape.CIRCLE, "rectangle": Shape.RECT, "polygon": Shape.POLYGON}
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,12})?")
_MORE = (
    "Elsewhere more markers than places can be put down, and each one too many costs; here as many "
    "places are chosen as there are."
)
_NUMBERED = (
    "Several markers cannot be told apart where they are put down: the places are numbered on the "
    "picture here, and each is matched with its marker, for the same share. That is easier than to "
    "find them; for the harder task make one question for each marker."
)
_OVERLAP = "Places overlap: a point in both counts for the first of them here."


def markers_of(
    question: Element,
    text_of: Callable[[Element], str],
    picture_of: Callable[[Element], Picture | None],
    reason: Callable[[bool], str],
) -> Marked:
    """Return the places of the markers; raises `Unfit`.

    With as many markers as places Moodle divides the hits by the places, as a hotspot and a
    matching do.
    """
    markers = _markers(question, text_of)
    places = [_place(one, markers) for one in question.all("drop")]
    if not places:
        raise Unfit("There is no place for the marker; a <drop> says where it belongs.")
    for number, marker in markers.items():
        wanted = sum(one.marker == number for one in places)
        if marker.count < wanted:
            said = f"There are {wanted} places, but the marker can be put down {marker.count:g}"
            raise Unfit(f"{said} times only. Nobody could find them all.")
    picture = picture_under(question, picture_of)
    if len(markers) > 1:
        named = named_places(picture, places, markers, reason(True))
        return replace(named, warnings=(*named.warnings, _NUMBERED))
    (marker,) = markers.values()
    return _found(picture, places, marker, reason)


def _found(
    picture: Picture, places: list[Place], marker: Marker, reason: Callable[[bool], str]
) -> Marked:
    warnings = [NO_WORDS, NAMES_LIE]
    warnings += [_MORE] if marker.count > len(places) else []
    boxes = [bounds(*one.drawn) for one in places]
    warnings += [_OVERLAP] if any(boxes_meet(a, b) for a, b in combinations(boxes, 2)) else []
    behind = "" if marker.text == SIGN else f"**{as_markdown(marker.text)}**"
    return Marked(_hotspot(picture, places, reason), behind, tuple(warnings))


def _markers(question: Element, text_of: Callable[[Element], str]) -> dict[str, Marker]:
    known: dict[str, Marker] = {}
    for one in question.all("drag"):
        text, number = text_of(one), value_of(one, "no")
        if text and number in known:
            raise Unfit(f"Line {one.line}: another marker has the same number.")
        if text:
            known[number] = Marker(text, _count(one))
    if not known:
        raise Unfit("There is no marker; a <drag> says what is put down.")
    return known


def _count(marker: Element) -> float:
    written = value_of(marker, "noofdrags")
    if marker.first("infinite") is not None or written == "0":
        return float("inf")
    return int(written) if re.fullmatch(r"\d{1,4}", written) else 1


def _place(drop: Element, markers: Collection[str]) -> Place:
    named, written = value_of(drop, "shape").lower(), value_of(drop, "coords")
    shape = _SHAPES.get(named)
    if shape is None:
        known = ", ".join(_SHAPES)
        raise Unfit(f"Line {drop.line}: “{named[:40]}” is no shape of a place, only {known} are.")
    marker = value_of(drop, "choice")
    if marker not in markers:
        raise Unfit(f"Line {drop.line}: this place asks for a marker that is not there.")
    numbers = [one.strip() for one in re.split("[;,]", written)]
    if not all(_NUMBER.fullmatch(one) for one in numbers):
        raise Unfit(f"Line {drop.line}: “{written[:40]}” are no coordinates, such as 322,213;10.")
    place = Place(marker, shape, tuple(float(one) for one in numbers))
    if problem := problem_of(place.shape, place.coords):
        raise Unfit(f"Line {drop.line}: {problem}.")
    return place


def _hotspot(picture: Picture, places: list[Place], reason: Callable[[bool], str]) -> Body:
    width, height = picture.width, picture.height
    right = len(places)
    places = [*places, *(Place("", Shape.RECT, one) for one in quarters(width, height))]
    names = named_by_place([one.drawn for one in places], width, height)
    regions = [
        _region(number, name, one, number <= right, reason)
        for number, (name, one) in enumerate(zip(names, places, strict=True), start=1)
    ]
    figure: Body = {
        "file": picture.digest,
        "alt": NO_DESCRIPTION,
        "width": width,
        "height": height,
    }
    return {
        "kind": "hotspot",
        "figure": figure,
        "regions": [*regions],
        "choose": right,
    }


def _region(
    number: int, name: str, place: Place, correct: bool, reason: Callable[[bool], str]
) -> Body:
    coords: list[JsonValue] = [*place.coords]
    return {
        "id": f"r{number}",
        "label": name,
        "shape": place.shape.value,
        "coords": coords,
        "correct": correct,
        "reason": reason(correct),
    }
