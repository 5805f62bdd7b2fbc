"""A small SVG canvas that remembers where its text stands, so that overlaps can be tested."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from courses.figures.palette import Palette

FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif"
# Mean width of a character in ems; a little wide, so that what fits here fits in any of FONT.
_EM_PLAIN = 0.55
_EM_BOLD = 0.59
SMALLEST_TEXT = 11.5


@dataclass(frozen=True)
class TextBox:
    """Where a line of text stands, by estimate."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    def overlaps(self, other: "TextBox") -> bool:
        """Tell whether the two boxes share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Drawing:
    """A finished SVG, and the boxes of its texts."""

    svg: str
    width: float
    height: float
    texts: tuple[TextBox, ...]


class Canvas:
    """Collects shapes; coordinates in pixels, y downwards."""

    def __init__(self, width: float, palette: Palette) -> None:
        self.width = width
        self.palette = palette
        self._shapes: list[str] = []
        self._words: list[str] = []
        self._definitions: dict[str, str] = {}
        self._texts: list[TextBox] = []

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, **style: str | float
    ) -> None:
        """Draw a rectangle; style names as in SVG, with _ for -."""
        place = _attributes({"x": x, "y": y, "width": width, "height": height, "fill": fill})
        self._shapes.append(f"<rect{place}{_attributes(style)}/>")

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str, **style: str | float
    ) -> None:
        """Draw a straight line."""
        place = _attributes({"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": stroke})
        self._shapes.append(f"<line{place}{_attributes(style)}/>")

    def behind(self, x1: float, y1: float, x2: float, y2: float, stroke: str) -> None:
        """Draw a thin line behind everything drawn so far."""
        place = _attributes({"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": stroke})
        self._shapes.insert(0, f'<line{place} stroke-width="0.9"/>')

    def band(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Draw a see-through band with an edge behind everything drawn so far."""
        place = _attributes({"x": x, "y": y, "width": width, "height": height})
        style = f' fill="{colour}" fill-opacity="0.16" stroke="{colour}" stroke-width="1.4"'
        self._shapes.insert(0, f"<rect{place}{style}/>")

    def path(self, points: str, **style: str | float) -> None:
        """Draw a path from SVG path data."""
        self._shapes.append(f'<path d="{points}"{_attributes(style)}/>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 12.5,
        bold: bool = False,
        anchor: str = "start",
        fill: str = "",
    ) -> float:
        """Write one line with its baseline at y; returns the x where it ends, by estimate."""
        width = text_width(words, size, bold)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        self._texts.append(TextBox(left, y - 0.76 * size, left + width, y + 0.22 * size, words))
        style = {
            "x": x,
            "y": y,
            "font_size": size,
            "font_weight": 650 if bold else 400,
            "text_anchor": anchor,
            "fill": fill or self.palette.ink,
        }
        self._words.append(f"<text{_attributes(style)}>{escape(words, quote=False)}</text>")
        return left + width

    def define(self, name: str, definition: str) -> None:
        """Add a pattern, gradient or clip path under its id; a second one is the first."""
        self._definitions.setdefault(name, definition)

    def hatch(self, name: str, colour: str, *, gap: float = 6, angle: float = 45) -> str:
        """Define diagonal lines and return the fill that uses them."""
        self.define(
            name,
            f'<pattern id="{name}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({angle})"><line x1="0" y1="0" x2="0" y2="{gap}" '
            f'stroke="{colour}" stroke-width="2"/></pattern>',
        )
        return f"url(#{name})"

    def finish(self, height: float) -> Drawing:
        """Return the drawing on its ground."""
        fill = self.palette.paper
        size = f'width="{self.width:g}" height="{height:g}"'
        ground = f'<rect {size} rx="10" fill="{fill}"/>'
        # A halo of the ground keeps words legible where a line passes behind them.
        halo = f' stroke="{fill}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {height:g}" '
            f'{size} font-family="{FONT}">'
            f"<defs>{''.join(self._definitions.values())}</defs>{ground}{''.join(self._shapes)}"
            f"<g{halo}>{''.join(self._words)}</g></svg>"
        )
        return Drawing(svg, self.width, height, tuple(self._texts))


def text_width(words: str, size: float, bold: bool = False) -> float:
    """Return the width of a line in pixels, by estimate."""
    return len(words) * size * (_EM_BOLD if bold else _EM_PLAIN)


def wrapped(words: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Break a text into lines of at most `width` pixels, by estimate."""
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def wave(
    left: float, right: float, y: float, height: float, length: float, phase: float = 0
) -> list[tuple[float, float]]:
    """Return the points of a gentle, slightly uneven wave around y."""
    steps = max(8, round((right - left) / 4.5))
    points: list[tuple[float, float]] = []
    for step in range(steps + 1):
        x = left + (right - left) * step / steps
        turn = 2 * math.pi * (x - left) / length + phase
        points.append((x, y + height * (0.72 * math.sin(turn) + 0.28 * math.sin(2.3 * turn + 1))))
    return points


def path_of(points: Sequence[tuple[float, float]], closed: bool = False) -> str:
    """Return SVG path data through the points."""
    body = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{body}{'Z' if closed else ''}"


def _attributes(style: dict[str, str | float]) -> str:
    parts: list[str] = []
    for name, value in style.items():
        shown = f"{value:.5g}" if isinstance(value, float) else str(value)
        parts.append(f' {name.replace("_", "-")}="{escape(shown)}"')
    return "".join(parts)
