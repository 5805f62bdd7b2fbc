"""The skin with every kind of scar, seen from above."""

import math
from collections.abc import Callable

from courses.figures.atlas_facts import Shape
from courses.figures.canvas import Canvas, path_of
from courses.figures.scar_frame import Box, clip_to, draw_edge


def draw_from_above(canvas: Canvas, shape: Shape, box: Box) -> None:
    """Draw a piece of skin with this scar, seen from above."""
    clip = clip_to(canvas, f"above-{shape}", box)
    canvas.rect(box.x, box.y, box.width, box.height, canvas.palette.dermis, clip_path=clip)
    _draw_pores(canvas, shape, box)
    _ABOVE[shape](canvas, box, clip)
    draw_edge(canvas, box)


def _draw_pores(canvas: Canvas, shape: Shape, box: Box) -> None:
    for number in range(70):
        across, down = (number * 0.381 + 0.03) % 1, (number * 0.177 + 0.05) % 1
        if shape is Shape.SURGICAL and abs(across - 0.5 - 0.05 * math.sin(4 * down)) < 0.07:
            continue
        x, y = box.at(across, down)
        canvas.path(_circle(x, y, 0.8), fill=canvas.palette.fibre)


def _circle(x: float, y: float, radius: float) -> str:
    return _ellipse(x, y, radius, radius)


def _ellipse(x: float, y: float, wide: float, high: float) -> str:
    return (
        f"M{x - wide:.1f} {y:.1f}a{wide} {high} 0 1 0 {2 * wide} 0"
        f"a{wide} {high} 0 1 0 {-2 * wide} 0"
    )


def _shade(canvas: Canvas) -> str:
    canvas.define(
        "shade",
        f'<radialGradient id="shade"><stop offset="0" stop-color="{canvas.palette.hollow}" '
        f'stop-opacity="0.6"/><stop offset="1" stop-color="{canvas.palette.hollow}" '
        f'stop-opacity="0"/></radialGradient>',
    )
    return "url(#shade)"


def _rolling(canvas: Canvas, box: Box, clip: str) -> None:
    for across, down, wide, high in (
        (0.28, 0.3, 24, 15), (0.7, 0.27, 22, 17), (0.32, 0.74, 21, 15), (0.74, 0.72, 25, 16),
    ):  # fmt: skip
        x, y = box.at(across, down)
        canvas.path(_ellipse(x, y, wide, high), fill=_shade(canvas), clip_path=clip)


def _boxcar(canvas: Canvas, box: Box, clip: str) -> None:
    colours = canvas.palette
    for across, down, wide, high in (
        (0.2, 0.3, 9, 7), (0.5, 0.2, 11, 8), (0.79, 0.36, 10, 8), (0.36, 0.62, 11, 9),
        (0.68, 0.74, 9, 8), (0.14, 0.8, 8, 6),
    ):  # fmt: skip
        x, y = box.at(across, down)
        canvas.path(
            _ellipse(x, y, wide, high), fill=colours.bar, stroke=colours.bar_line,
            stroke_width=2, clip_path=clip,
        )  # fmt: skip
        canvas.path(
            f"M{x - wide + 2:.1f} {y:.1f}a{wide - 2} {high - 2} 0 0 1 {2 * wide - 4} 0",
            fill="none", stroke=colours.hollow, stroke_width=2.6, opacity=0.75, clip_path=clip,
        )  # fmt: skip


def _ice_pick(canvas: Canvas, box: Box, clip: str) -> None:
    for number in range(13):
        across, down = 0.1 + (number * 0.37) % 0.82, 0.14 + (number * 0.23) % 0.76
        x, y = box.at(across, down)
        canvas.path(
            _circle(x, y, 2.4 + number % 3 * 0.5), fill=canvas.palette.hollow, clip_path=clip
        )


def _wound(canvas: Canvas, box: Box, clip: str) -> None:
    x, y = box.at(0.36, 0.24)
    canvas.rect(
        x, y, 0.28 * box.width, 0.52 * box.height, "none", stroke=canvas.palette.course,
        stroke_width=1.6, stroke_dasharray="4 3", rx=12, clip_path=clip,
    )  # fmt: skip


def _hypertrophic(canvas: Canvas, box: Box, clip: str) -> None:
    colours = canvas.palette
    x, y = box.at(0.42, 0.3)
    wide, high = 0.16 * box.width, 0.4 * box.height
    canvas.rect(
        x, y, wide, high, colours.vessel, stroke=colours.bar_line, stroke_width=1.5, rx=9,
        opacity=0.85, clip_path=clip,
    )  # fmt: skip
    canvas.rect(x + 4, y + 5, 3, high - 14, colours.pale, rx=1.5, opacity=0.55, clip_path=clip)
    _wound(canvas, box, clip)


def _keloid(canvas: Canvas, box: Box, clip: str) -> None:
    colours = canvas.palette
    centre_x, centre_y = box.at(0.5, 0.5)
    points: list[tuple[float, float]] = []
    for step in range(73):
        turn = 2 * math.pi * step / 72
        lobe = 1 + 0.14 * math.sin(5 * turn + 0.6) + 0.07 * math.sin(9 * turn)
        points.append(
            (
                centre_x + 0.33 * box.width * lobe * math.cos(turn),
                centre_y + 0.36 * box.height * lobe * math.sin(turn),
            )
        )
    canvas.path(
        path_of(points, closed=True), fill=colours.vessel, stroke=colours.bar_line,
        stroke_width=1.6, opacity=0.85, clip_path=clip,
    )  # fmt: skip
    canvas.path(
        f"M{centre_x - 24:.1f} {centre_y - 9:.1f}q10 -11 26 -9", fill="none",
        stroke=colours.pale, stroke_width=3, stroke_linecap="round", opacity=0.55, clip_path=clip,
    )  # fmt: skip
    _wound(canvas, box, clip)


def _surgical(canvas: Canvas, box: Box, clip: str) -> None:
    colours = canvas.palette
    points = [
        box.at(0.5 + 0.05 * math.sin(4 * down / 20), 0.08 + 0.84 * down / 20) for down in range(21)
    ]
    for stroke, width in ((colours.bar_line, 7.0), (colours.pale, 4.6)):
        canvas.path(
            path_of(points), fill="none", stroke=stroke, stroke_width=width,
            stroke_linecap="round", clip_path=clip,
        )  # fmt: skip
    for x, y in points[2:-1:3]:
        for side in (-1, 1):
            canvas.path(_circle(x + side * 10, y, 1.7), fill=colours.bar_line, clip_path=clip)


def _striae(canvas: Canvas, box: Box, clip: str) -> None:
    colours = canvas.palette
    for number in range(5):
        x, y = box.at(0.1 + 0.19 * number, 0.5)
        half, lean = 0.4 * box.height - 3 * (number % 2), 7
        canvas.path(
            f"M{x - lean:.1f} {y - half:.1f}q{lean + 6} {half:.1f} {2 * lean} {2 * half:.1f}"
            f"q{-lean - 10} {-half:.1f} {-2 * lean} {-2 * half:.1f}Z",
            fill=colours.pale, stroke=colours.bar_line, stroke_width=1.1, opacity=0.9,
            clip_path=clip,
        )  # fmt: skip


_ABOVE: dict[Shape, Callable[[Canvas, Box, str], None]] = {
    Shape.ROLLING: _rolling,
    Shape.BOXCAR: _boxcar,
    Shape.ICE_PICK: _ice_pick,
    Shape.HYPERTROPHIC: _hypertrophic,
    Shape.KELOID: _keloid,
    Shape.SURGICAL: _surgical,
    Shape.STRIAE: _striae,
}
