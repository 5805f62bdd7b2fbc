"""Moodle's markers to drag onto a picture (ddmarker): one as places to find, several as names.

Points on a figure cannot tell different markers apart. Where there are several, the places are
numbered on the picture, and each is matched with its marker.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import combinations

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_DESCRIPTION
from quizbank.exchange.marked_places import NAMES_LIE, named_by_place, quarters
from quizbank.exchange.moodle.bodies import Body, Unfit
from quizbank.exchange.moodle.xml_hotspot import SIGN
from quizbank.exchange.moodle.xml_syntax import value_of
from quizbank.exchange.numbered_figure import numbered
from quizbank.exchange.texts import as_markdown
from quizbank.exchange.xml_reading import Element
from quizbank.files import NoPicture, Picture, address_of
from quizbank.kinds.shapes import Shape, bounds, boxes_meet, problem_of

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
_NUMBERED = (
    "Several markers cannot be told apart where they are put down: the places are numbered on the "
    "picture here, and each is matched with its marker, for the same share. That is easier than to "
    "find them; for the harder task make one question for each marker."
)
_OVERLAP = "Places overlap: a point in both counts for the first of them here."


@dataclass(frozen=True)
class Marked:
    """The fields of an item, what stands behind its question, and what deserves a look.

    `drawn` is the numbered picture, where one was made.
    """

    fields: Body
    behind: str
    warnings: tuple[str, ...]
    drawn: Picture | None = None


@dataclass(frozen=True)
class _Marker:
    """What is put down, and how often it can be."""

    text: str
    count: float


@dataclass(frozen=True)
class _Place:
    """Where a marker belongs: the number of the marker in the file, and a shape."""

    marker: str
    shape: Shape
    coords: tuple[float, ...]

    @property
    def drawn(self) -> tuple[Shape, tuple[float, ...]]:
        """The shape with its coordinates."""
        return self.shape, self.coords


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
    drawn = question.first("file")
    picture = picture_of(drawn) if drawn else None
    if picture is None:
        raise Unfit(_NO_PICTURE)
    if len(markers) > 1:
        return _named(picture, places, markers, reason(True))
    (marker,) = markers.values()
    return _found(picture, places, marker, reason)


def _found(
    picture: Picture, places: list[_Place], marker: _Marker, reason: Callable[[bool], str]
) -> Marked:
    warnings = [_NO_WORDS, NAMES_LIE]
    warnings += [_MORE] if marker.count > len(places) else []
    boxes = [bounds(*one.drawn) for one in places]
    warnings += [_OVERLAP] if any(boxes_meet(a, b) for a, b in combinations(boxes, 2)) else []
    behind = "" if marker.text == SIGN else f"**{as_markdown(marker.text)}**"
    return Marked(_hotspot(picture, places, reason), behind, tuple(warnings))


def _named(
    picture: Picture, places: list[_Place], markers: dict[str, _Marker], reason: str
) -> Marked:
    """Return a matching of numbered places, from top to bottom, with the markers."""
    if len(places) == 1:
        raise Unfit("There is one place for several markers: ask for it as a single choice.")
    whole = (0, 0, picture.width, picture.height)
    if any(not boxes_meet(bounds(*one.drawn), whole) for one in places):
        raise Unfit("A place lies outside the picture, where no number can stand.")
    if len({one.drawn for one in places}) < len(places):
        raise Unfit("Two places are the same, so that their numbers could not be told apart.")
    placed = sorted(places, key=lambda one: bounds(*one.drawn)[1::-1])
    try:
        drawn = numbered(picture, [one.drawn for one in placed])
    except NoPicture as problem:
        raise Unfit(f"The picture cannot be numbered. {problem}") from None
    ids = {number: f"c{place}" for place, number in enumerate(markers, start=1)}
    premises: list[JsonValue] = [
        {"id": f"p{at}", "text": f"Place {at}", "choice": ids[one.marker], "reason": reason}
        for at, one in enumerate(placed, start=1)
    ]
    choices: list[JsonValue] = [
        {"id": ids[number], "text": marker.text} for number, marker in markers.items()
    ]
    lie = named_by_place([one.drawn for one in placed], picture.width, picture.height)
    where = "; ".join(f"place {at}: {said}" for at, said in enumerate(lie, start=1))
    behind = f"![{NO_DESCRIPTION}; {where}]({address_of(drawn.digest)})"
    fields: Body = {"kind": "matching", "premises": premises, "choices": choices}
    return Marked(fields, behind, (_NO_WORDS, _NUMBERED), drawn)


def _markers(question: Element, text_of: Callable[[Element], str]) -> dict[str, _Marker]:
    known: dict[str, _Marker] = {}
    for one in question.all("drag"):
        text, number = text_of(one), value_of(one, "no")
        if text and number in known:
            raise Unfit(f"Line {one.line}: another marker has the same number.")
        if text:
            known[number] = _Marker(text, _count(one))
    if not known:
        raise Unfit("There is no marker; a <drag> says what is put down.")
    return known


def _count(marker: Element) -> float:
    written = value_of(marker, "noofdrags")
    if marker.first("infinite") is not None or written == "0":
        return float("inf")
    return int(written) if re.fullmatch(r"\d{1,4}", written) else 1


def _place(drop: Element, markers: Collection[str]) -> _Place:
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
    place = _Place(marker, shape, tuple(float(one) for one in numbers))
    if problem := problem_of(place.shape, place.coords):
        raise Unfit(f"Line {drop.line}: {problem}.")
    return place


def _hotspot(picture: Picture, places: list[_Place], reason: Callable[[bool], str]) -> Body:
    width, height = picture.width, picture.height
    right = len(places)
    places = [*places, *(_Place("", Shape.RECT, one) for one in quarters(width, height))]
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
