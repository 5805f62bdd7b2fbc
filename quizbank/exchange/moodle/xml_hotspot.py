"""Hotspots as Moodle's markers to put down (ddmarker), and what these leave behind of them."""

from itertools import combinations

from quizbank.exchange.moodle.xml_parts import Parts, element
from quizbank.kinds.hotspot import Hotspot, Region
from quizbank.kinds.shapes import Shape, bounds, boxes_meet, holds

# What is put down where the question names nothing; it says nothing, and is not read as a text.
SIGN = "✕"
_LEAST_CORNERS = 3
# So many points across and down tell whether two places lie over each other.
_STEPS = 15
_SHAPES = {Shape.CIRCLE: "circle", Shape.RECT: "rectangle", Shape.POLYGON: "polygon"}


def hotspot_parts(item: Hotspot, parts: Parts) -> list[str]:
    """Return the picture, the marker and the places where it belongs."""
    drag = element("no", "1") + element("text", SIGN) + element("noofdrags", str(item.choose))
    places = "".join(
        f"<drop>{element('no', str(number))}{element('shape', _SHAPES[one.shape])}"
        f"{element('coords', _coords(one))}{element('choice', '1')}</drop>"
        for number, one in enumerate(_right(item), start=1)
    )
    return [parts.file(item.figure.file), f"<drag>{drag}</drag>", places]


def hotspot_reason(item: Hotspot) -> str:
    """Return why the right places are right; Moodle says it once for all."""
    return "\n\n".join(dict.fromkeys(one.reason for one in _right(item)))


def hotspot_cannot_hold(item: Hotspot) -> str:
    """Return why Moodle's markers would not earn what the item gives, or an empty text."""
    right = _right(item)
    if len(right) > item.choose:
        return "more places are right than may be chosen, and Moodle wants them all"
    if any(one.shape not in _SHAPES for one in right):
        return "Moodle's markers know no ellipse"
    if any(round(one) < 0 for place in right for one in place.coords):
        return "a right place begins beyond the edge of the picture, which Moodle refuses"
    if any(_empty(one) for one in right):
        return "a right place is too small for whole pixels, and Moodle knows no others"
    if any(_share(wrong, right) for wrong, right in _close(item)):
        return "a wrong place lies over a right one, and Moodle knows right ones only"
    return ""


def hotspot_changes(item: Hotspot) -> tuple[str, ...]:
    """Return what of the item Moodle's markers leave out."""
    right = _right(item)
    told = {
        "its wrong places, the names of all, and what the picture shows in words": True,
        "that more places may be chosen than are right (it costs in Moodle, too)": item.choose
        > len(right),
        "whether the edge between two places is right": bool(_close(item)),
        "parts of pixels": any(one != round(one) for place in right for one in place.coords),
        "for which of two right places a point in both counts": any(
            _meet(one, other) for one, other in combinations(right, 2)
        ),
    }
    return tuple(name for name, lost in told.items() if lost)


def _right(item: Hotspot) -> list[Region]:
    return [one for one in item.regions if one.correct]


def _coords(region: Region) -> str:
    numbers = [str(round(one)) for one in region.coords]
    if region.shape is Shape.POLYGON:
        return ";".join(f"{x},{y}" for x, y in zip(numbers[::2], numbers[1::2], strict=True))
    x, y, *size = numbers
    return f"{x},{y};{','.join(size)}"


def _empty(region: Region) -> bool:
    if region.shape is Shape.POLYGON:
        whole = [round(one) for one in region.coords]
        return len({*zip(whole[::2], whole[1::2], strict=True)}) < _LEAST_CORNERS
    return any(round(one) < 1 for one in region.coords[2:])


def _close(item: Hotspot) -> list[tuple[Region, Region]]:
    """Return wrong regions that come before right ones near them: there a point is wrong."""
    return [
        (one, other)
        for place, one in enumerate(item.regions)
        for other in item.regions[place + 1 :]
        if other.correct and not one.correct and _meet(one, other)
    ]


def _share(one: Region, other: Region) -> bool:
    """Tell whether two regions lie over each other by more than edges and slivers."""
    box, second = bounds(one.shape, one.coords), bounds(other.shape, other.coords)
    left, top = max(box[0], second[0]), max(box[1], second[1])
    right, bottom = min(box[2], second[2]), min(box[3], second[3])
    steps = [(step + 0.5) / _STEPS for step in range(_STEPS)]
    points = ((left + (right - left) * x, top + (bottom - top) * y) for x in steps for y in steps)
    return any(
        holds(one.shape, one.coords, *point) and holds(other.shape, other.coords, *point)
        for point in points
        if right > left and bottom > top
    )


def _meet(one: Region, other: Region) -> bool:
    return boxes_meet(bounds(one.shape, one.coords), bounds(other.shape, other.coords))
