"""Fitzpatrick's types as answers to the sun: how readily skin burns, and how readily it tans.

Drawn as scales and not as patches of skin, since the type cannot be read off a face.
"""

from courses.figures.atlas_facts import SkinType, SkinTypesFacts
from courses.figures.canvas import Canvas, Drawing, wrapped
from courses.figures.palette import Palette

_NARROW = 500
_SMALL = 12.0
_CELL = 17.0
_MOST_BURNS = 5
_MOST_TANS = 3


def types_drawing(facts: SkinTypesFacts, palette: Palette, width: float) -> Drawing:
    """Draw a row for every type, its words beside the scales or below where it is narrow."""
    canvas = Canvas(width, palette)
    narrow = width < _NARROW
    left = 12 if narrow else 16
    canvas.text(left, 28, facts.title, size=14.5, bold=True)
    y = 48.0
    for line in wrapped(facts.limits, width - 2 * left, _SMALL):
        canvas.text(left, y, line, size=_SMALL, fill=palette.soft_ink)
        y += 15
    for one in facts.types:
        canvas.line(left, y, width - left, y, palette.rule, stroke_width=1)
        y = _row(canvas, one, left, y + 6, narrow)
    return canvas.finish(y + 10)


def _row(canvas: Canvas, one: SkinType, left: float, y: float, narrow: bool) -> float:
    colours = canvas.palette
    canvas.text(left, y + 30, one.numeral, size=20, bold=True, fill=colours.course)
    burns, tans = left + 44, left + 44 + _MOST_BURNS * _CELL + 26
    hatch = canvas.hatch("burns", colours.vessel, gap=5)
    _scale(canvas, "Burns", burns, y, one.burns, _MOST_BURNS, hatch, colours.vessel)
    if one.tans is None:
        canvas.text(tans, y + 13, "Tans", size=11.5, fill=colours.soft_ink)
        canvas.text(tans, y + 33, "not said", size=11.5, fill=colours.soft_ink)
    else:
        dots = _dots(canvas, colours.convention)
        _scale(canvas, "Tans", tans, y, one.tans, _MOST_TANS, dots, colours.convention)
    x = left if narrow else tans + _MOST_TANS * _CELL + 30
    bottom = y + 62 if narrow else y + 15
    canvas.text(x, bottom, one.words, size=13, bold=True)
    for words, fill in ((one.response, colours.ink), (one.action, colours.course)):
        for line in wrapped(words, canvas.width - x - 12, _SMALL):
            bottom += 16
            canvas.text(x, bottom, line, size=_SMALL, fill=fill)
    return max(y + 50, bottom + 10)


def _scale(
    canvas: Canvas, words: str, x: float, y: float, filled: int, most: int, fill: str, edge: str
) -> None:
    canvas.text(x, y + 13, words, size=11.5, fill=canvas.palette.soft_ink)
    for number in range(most):
        on = number < filled
        canvas.rect(
            x + number * _CELL, y + 20, _CELL - 3, 16, fill if on else "none",
            stroke=edge if on else canvas.palette.rule, stroke_width=1.4, rx=3,
        )  # fmt: skip


def _dots(canvas: Canvas, colour: str) -> str:
    canvas.define(
        "tans",
        '<pattern id="tans" width="5" height="5" patternUnits="userSpaceOnUse">'
        f'<circle cx="2.5" cy="2.5" r="1.7" fill="{colour}"/></pattern>',
    )
    return "url(#tans)"


def types_alt(facts: SkinTypesFacts) -> str:
    """Return what the figure shows, in words."""
    rows = " ".join(f"Type {one.numeral}: {one.words} {one.action}" for one in facts.types)
    return (
        f"{facts.title}. Two scales for every type, how readily it burns and how readily it tans. "
        f"{rows} {facts.limits}"
    )


def types_table(facts: SkinTypesFacts) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the figure's facts as header and rows."""
    rows = [
        (f"Type {one.numeral}", one.words, one.response, one.action, " ".join(one.sources))
        for one in facts.types
    ]
    return ("Type", "Answer to sun", "What to expect", "Course action", "Sources"), tuple(rows)
