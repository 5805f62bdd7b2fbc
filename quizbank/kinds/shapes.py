"""Shapes on a figure: whether a point lies in one, computed exactly.

Coordinates are pixels of the figure, x to the right and y downwards. Edges count as inside. A
polygon may be open or closed, and crossing lines count by the even-odd rule.
"""

import math
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

Coords = Sequence[float]
_Point = tuple[Fraction, Fraction]


class Shape(StrEnum):
    """What a region's coordinates mean."""

    CIRCLE = "circle"  # centre x, centre y, radius
    RECT = "rect"  # left, top, width, height
    ELLIPSE = "ellipse"  # centre x, centre y, radius across, radius down
    POLYGON = "polygon"  # x, y of every corner


_NUMBERS = {Shape.CIRCLE: 3, Shape.RECT: 4, Shape.ELLIPSE: 4}
_LEAST_CORNERS, _MOST_CORNERS = 3, 100


def holds(shape: Shape, coords: Coords, x: float, y: float) -> bool:
    """Tell whether the point lies in the shape or on its edge."""
    point, numbers = (_exact(x), _exact(y)), [_exact(one) for one in coords]
    match shape:
        case Shape.CIRCLE:
            return _in_ellipse(point, numbers[0], numbers[1], numbers[2], numbers[2])
        case Shape.ELLIPSE:
            return _in_ellipse(point, numbers[0], numbers[1], numbers[2], numbers[3])
        case Shape.RECT:
            left, top, width, height = numbers
            return left <= point[0] <= left + width and top <= point[1] <= top + height
        case Shape.POLYGON:
            return _in_polygon(point, numbers)


def bounds(shape: Shape, coords: Coords) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of a sound shape."""
    match shape:
        case Shape.CIRCLE:
            x, y, r = coords
            return x - r, y - r, x + r, y + r
        case Shape.ELLIPSE:
            x, y, across, down = coords
            return x - across, y - down, x + across, y + down
        case Shape.RECT:
            left, top, width, height = coords
            return left, top, left + width, top + height
        case Shape.POLYGON:
            return min(coords[::2]), min(coords[1::2]), max(coords[::2]), max(coords[1::2])


def boxes_meet(one: Coords, other: Coords) -> bool:
    """Tell whether two boxes, each as `bounds` gives it, share a point."""
    left, top, right, bottom = one
    x, y, far, low = other
    return left <= far and x <= right and top <= low and y <= bottom


def problem_of(shape: Shape, coords: Coords) -> str:
    """Return what is wrong with a shape's coordinates, or an empty text."""
    if not all(math.isfinite(one) for one in coords):
        return "its coordinates must be numbers"
    if shape is Shape.POLYGON:
        return _problem_of_polygon(coords)
    if len(coords) != _NUMBERS[shape]:
        return f"a {shape} has {_NUMBERS[shape]} numbers, not {len(coords)}"
    if any(one <= 0 for one in coords[2:]):
        return f"the size of a {shape} must be above 0"
    return ""


def _problem_of_polygon(coords: Coords) -> str:
    if len(coords) % 2:
        return "a polygon needs an x and a y for every corner"
    corners = set(zip(coords[::2], coords[1::2], strict=True))
    if not len(corners) >= _LEAST_CORNERS or len(coords) > 2 * _MOST_CORNERS:
        return f"a polygon has {_LEAST_CORNERS} to {_MOST_CORNERS} different corners"
    return ""


def _exact(number: float) -> Fraction:
    # As it is written in decimal, so that 0.3 is three tenths.
    return Fraction(repr(number))


def _in_ellipse(point: _Point, x: Fraction, y: Fraction, across: Fraction, down: Fraction) -> bool:
    off_x, off_y = (point[0] - x) * down, (point[1] - y) * across
    return off_x * off_x + off_y * off_y <= (across * down) ** 2


def _in_polygon(point: _Point, numbers: Sequence[Fraction]) -> bool:
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))
    inside = False
    for start, end in pairwise([corners[-1], *corners]):
        if _on_line(point, start, end):
            return True
        inside ^= _crosses(point, start, end)
    return inside


def _on_line(point: _Point, start: _Point, end: _Point) -> bool:
    return (
        _turn(start, end, point) == 0
        and min(start[0], end[0]) <= point[0] <= max(start[0], end[0])
        and min(start[1], end[1]) <= point[1] <= max(start[1], end[1])
    )


def _crosses(point: _Point, start: _Point, end: _Point) -> bool:
    """Tell whether a ray from the point to the right passes through the line."""
    if (start[1] > point[1]) == (end[1] > point[1]):
        return False
    upper, lower = (start, end) if start[1] < end[1] else (end, start)
    return _turn(upper, lower, point) > 0


def _turn(start: _Point, end: _Point, point: _Point) -> Fraction:
    across, down = end[0] - start[0], end[1] - start[1]
    return across * (point[1] - start[1]) - down * (point[0] - start[0])
