"""What goes on in the skin on a day of healing: one needle channel, drawn and not to scale."""

import math
from collections.abc import Callable

from courses.figures.canvas import SMALLEST_TEXT, Canvas, path_of, wave, wrapped
from courses.figures.healing_days import DAY, Day
from courses.figures.parts import Phase

HEIGHT = 92.0
_EPIDERMIS = 20.0
_DEPTH = 66.0
_OPEN = 1
_VULNERABLE = 3


def draw_skin(canvas: Canvas, day: Day, x: float, y: float, width: float) -> None:
    """Draw a piece of skin with a channel in its middle, as it may look inside on this day.

    The gap in the epidermis follows the course rule: open for 24 hours, vulnerable for 72.
    """
    colours = canvas.palette
    canvas.define(
        "piece",
        f'<clipPath id="piece"><rect x="{x}" y="{y}" width="{width}" height="{HEIGHT}" rx="5"/>'
        "</clipPath>",
    )
    canvas.rect(x, y, width, HEIGHT, colours.dermis, clip_path="url(#piece)")
    _draw_old_fibres(canvas, x, y, width)
    middle = x + width / 2
    running = [day.facts.phases.index(one) for one in day.phases]
    _draw_channel(canvas, day, middle, y)
    for number, draw in enumerate((_draw_clot, _draw_cells, _draw_new_fibres, _draw_old_order)):
        if number in running:
            draw(canvas, middle, y, _share(day, day.facts.phases[number]))
    _draw_epidermis(canvas, day, x, y, width)
    edge = colours.soft_ink
    canvas.rect(x, y, width, HEIGHT, "none", stroke=edge, stroke_width=1, rx=5)


def _share(day: Day, phase: Phase) -> float:
    """Return how far a phase has come on this day, from 0 to 1."""
    begin, end = phase.starts[0], phase.ends[1]
    return min(1.0, max(0.0, (day.start + DAY / 2 - begin) / (end - begin)))


def _draw_old_fibres(canvas: Canvas, x: float, y: float, width: float) -> None:
    for row in range(5):
        for number in range(math.ceil(width / 64) + 1):
            start = x + number * 64 - 24 * (row % 2)
            middle = x + width / 2
            if abs(start + 24 - middle) < 58:
                continue
            points = wave(start, start + 48, y + 34 + 12 * row, 2, 24, row)
            canvas.path(
                path_of(points), fill="none", stroke=canvas.palette.fibre, stroke_width=1.4,
                stroke_linecap="round", clip_path="url(#piece)",
            )  # fmt: skip


def _draw_channel(canvas: Canvas, day: Day, middle: float, y: float) -> None:
    """Draw where the needle went: dark at first, and a trace from then on."""
    fresh = day.number < _VULNERABLE
    canvas.path(
        f"M{middle - 9} {y}L{middle} {y + _DEPTH}L{middle + 9} {y}Z",
        fill=canvas.palette.hollow if fresh else canvas.palette.bar,
        opacity=0.85 if day.number < _OPEN else 0.5,
    )


def _draw_epidermis(canvas: Canvas, day: Day, x: float, y: float, width: float) -> None:
    colours = canvas.palette
    middle, gap = x + width / 2, 9.0 if day.number < _OPEN else 3.0
    halves = ((x, middle - gap), (middle + gap, x + width))
    if day.number >= _VULNERABLE:
        halves = ((x, x + width),)
    for left, right in halves:
        canvas.rect(left, y, right - left, _EPIDERMIS, colours.epidermis, clip_path="url(#piece)")
        canvas.rect(left, y, right - left, 4, colours.horn, clip_path="url(#piece)")


def _draw_clot(canvas: Canvas, middle: float, y: float, _share: float) -> None:
    for number in range(14):
        across = (number * 0.618) % 1 - 0.5
        depth = 8 + number * 3.4
        room = 9 * (1 - depth / _DEPTH)
        _dot(canvas, middle + 2 * across * room, y + depth, 2.8, canvas.palette.vessel)


def _draw_cells(canvas: Canvas, middle: float, y: float, share: float) -> None:
    count = round(26 * (1 - 0.6 * abs(share - 0.4)))
    for number in range(1, count + 1):
        # Two steps that never meet scatter evenly, and the same way every time.
        x = middle + 104 * ((number * 0.7549) % 1 - 0.5)
        depth = y + _EPIDERMIS + 7 + (HEIGHT - _EPIDERMIS - 13) * ((number * 0.5698) % 1)
        _dot(canvas, x, depth, 3.0, canvas.palette.convention)


def _draw_new_fibres(canvas: Canvas, middle: float, y: float, share: float) -> None:
    for number in range(3 + round(7 * share)):
        turn = number * 0.7
        top = y + 27 + 5.6 * number
        points = wave(middle - 44 + 9 * math.sin(turn), middle + 40, top, 3.2, 17, turn)
        canvas.path(
            path_of(points), fill="none", stroke=canvas.palette.course, stroke_width=1.1,
            stroke_dasharray="7 3", clip_path="url(#piece)",
        )  # fmt: skip


def _draw_old_order(canvas: Canvas, middle: float, y: float, _share: float) -> None:
    for row in range(5):
        points = wave(middle - 48, middle + 48, y + 34 + 12 * row, 2, 30, row)
        canvas.path(
            path_of(points), fill="none", stroke=canvas.palette.course, stroke_width=2.6,
            stroke_linecap="round", clip_path="url(#piece)",
        )  # fmt: skip


def _dot(canvas: Canvas, x: float, y: float, radius: float, fill: str) -> None:
    canvas.path(
        f"M{x - radius:.1f} {y:.1f}a{radius} {radius} 0 1 0 {2 * radius} 0"
        f"a{radius} {radius} 0 1 0 {-2 * radius} 0",
        fill=fill,
        clip_path="url(#piece)",
    )


def draw_words(canvas: Canvas, day: Day, x: float, y: float, width: float) -> float:
    """Say who is at work in the picture, each with its mark; returns the next line's y."""
    for phase in day.phases:
        number = day.facts.phases.index(phase)
        _MARKS[number](canvas, x, y - 4)
        for line in wrapped(phase.workers, width - 26, SMALLEST_TEXT):
            canvas.text(x + 26, y, line, size=SMALLEST_TEXT, fill=canvas.palette.soft_ink)
            y += 15
    return y


def _mark_dot(canvas: Canvas, x: float, y: float, fill: str) -> None:
    canvas.path(f"M{x + 5} {y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", fill=fill)


def _mark_line(canvas: Canvas, x: float, y: float, width: float, dashes: str) -> None:
    canvas.line(x, y, x + 19, y, canvas.palette.course, stroke_width=width, stroke_dasharray=dashes)


_MARKS: tuple[Callable[[Canvas, float, float], None], ...] = (
    lambda canvas, x, y: _mark_dot(canvas, x, y, canvas.palette.vessel),
    lambda canvas, x, y: _mark_dot(canvas, x, y, canvas.palette.convention),
    lambda canvas, x, y: _mark_line(canvas, x, y, 1.4, "7 3"),
    lambda canvas, x, y: _mark_line(canvas, x, y, 2.8, "none"),
)
