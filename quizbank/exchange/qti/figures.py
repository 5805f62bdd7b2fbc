"""Places on pictures of QTI: hotspots, points, and objects put on a stage, as hotspots here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_DESCRIPTION, NO_REASON
from quizbank.exchange.marked_places import NAMES_LIE, named_by_place, quarters
from quizbank.exchange.qti.item import Body, QtiItem, identifiers_of, keys_of, parts_of
from quizbank.exchange.qti.tree import Unfit, whole
from quizbank.exchange.qti.values import Response, most, read_shape
from quizbank.exchange.xml_reading import Element
from quizbank.kinds.shapes import Shape

_MOST_COMPARED = 256
_OTHERWISE = (
    "Places that earn differently, cost something, or must all be found to earn anything are not "
    "read: every right place earns the same here."
)


@dataclass(frozen=True)
class _Place:
    """A region before it is one: its label, where it is, what it earns."""

    label: str
    shape: str
    coords: tuple[float, ...]
    points: Fraction


def hotspot(item: QtiItem, interaction: Element) -> Body:
    """Return a hotspot whose regions are the choices; raises `Unfit`."""
    response = item.response_of(interaction)
    parts = parts_of(interaction, "hotspotchoice")
    names = identifiers_of(parts)
    one_only = response.cardinality == "single"
    choose = 1 if one_only else most(interaction, "maxchoices") or len(parts)
    points = {one: item.score({response.id: response.value(one)}) for one in names}
    chosen = list(_subsets(names, choose))
    if len(chosen) > _MOST_COMPARED:
        raise Unfit(interaction.line, "Too many places may be chosen to prove that marks are kept.")
    scores = [item.score({response.id: response.value(*one)}) for one in chosen]
    best = max(scores, default=Fraction(0))
    right = sum(earned > 0 for earned in points.values())
    places = [
        _Place(_label(one, name), *read_shape(one), points[name])
        for one, name in zip(parts, names, strict=True)
    ]
    ids = keys_of(names, item.line)
    expected: list[tuple[JsonValue, Fraction]] = [
        ({"regions": [ids[one] for one in said]}, earned / best)
        for said, earned in zip(chosen, scores, strict=True)
        if best
    ]
    told: list[Body] = [
        {"id": ids[name], "reason": item.reason({response.id: response.value(name)})}
        for name in names
    ]
    for limit in dict.fromkeys((1 if one_only else min(choose, right), choose)):
        body = _body(item, interaction, places, limit, told)
        if best and (item.agrees(body, expected) or item.trial(body) is None):
            return body
    raise Unfit(item.processing.line, _OTHERWISE)


def points(item: QtiItem, interaction: Element) -> Body:
    """Return a hotspot whose regions are the areas that earn something; raises `Unfit`."""
    response = item.response_of(interaction)
    if item.processing.template != "map_response_point" or not response.areas:
        raise Unfit(interaction.line, "Points are read where map_response_point marks them.")
    places = [_Place("", one.shape, one.coords, one.value) for one in response.areas]
    right = [one for one in places if one.points > 0]
    _refuse_uneven(response, right)
    choose = most(interaction, "maxchoices") if response.cardinality != "single" else 1
    choose = min(choose or len(right), len(right))
    width, height, _ = _size(item, interaction)
    if all(one.points > 0 for one in places):
        for left, top, across, down in quarters(width, height):
            corners = (left, top, left + across, top + down)
            places.append(_Place("", "rect", corners, Fraction(0)))
        item.warnings.append(NAMES_LIE)
    names = named_by_place([(_shape(one), _coords(one)) for one in places], width, height)
    places = [replace(one, label=name) for one, name in zip(places, names, strict=True)]
    # The picture of a stage stands beside its interaction, and would be shown twice.
    stem = item.stem({id(_drawn(item, interaction)): ""})
    return _body(item, interaction, places, choose) | {"stem": stem}


def _refuse_uneven(response: Response, right: Sequence[_Place]) -> None:
    lower, upper = response.areas_bounds
    total = sum((one.points for one in right), Fraction(0))
    uneven = len({one.points for one in right}) != 1
    costs = response.areas_default != 0 or any(one.value < 0 for one in response.areas)
    if uneven or costs or (lower or 0) > 0 or (upper is not None and upper < total):
        raise Unfit(response.line, _OTHERWISE)


def _body(
    item: QtiItem,
    interaction: Element,
    places: Sequence[_Place],
    choose: int,
    told: Sequence[Body] = (),
) -> Body:
    width, height, figure = _size(item, interaction)
    regions: list[JsonValue] = []
    for number, one in enumerate(places, 1):
        region: Body = {
            "id": f"r{number}",
            "label": one.label,
            "shape": _shape(one).value,
            "coords": [*_coords(one)],
            "correct": one.points > 0,
            "reason": NO_REASON,
        }
        regions.append(region | (told[number - 1] if told else {}))
    return {
        "kind": "hotspot",
        "figure": {"file": figure[0], "alt": figure[1], "width": width, "height": height},
        "regions": regions,
        "choose": choose,
    }


def _size(item: QtiItem, interaction: Element) -> tuple[int, int, tuple[str, str]]:
    """Return the size in which the coordinates count, the picture's digest, and its words."""
    drawn = _drawn(item, interaction)
    name = drawn.get("data") or drawn.get("src")
    found = item.texts.picture(name)
    if found is None:
        said = item.texts.warnings.pop()
        raise Unfit(drawn.line, f"Places on a picture need it. {said}")
    words = " ".join((drawn.get("alt") or drawn.full_text).split())
    if not words:
        item.warnings.append("The picture has no words for those who cannot see it; write some.")
    width, height = whole(drawn, "width", found.width), whole(drawn, "height", found.height)
    return width, height, (found.digest, words or NO_DESCRIPTION)


def _drawn(item: QtiItem, interaction: Element) -> Element:
    stages = [one for one in item.body.walk() if any(part is interaction for part in one.children)]
    inside = stages if interaction.name == "positionobjectinteraction" else [interaction]
    for one in inside:
        for part in one.children:
            if part.name in {"object", "img"}:
                return part
    raise Unfit(interaction.line, "The interaction shows no picture.")


def _label(part: Element, name: str) -> str:
    said = part.get("hotspotlabel") or part.get("arialabel") or part.full_text
    return " ".join(said.split()) or name


def _shape(place: _Place) -> Shape:
    return Shape.POLYGON if place.shape == "poly" else Shape(place.shape)


def _coords(place: _Place) -> tuple[float, ...]:
    if place.shape != "rect":
        return place.coords
    left, top, right, bottom = (Fraction(repr(one)) for one in place.coords)
    return float(left), float(top), float(right - left), float(bottom - top)


def _subsets(names: Sequence[str], most_of_them: int) -> Iterator[tuple[str, ...]]:
    for size in range(min(most_of_them, len(names)) + 1):
        for count, one in enumerate(combinations(names, size)):
            if count > _MOST_COMPARED:
                return
            yield one
