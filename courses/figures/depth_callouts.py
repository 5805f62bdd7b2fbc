"""What stands beside the depth explorer's section: each layer and the needle, with a line to it."""

from dataclasses import dataclass

from courses.figures.canvas import Canvas, wrapped
from courses.figures.depth_model import Shown, ceiling_words

_SMALL = 11.5
_LINE = 14.0


@dataclass(frozen=True)
class Frame:
    """Where the block of skin stands: edges, surface and pixels per millimetre."""

    left: float
    right: float
    surface: float
    scale: float

    def y(self, depth: float) -> float:
        """Return where a depth in mm lies."""
        return self.surface + depth * self.scale

    @property
    def width(self) -> float:
        """The width of the block."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Where the needle goes in."""
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class _Callout:
    depth: float
    head: str
    lines: tuple[str, ...]
    colour: str


def _callouts(canvas: Canvas, now: Shown) -> list[_Callout]:
    colours, soft = canvas.palette, canvas.palette.soft_ink
    thin, thick = now.epidermis_ends
    horn = f"stratum corneum about {now.facts.horn.span}"
    spans = tuple(one.span for one in now.epidermis)
    found = [
        _Callout(
            (thin + thick) / 2, "Epidermis", (" or ".join(spans), *_own(now), horn), colours.ink
        ),
        _Callout(
            now.length,
            f"Needle {now.length:.2f} long",
            ("reaches from much less", "to here: length is no depth"),
            colours.histology,
        ),
        _ceiling_callout(now, colours.course),
    ]
    floor, dermis = now.floor, now.dermis
    if floor and dermis:
        spread = f"SD about {dermis.spread.span}" if dermis.spread else "spread not given"
        end = (floor.mean_low + floor.mean_high) / 2
        lines = (f"it is {dermis.span} thick,", spread)
        found.append(_Callout(end, "Dermis ends", lines, colours.ink))
        found.append(_Callout(2.55, "Below the dermis", ("not measured",), soft))
    else:
        lines = ("no figure seen from", "this source: do not", "invent one")
        found.append(_Callout(1.6, "Dermis", lines, colours.ink))
    return sorted(found, key=lambda one: one.depth)


def _own(now: Shown) -> tuple[str, ...]:
    return ("the thickest of the face",) if now.epidermis[0] in now.site.epidermis else ()


def _ceiling_callout(now: Shown, colour: str) -> _Callout:
    if now.site.ceiling is None:
        return _Callout(-0.35, "Never", (now.site.why_never,), colour)
    words = ceiling_words(now.site).split(", ")
    lines = (words[1], "the course rule") if len(words) > 1 else ("the course rule",)
    return _Callout(now.site.ceiling.high, f"Ceiling {words[0]}", lines, colour)


def draw_callouts(canvas: Canvas, now: Shown, frame: Frame, right: float) -> float:
    """Write each one level with its depth, or below the one before; returns the lower edge."""
    x, free = frame.right + 20, 0.0
    for one in _callouts(canvas, now):
        y = max(free, frame.y(one.depth) + 4)
        canvas.text(x, y, one.head, size=12, bold=True, fill=one.colour)
        lines = [part for line in one.lines for part in wrapped(line, right - x, _SMALL)]
        for number, line in enumerate(lines, start=1):
            canvas.text(x, y + number * _LINE, line, size=_SMALL, fill=canvas.palette.soft_ink)
        if one.depth >= 0:
            canvas.path(
                f"M{frame.right + 2} {frame.y(one.depth):.1f}h5L{x - 4} {y - 4:.1f}",
                fill="none",
                stroke=one.colour,
                stroke_width=1.2,
            )
        free = y + len(lines) * _LINE + 18
    return free - 10
