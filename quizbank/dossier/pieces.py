"""Shapes as pieces: a point lies in a shape where every inequality of one of its pieces holds.

A piece is a list of [a, b, c, d, e], whole numbers with a·x² + b·x + c·y² + d·y + e ≥ 0 inside and
on the edge. A polygon is parted by horizontal lines through its corners and crossings into
trapezoids, by the even-odd rule; its edges are pieces of their own, because they belong to it.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import lcm

from pydantic import JsonValue

from quizbank.kinds.shapes import Shape

_Point = tuple[Fraction, Fraction]
_Edge = tuple[_Point, _Point]
_Inequality = tuple[Fraction, Fraction, Fraction, Fraction, Fraction]
_NONE, _ONE = Fraction(0), Fraction(1)


def pieces_of(shape: Shape, coords: Sequence[float]) -> list[JsonValue]:
    """Return the pieces of a sound shape."""
    pieces: list[JsonValue] = []
    for piece in _pieces(shape, coords):
        pieces.append([_whole(one) for one in piece])
    return pieces


def _pieces(shape: Shape, coords: Sequence[float]) -> list[list[_Inequality]]:
    numbers = [Fraction(repr(one)) for one in coords]
    match shape:
        case Shape.CIRCLE:
            x, y, radius = numbers
            return [_ellipse(x, y, radius, radius)]
        case Shape.ELLIPSE:
            x, y, across, down = numbers
            return [_ellipse(x, y, across, down)]
        case Shape.RECT:
            left, top, wide, high = numbers
            return [[*_between_x(left, left + wide), *_between_y(top, top + high)]]
        case Shape.POLYGON:
            return _polygon(list(zip(numbers[::2], numbers[1::2], strict=True)))


def _ellipse(x: Fraction, y: Fraction, across: Fraction, down: Fraction) -> list[_Inequality]:
    a, c = -(down**2), -(across**2)
    rest = (across * down) ** 2 + a * x * x + c * y * y
    return [(a, -2 * a * x, c, -2 * c * y, rest)]


def _polygon(corners: list[_Point]) -> list[list[_Inequality]]:
    edges = [*pairwise([corners[-1], *corners])]
    levels = sorted({y for _, y in corners} | {y for _, y in _crossings(edges)})
    pieces = [_segment(edge) for edge in edges]
    for top, bottom in pairwise(levels):
        through = [edge for edge in edges if _spans(edge, top, bottom)]
        middle = (top + bottom) / 2
        ranked = sorted(through, key=lambda edge: _x_at(edge, middle))
        for left, right in zip(ranked[::2], ranked[1::2], strict=True):
            pieces.append([*_between_y(top, bottom), *_right_of(left), *_left_of(right)])
    return pieces


def _crossings(edges: Sequence[_Edge]) -> list[_Point]:
    found: list[_Point] = []
    for (a, b), (c, d) in combinations(edges, 2):
        along, other = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
        turn = along[0] * other[1] - along[1] * other[0]
        if not turn:
            continue
        share = ((c[0] - a[0]) * other[1] - (c[1] - a[1]) * other[0]) / turn
        if 0 <= share <= 1:
            found.append((a[0] + share * along[0], a[1] + share * along[1]))
    return found


def _spans(edge: _Edge, top: Fraction, bottom: Fraction) -> bool:
    high, low = sorted((edge[0][1], edge[1][1]))
    return high <= top and bottom <= low


def _x_at(edge: _Edge, y: Fraction) -> Fraction:
    (ax, ay), (bx, by) = edge
    return ax + (y - ay) * (bx - ax) / (by - ay)


def _line(edge: _Edge) -> _Inequality:
    """Return what is 0 on the edge's line and above it to the right of one that is not level."""
    (ax, ay), (bx, by) = edge if edge[0][1] <= edge[1][1] else (edge[1], edge[0])
    down, across = by - ay, bx - ax
    return (_NONE, down, _NONE, -across, ay * across - ax * down)


def _right_of(edge: _Edge) -> list[_Inequality]:
    return [_line(edge)]


def _left_of(edge: _Edge) -> list[_Inequality]:
    return [_turned(_line(edge))]


def _turned(one: _Inequality) -> _Inequality:
    a, b, c, d, e = one
    return (-a, -b, -c, -d, -e)


def _segment(edge: _Edge) -> list[_Inequality]:
    xs, ys = sorted((edge[0][0], edge[1][0])), sorted((edge[0][1], edge[1][1]))
    return [*_right_of(edge), *_left_of(edge), *_between_x(*xs), *_between_y(*ys)]


def _between_x(left: Fraction, right: Fraction) -> list[_Inequality]:
    return [(_NONE, _ONE, _NONE, _NONE, -left), (_NONE, -_ONE, _NONE, _NONE, right)]


def _between_y(top: Fraction, bottom: Fraction) -> list[_Inequality]:
    return [(_NONE, _NONE, _NONE, _ONE, -top), (_NONE, _NONE, _NONE, -_ONE, bottom)]


def _whole(one: _Inequality) -> JsonValue:
    times = lcm(*(number.denominator for number in one))
    return [int(number * times) for number in one]
