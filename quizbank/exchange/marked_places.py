"""Figures of files that mark right places only: wrong places beside them, and names for all.

The list of places for the keyboard shows every name, so that none may tell which place is right.
"""

from collections.abc import Sequence

from quizbank.kinds.shapes import Coords, Shape, bounds

NAMES_LIE = (
    "The file marks right places only. The four quarters of the picture stand behind them as wrong "
    "places, and every place is named by where it lies; give each a label that says what is there."
)


def quarters(width: int, height: int) -> list[tuple[float, float, float, float]]:
    """Return the four quarters of a figure: left, top, width and height of each.

    A point counts for the first region that holds it, so that they come last.
    """
    across, down = width / 2, height / 2
    return [(x, y, across, down) for y in (0.0, down) for x in (0.0, across)]


def named_by_place(
    places: Sequence[tuple[Shape, Coords]], width: int, height: int
) -> tuple[str, ...]:
    """Return a name for each place that says where its middle lies, each another."""
    names: list[str] = []
    for shape, coords in places:
        left, top, right, bottom = bounds(shape, coords)
        across, down = (left + right) / 2 / max(1, width), (top + bottom) / 2 / max(1, height)
        said = f"{across:.0%} across, {down:.0%} down".replace("%", " %")
        same = sum(name == said or name.startswith(f"{said} (") for name in names)
        names.append(f"{said} ({same + 1})" if same else said)
    return tuple(names)
