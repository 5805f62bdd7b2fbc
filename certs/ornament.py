"""The certificate's vector ornaments as PDF operators: guilloche frame, rosette, Pinpoint's mark.

Every drawing is computed once per process and palette. The frame repeats one small tile byte for
byte, so that it costs little once the page is compressed.
"""

from collections.abc import Callable
from functools import lru_cache
from math import cos, exp, pi, sin, tau

from certs.palette import Colour, Palette

Point = tuple[float, float]
Curve = Callable[[float], Point]

_SOME = 32  # designs whose ornaments are kept: a process draws few


@lru_cache(_SOME)
def frame(width: float, height: float, inset: float, palette: Palette) -> str:
    """A braided band along the page's edge, with a rosette in each corner and hairlines."""
    teal = palette.main_ink
    half = 7.0
    corner = 15.0  # the band ends hidden under the corner's ring
    lines = [_rectangle(inset - half - 3.2, width, height, 0.9, teal)]
    lines.append(_rectangle(inset + half + 3.2, width, height, 0.35, teal))
    lines.append(_rectangle(inset + half + 5.4, width, height, 0.35, teal))
    long, short = width - 2 * (inset + corner), height - 2 * (inset + corner)
    for x, y, length, turn in (
        (inset + corner, inset, long, "1 0 0 1"),
        (inset + corner, height - inset, long, "1 0 0 1"),
        (inset, inset + corner, short, "0 1 -1 0"),
        (width - inset, inset + corner, short, "0 1 -1 0"),
    ):
        lines.append(f"q {turn} {x:.3f} {y:.3f} cm {_band(length, half, teal)} Q")
    for x in (inset, width - inset):
        lines.extend(
            f"q 1 0 0 1 {x:.3f} {y:.3f} cm {_corner(palette)} Q" for y in (inset, height - inset)
        )
    return "\n".join(lines)


@lru_cache(_SOME)
def narrow_frame(width: float, height: float, inset: float, palette: Palette) -> str:
    """Hairlines along the edge of a small page, with a diamond in each corner."""
    lines = [
        _rectangle(inset, width, height, 1.4, palette.main_ink),
        _rectangle(inset + 3.4, width, height, 0.35, palette.main_ink),
    ]
    for x in (inset, width - inset):
        for y in (inset, height - inset):
            lines.append(f"1 g {x - 6:.3f} {y - 6:.3f} 12 12 re f")
            lines.append(f"q {diamond(x, y, 4.4, palette.accent_ink)} Q")
    return "\n".join(lines)


@lru_cache(_SOME)
def rosette(x: float, y: float, radius: float, palette: Palette) -> str:
    """A pale guilloche rosette to lie under the text."""
    strands = [_path(_petals(radius, 0.30, 12, phase * tau / 48), 0, tau, 96) for phase in range(4)]
    strands += [_path(_petals(radius * 0.52, 0.42, 8, n * tau / 32), 0, tau, 64) for n in range(4)]
    return f"1 0 0 1 {x:.3f} {y:.3f} cm 0.45 w {_ink(palette.haze)} RG {' '.join(strands)} S"


@lru_cache(_SOME)
def mark(x: float, y: float, size: float, palette: Palette) -> str:
    """Pinpoint's mark: a needle's point meets three layers of skin, which give way to it."""
    right = "0 0.04 m 0.012 0.22 l 0.030 0.42 l 0.024 1.02 l"
    needle = f"{right} -0.024 1.02 l -0.030 0.42 l -0.012 0.22 l h f"
    layers = [
        f"{_ink(palette.main_ink)} RG {weight} w {_path(_layer(depth, dip), -reach, reach, 20)} S"
        for depth, dip, reach, weight in (
            (0.16, 0.17, 0.92, 0.038),
            (-0.03, 0.13, 0.74, 0.028),
            (-0.20, 0.08, 0.54, 0.020),
        )
    ]
    placed = f"{size:.3f} 0 0 {size:.3f} {x:.3f} {y:.3f} cm 1 J 1 j"
    return f"{placed} {' '.join(layers)} {_ink(palette.accent_ink)} rg {needle}"


