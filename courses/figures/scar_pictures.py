"""The two pictures of every kind of scar: the skin from above, and in section."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from courses.figures.atlas_facts import Shape
from courses.figures.canvas import Canvas, path_of, wave

Profile = Callable[[float], float]
_STEPS = 120


@dataclass(frozen=True)
class Box:
    """Where a picture stands."""

    x: float
    y: float
    width: float
    height: float

    def at(self, across: float, down: float) -> tuple[float, float]:
        """Return a point by its share of the width and of the height."""
        return self.x + across * self.width, self.y + down * self.height


def draw_from_above(canvas: Canvas, shape: Shape, box: Box) -> None:
    """Draw a piece of skin with this scar, seen from above."""
    _clip(canvas, f"above-{shape}", box)
    inside = {"clip_path": f"url(#above-{shape})"}
    canvas.rect(box.x, box.y, box.width, box.height, canvas.palette.dermis, **inside)
    _draw_pores(canvas, shape, box)
    _ABOVE[shape](canvas, box, f"url(#above-{shape})")
    _edge(canvas, box)


def draw_in_section(canvas: Canvas, shape: Shape, box: Box) -> None:
    """Draw the skin under this scar, cut across."""
    _clip(canvas, f"cut-{shape}", box)
    clip = f"url(#cut-{shape})"
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
    _edge(canvas, box)


def _clip(canvas: Canvas, name: str, box: Box) -> None:
    canvas.define(
        name,
        f'<clipPath id="{name}"><rect x="{box.x}" y="{box.y}" width="{box.width}" '
        f'height="{box.height}" rx="5"/></clipPath>',
    )


def _edge(canvas: Canvas, box: Box) -> None:
    canvas.rect(
        box.x, box.y, box.width, box.height, "none",
        stroke=canvas.palette.soft_ink, stroke_width=1, rx=5,
    )  # fmt: skip


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
