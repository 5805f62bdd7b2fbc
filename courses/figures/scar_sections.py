"""The skin under every kind of scar, cut across."""

import math
from collections.abc import Callable

from courses.figures.atlas_facts import Shape
from courses.figures.canvas import Canvas, path_of, wave
from courses.figures.scar_frame import Box, clip_to, draw_edge

Profile = Callable[[float], float]
_STEPS = 120


def draw_in_section(canvas: Canvas, shape: Shape, box: Box) -> None:
    """Draw the skin under this scar, cut across."""
    clip = clip_to(canvas, f"cut-{shape}", box)
    colours = canvas.palette
    canvas.rect(box.x, box.y, box.width, box.height, colours.paper, clip_path=clip)
    surface = [_point(box, step / _STEPS, _PROFILES[shape]) for step in range(_STEPS + 1)]
    thickness = 5.0 if shape is Shape.STRIAE else 7.0
    below = [(x, y + thickness) for x, y in surface]
    floor = [box.at(1, 1), box.at(0, 1)]
    canvas.path(path_of([*surface, *floor], closed=True), fill=colours.epidermis, clip_path=clip)
    canvas.path(path_of([*below, *floor], closed=True), fill=colours.dermis, clip_path=clip)
    _draw_depth(canvas, shape, box, clip)
    _fat(canvas, box, clip)
    canvas.path(
        path_of(surface), fill="none", stroke=colours.bar_line, stroke_width=1.6, clip_path=clip
    )
    if shape in (Shape.HYPERTROPHIC, Shape.KELOID):
        _draw_wound_edges(canvas, box)
    draw_edge(canvas, box)


def _hump(t: float, centre: float, width: float) -> float:
    """Return 1 in the centre and 0 from half a width on, softly."""
    away = abs(t - centre) / (width / 2)
    return (1 + math.cos(math.pi * away)) / 2 if away < 1 else 0.0


def _box(t: float, centre: float, width: float, sharpness: float) -> float:
    """Return 1 within a width and 0 outside, with walls that steepen with the sharpness."""
    away = abs(t - centre) / (width / 2)
    return 1 / (1 + away**sharpness)


def _spike(t: float, centre: float, width: float) -> float:
    away = abs(t - centre) / (width / 2)
    return max(0.0, 1 - away) ** 0.8


# Parts of the picture's height; positive goes down into the skin.
_PROFILES: dict[Shape, Profile] = {
    Shape.ROLLING: lambda t: 0.15 * (_hump(t, 0.27, 0.46) + _hump(t, 0.74, 0.44)),
    Shape.BOXCAR: lambda t: 0.13 * _box(t, 0.28, 0.24, 26) + 0.34 * _box(t, 0.72, 0.2, 26),
    Shape.ICE_PICK: lambda t: (
        0.5 * _spike(t, 0.25, 0.07) + 0.56 * _spike(t, 0.56, 0.08) + 0.44 * _spike(t, 0.8, 0.06)
    ),
    Shape.HYPERTROPHIC: lambda t: -0.2 * _box(t, 0.5, 0.26, 7),
    Shape.KELOID: lambda t: (
        -0.25 * _box(t, 0.5, 0.6, 14) - 0.04 * math.sin(31 * t) * _box(t, 0.5, 0.6, 14)
    ),
    Shape.SURGICAL: lambda t: 0.03 * _hump(t, 0.5, 0.2),
    Shape.STRIAE: lambda t: (
        (0.05 + 0.012 * math.sin(110 * t)) * (_box(t, 0.3, 0.26, 10) + _box(t, 0.72, 0.26, 10))
    ),
}


def _point(box: Box, t: float, profile: Profile) -> tuple[float, float]:
    return box.at(t, 0.34 + profile(t))


def _fat(canvas: Canvas, box: Box, clip: str) -> None:
    top = box.y + 0.86 * box.height
    floor = wave(box.x, box.x + box.width, top, 1.6, 60)
    canvas.path(
        path_of([*floor, box.at(1, 1), box.at(0, 1)], closed=True),
        fill=canvas.palette.fat,
        stroke=canvas.palette.bar_line,
        stroke_width=0.8,
        clip_path=clip,
    )


def _draw_depth(canvas: Canvas, shape: Shape, box: Box, clip: str) -> None:
    """Draw the fibres of the dermis, and what this scar changes among them."""
    colours = canvas.palette
    style: dict[str, str | float] = {
        "fill": "none",
        "stroke": colours.fibre,
        "stroke_linecap": "round",
        "clip_path": clip,
    }
    profile = _PROFILES[shape]
    for row in range(4):
        depth = 0.52 + 0.09 * row
        for number in range(7):
            start = (number * 0.16 + row * 0.07) % 1.05 - 0.04
            middle = start + 0.06
            if profile(middle) + 0.46 > depth or _is_scar(shape, middle):
                continue
            x, y = box.at(start, depth)
            reach = box.width * 0.12
            canvas.path(path_of(wave(x, x + reach, y, 1.8, 22, row)), stroke_width=1.2, **style)
    if shape is Shape.ROLLING:
        for across, lean in ((0.22, -0.02), (0.31, 0.02), (0.7, -0.02), (0.79, 0.03)):
            (x, y), (end, low) = box.at(across, 0.34 + profile(across)), box.at(across + lean, 0.88)
            canvas.line(x, y + 7, end, low, colours.histology, stroke_width=1.8, clip_path=clip)
    elif shape in _SCAR_TISSUE:
        _draw_tissue(canvas, shape, box, clip)


_SCAR_TISSUE = {
    Shape.HYPERTROPHIC: (0.37, 0.63),
    Shape.KELOID: (0.22, 0.78),
    Shape.SURGICAL: (0.43, 0.57),
}


def _is_scar(shape: Shape, across: float) -> bool:
    left, right = _SCAR_TISSUE.get(shape, (2.0, 2.0))
    return left - 0.06 < across < right + 0.06


def _draw_tissue(canvas: Canvas, shape: Shape, box: Box, clip: str) -> None:
    """Draw dense scar fibres: through the dermis, and up into what is raised."""
    left, right = _SCAR_TISSUE[shape]
    colours, profile = canvas.palette, _PROFILES[shape]
    lines = 11 if shape is Shape.KELOID else 8
    for number in range(lines):
        share = number / (lines - 1)
        depth = 0.8 - 0.09 * number * (8 / lines)
        points: list[tuple[float, float]] = []
        for step in range(31):
            t = left + (right - left) * step / 30
            y = depth + 0.018 * math.sin(9 * math.pi * step / 30 + number)
            if y > 0.34 + profile(t) + 0.1:
                points.append(box.at(t, y))
        if len(points) > 2:
            canvas.path(
                path_of(points), fill="none", stroke=colours.vessel if share > 0.4 else
                colours.bar_line, stroke_width=1.5, stroke_linecap="round", clip_path=clip,
            )  # fmt: skip


def _draw_wound_edges(canvas: Canvas, box: Box) -> None:
    """Mark how wide the wound was that the scar came from."""
    for across in (0.36, 0.64):
        x, top = box.at(across, 0.05)
        canvas.line(
            x, top, x, box.at(0, 0.86)[1], canvas.palette.course,
            stroke_width=1.6, stroke_dasharray="4 3",
        )  # fmt: skip
