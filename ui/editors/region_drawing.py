"""Drawing a region by clicks: which one is being drawn, and what the clicks make of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from quizbank.kinds.shapes import Shape, problem_of
from ui.bank.item_draft import Draft
from ui.figures.input import Point


@dataclass
class Drawing:
    """The region that is being drawn, empty where none is, and the clicks so far.

    `turn` counts what was begun and ended, so that widgets are filled from the draft again.
    """

    region: str = ""
    points: tuple[Point, ...] = ()
    turn: int = 0

    def begin(self, region: str) -> None:
        """Draw this region from now on."""
        self.region, self.points, self.turn = region, (), self.turn + 1

    def stop(self) -> None:
        """Draw none."""
        self.begin("")


def drawing_of(draft: Draft) -> Drawing:
    """Return what is being drawn in this draft."""
    return st.session_state.setdefault(draft.key("drawing"), Drawing())


def shape_from(shape: Shape, points: Sequence[Point]) -> tuple[float, ...]:
    """Return the coordinates that these clicks make, empty while they are too few."""
    if shape is Shape.POLYGON:
        coords = tuple(number for point in points for number in point)
    elif len(points) < 2:
        return ()
    else:
        coords = tuple(round(one, 1) for one in _from_two(shape, points[0], points[1]))
    return () if problem_of(shape, coords) else coords


def _from_two(shape: Shape, first: Point, second: Point) -> tuple[float, ...]:
    left, right = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    if shape is Shape.CIRCLE:
        return (*first, math.dist(first, second))
    if shape is Shape.ELLIPSE:
        across, down = (right - left) / 2, (bottom - top) / 2
        return left + across, top + down, across, down
    return left, top, right - left, bottom - top
