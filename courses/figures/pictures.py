"""Drawings under addresses of their own: a browser keeps them, and no page carries them along.

An address names the figure, how it is drawn and a digest of the drawing, so that another drawing
has another address.
"""

import hashlib
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote

from courses.figures.canvas import Drawing
from courses.figures.facts import FigureFacts
from courses.figures.figure import Figure, draw_figure
from courses.figures.palette import DARK, LIGHT


class Theme(StrEnum):
    """On which ground a figure is drawn."""

    LIGHT = "light"
    DARK = "dark"


class Shape(StrEnum):
    """For which room a figure is drawn."""

    WIDE = "wide"
    COMPACT = "compact"


@lru_cache(maxsize=64)
def drawn(facts: FigureFacts, theme: Theme) -> Figure:
    """Return the figure in the colours of the theme, drawn once a process."""
    return draw_figure(facts, DARK if theme is Theme.DARK else LIGHT)


def picture(facts: FigureFacts, theme: Theme, shape: Shape) -> Drawing:
    """Return one drawing of a figure."""
    figure = drawn(facts, theme)  # pyright: ignore[reportArgumentType] frozen models do hash
    return figure.wide if shape is Shape.WIDE else figure.compact


def digest_of(drawing: Drawing) -> str:
    """Return what tells this drawing from any other of the figure."""
    return hashlib.sha256(drawing.svg.encode()).hexdigest()[:16]


def address_of(course: str, name: str, theme: Theme, shape: Shape, digest: str) -> str:
    """Return where the site answers with this drawing of a course's figure."""
    figure = f"{quote(course, safe='')}/{quote(name, safe='')}"
    return f"/figures/{figure}/{theme}-{shape}.svg?drawn={digest}"
