"""Moodle's markers to drag onto a picture (ddmarker), one kind of them, as places to find."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_DESCRIPTION
from quizbank.exchange.marked_places import NAMES_LIE, named_by_place, quarters
from quizbank.exchange.moodle.bodies import Body, Unfit
from quizbank.exchange.moodle.xml_syntax import value_of
from quizbank.exchange.xml_reading import Element
from quizbank.files import Picture
from quizbank.kinds.shapes import Shape, bounds, problem_of

_SHAPES = {"circle": Shape.CIRCLE, "rectangle": Shape.RECT, "polygon": Shape.POLYGON}
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,12})?")
_NO_PICTURE = (
    "The picture under the markers is not there, or is no PNG, JPEG, GIF or WebP that can be "
    "shown. Export the question again with its picture."
)
_NO_WORDS = "The picture has no words for those who cannot see it; write some."
_MORE = (
    "Elsewhere more markers than places can be put down, and each one too many costs; here as many "
    "places are chosen as there are."
)
_OVERLAP = "Places overlap: a point in both counts for the first of them here."


@dataclass(frozen=True)
class Marked:
    """The fields of a hotspot, without its stem, what is put down, and what deserves a look."""

    fields: Body
    marker: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Place:
    """Where a marker belongs."""

    shape: Shape
    coords: tuple[float, ...]


def markers_of(
    question: Element,
    text_of: Callable[[Element], str],
    picture_of: Callable[[Element], Picture | None],
    reason: Callable[[bool], str],
) -> Marked:
    """Return the places of one marker; raises `Unfit`.

    Several different markers would have to be told apart, which points cannot. With as many
    markers as places Moodle divides the hits by the places, as a hotspot does.
    """
    marker, text = _marker(question, text_of)
    places = [_place(one, marker) for one in question.all("drop")]
    if not places:
        raise Unfit("There is no place for the marker; a <drop> says where it belongs.")
    warnings = [_NO_WORDS, NAMES_LIE]
    if (count := _count(marker)) < len(places):
        said = f"There are {len(places)} places, but the marker can be put down {count} times only."
        raise Unfit(f"{said} Nobody could find them all.")
    warnings += [_MORE] if count > len(places) else []
    warnings += [_OVERLAP] if any(_meet(a, b) for a, b in combinations(places, 2)) else []
    drawn = question.first("file")
    picture = picture_of(drawn) if drawn else None
    if picture is None:
        raise Unfit(_NO_PICTURE)
    return Marked(_hotspot(picture, places, reason), text, tuple(warnings))


def _marker(question: Element, text_of: Callable[[Element], str]) -> tuple[Element, str]:
    known = [(one, text_of(one)) for one in question.all("drag")]
    named = [(one, text) for one, text in known if text]
    if len(named) > 1:
        said = f"{len(named)} different markers cannot be told apart on a hotspot: "
        raise Unfit(f"{said}make one question of the type ddmarker for each of them.")
    if not named:
        raise Unfit("There is no marker; a <drag> says what is put down.")
    return named[0]


def _count(marker: Element) -> float:
    written = value_of(marker, "noofdrags")
    if marker.first("infinite") is not None or written == "0":
        return float("inf")
    return int(written) if re.fullmatch(r"\d{1,4}", written) else 1


def _place(drop: Element, marker: Element) -> _Place:
    named, written = value_of(drop, "shape").lower(), value_of(drop, "coords")
    shape = _SHAPES.get(named)
    if shape is None:
        known = ", ".join(_SHAPES)
        raise Unfit(f"Line {drop.line}: “{named[:40]}” is no shape of a place, only {known} are.")
    if value_of(drop, "choice") != value_of(marker, "no"):
        raise Unfit(f"Line {drop.line}: this place asks for a marker that is not there.")
    numbers = [one.strip() for one in re.split("[;,]", written)]
    if not all(_NUMBER.fullmatch(one) for one in numbers):
        raise Unfit(f"Line {drop.line}: “{written[:40]}” are no coordinates, such as 322,213;10.")
    place = _Place(shape, tuple(float(one) for one in numbers))
    if problem := problem_of(place.shape, place.coords):
        raise Unfit(f"Line {drop.line}: {problem}.")
    return place


def _meet(one: _Place, other: _Place) -> bool:
    left, top, right, bottom = bounds(one.shape, one.coords)
    x, y, far, low = bounds(other.shape, other.coords)
    return left <= far and x <= right and top <= low and y <= bottom


def _hotspot(picture: Picture, places: list[_Place], reason: Callable[[bool], str]) -> Body:
    width, height = picture.width, picture.height
    right = len(places)
    places = [*places, *(_Place(Shape.RECT, one) for one in quarters(width, height))]
    names = named_by_place([(one.shape, one.coords) for one in places], width, height)
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
    number: int, name: str, place: _Place, correct: bool, reason: Callable[[bool], str]
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