def diamond(x: float, y: float, half: float, colour: Colour) -> str:
    """A small diamond."""
    return (
        f"{_ink(colour)} rg {x - half:.3f} {y:.3f} m {x:.3f} {y + half:.3f} l "
        f"{x + half:.3f} {y:.3f} l {x:.3f} {y - half:.3f} l h f"
    )


def rule(x: float, y: float, length: float, colour: Colour, weight: float = 0.5) -> str:
    """A horizontal hairline."""
    return f"{_ink(colour)} RG {weight} w {x:.3f} {y:.3f} m {x + length:.3f} {y:.3f} l S"


def _ink(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)


def _rectangle(inset: float, width: float, height: float, weight: float, colour: Colour) -> str:
    sides = f"{width - 2 * inset:.3f} {height - 2 * inset:.3f}"
    return f"{_ink(colour)} RG {weight} w {inset:.3f} {inset:.3f} {sides} re S"


def _band(length: float, half: float, colour: Colour) -> str:
    """Waves along the x axis, made of equal tiles that fill the length."""
    tiles = round(length / 26)
    pitch = length / tiles
    tile = _tile(pitch, half)
    step = f"1 0 0 1 {pitch:.4f} 0 cm"
    return f"0.38 w {_ink(colour)} RG " + f"\n{step}\n".join([tile] * tiles)


def _tile(pitch: float, half: float) -> str:
    waves = [_path(_wave(pitch, half, n * tau / 6, 1), 0, pitch, 8) for n in range(6)]
    waves += [_path(_wave(pitch, half * 0.45, n * tau / 2, 2), 0, pitch, 10) for n in range(2)]
    return " ".join(waves) + " S"


def _corner(palette: Palette) -> str:
    strands = [_path(_petals(13.2, 0.24, 8, n * tau / 40), 0, tau, 48) for n in range(5)]
    middle = " ".join(_path(_petals(7.4, 0.62, 8, n * tau / 24), 0, tau, 64) for n in range(3))
    ring = _path(_petals(17.2, 0.0, 1, 0), 0, tau, 16)
    rings = f"{_ink(palette.main_ink)} RG 1 g 0.5 w {ring} B 0.36 w {' '.join(strands)} S"
    return f"{rings} {_ink(palette.accent_ink)} RG 0.32 w {middle} S"


def _wave(pitch: float, half: float, phase: float, times: int) -> Curve:
    return lambda x: (x, half * sin(times * tau * x / pitch + phase))


def _petals(radius: float, depth: float, count: int, turn: float) -> Curve:
    def at(angle: float) -> Point:
        reach = radius * (1 - depth / 2 + depth / 2 * cos(count * angle))
        return reach * cos(angle + turn), reach * sin(angle + turn)

    return at


def _layer(depth: float, dip: float) -> Curve:
    return lambda x: (x, depth - dip * exp(-((x / 0.20) ** 2)) + 0.02 * cos(x * pi / 0.9))


def _path(curve: Curve, start: float, end: float, pieces: int) -> str:
    """The curve as Bézier pieces whose ends touch it with the right slope."""
    step = (end - start) / pieces
    points = [curve(start + step * n) for n in range(pieces + 1)]
    slopes = [_slope(curve, start + step * n, step) for n in range(pieces + 1)]
    parts = [f"{points[0][0]:.3f} {points[0][1]:.3f} m"]
    for n in range(pieces):
        (ax, ay), (bx, by) = points[n], points[n + 1]
        (sx, sy), (tx, ty) = slopes[n], slopes[n + 1]
        first = f"{ax + sx / 3:.3f} {ay + sy / 3:.3f}"
        parts.append(f"{first} {bx - tx / 3:.3f} {by - ty / 3:.3f} {bx:.3f} {by:.3f} c")
    return " ".join(parts)


def _slope(curve: Curve, at: float, step: float) -> Point:
    (ax, ay), (bx, by) = curve(at - step / 100), curve(at + step / 100)
    return (bx - ax) * 50, (by - ay) * 50
