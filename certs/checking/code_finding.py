"""Finds upright QR codes on a drawn page, as dark and light pixels, and reads them."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from certs.checking.code_reading import Modules, read_code

Pixels = NDArray[np.bool_]
_FEWEST_ROWS = 3
_MOST_CORNERS = 60
_LARGEST_SIZE = 97


class _Corner(NamedTuple):
    """The middle of a finder pattern, and how many pixels one module takes."""

    x: float
    y: float
    module: float


def codes_on(dark: Pixels) -> tuple[str, ...]:
    """Return the texts of the upright codes on a page, as often as they stand there."""
    corners = _corners(dark)[:_MOST_CORNERS]
    found: list[str] = []
    for first in corners:
        for second, third in combinations([one for one in corners if one is not first], 2):
            for right, below in ((second, third), (third, second)):
                modules = _modules(dark, first, right, below)
                text = read_code(modules) if modules else None
                if text is not None:
                    found.append(text)
    return tuple(found)


def _corners(dark: Pixels) -> list[_Corner]:
    """Return the places that rows and columns alike cross as 1:1:3:1:1."""
    across = _crossings(dark)
    down = _crossings(dark.T)
    corners: list[_Corner] = []
    for x, y, module in across:
        near = any(abs(x - one.x) + abs(y - one.y) < 2 * module for one in corners)
        if near:
            continue
        met = [
            one
            for one in down
            if abs(one[1] - x) < module and abs(one[0] - y) < module and _alike(one[2], module)
        ]
        if len(met) >= _FEWEST_ROWS:
            middle = float(np.mean([one[0] for one in met]))
            rows = [
                one for one in across if abs(one[0] - x) < module and abs(one[1] - y) < 2 * module
            ]
            sideways = float(np.mean([one[0] for one in rows]))
            corners.append(_Corner(sideways, middle, module))
    return corners


def _crossings(dark: Pixels) -> list[tuple[float, int, float]]:
    """Return per line the middles of five runs in the proportions of a finder pattern."""
    found: list[tuple[float, int, float]] = []
    for number in range(len(dark)):
        line = dark[number]
        edges = np.flatnonzero(line[1:] != line[:-1]) + 1
        if len(edges) < 6:
            continue
        runs = np.diff(edges)
        starts_dark = line[edges[:-1]]
        total = runs[:-4] + runs[1:-3] + runs[2:-2] + runs[3:-1] + runs[4:]
        module = total / 7
        right = starts_dark[: len(module)].copy() & (module >= 1.5)
        for place, width in enumerate((1, 1, 3, 1, 1)):
            part = runs[place : place + len(module)]
            right &= np.abs(part - width * module) <= 0.5 * module + 0.5
        for at in np.flatnonzero(right):
            found.append((float(edges[at] + total[at] / 2), number, float(module[at])))
    return found


def _modules(dark: Pixels, first: _Corner, right: _Corner, below: _Corner) -> Modules | None:
    """Return the modules of the code with these three corners, if they can be those of one."""
    width, height, slack = right.x - first.x, below.y - first.y, first.module
    upright = abs(right.y - first.y) < slack and abs(below.x - first.x) < slack
    if not upright or width <= 0 or abs(width - height) > slack:
        return None
    size = 17 + 4 * round((width / first.module + 7 - 17) / 4)
    if not 21 <= size <= _LARGEST_SIZE or not _alike(width / (size - 7), first.module):
        return None
    across, down = width / (size - 7), height / (size - 7)
    columns = np.rint(first.x + (np.arange(size) - 3) * across - 0.5).astype(int)
    rows = np.rint(first.y + (np.arange(size) - 3) * down - 0.5).astype(int)
    if min(columns[0], rows[0]) < 0 or columns[-1] >= dark.shape[1] or rows[-1] >= dark.shape[0]:
        return None
    return [[bool(cell) for cell in line] for line in dark[np.ix_(rows, columns)]]


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= 0.25 * other
