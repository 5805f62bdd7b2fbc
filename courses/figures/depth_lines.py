"""The right half of the depth explorer: who draws which line, on one scale with the needle."""

from dataclasses import dataclass

from courses.figures.canvas import Canvas, wrapped
from courses.figures.depth_model import Shown
from courses.figures.parts import figures

_LONGEST = 3.0
_SMALL = 11.5
_BAR = 9


@dataclass(frozen=True)
class Row:
    """Somebody's range in mm, and the words beside it; without `high` there is no bar."""

    who: str
    value: str
    words: str = ""
    low: float = 0
    high: float | None = None
    extra: float | None = None
    ours: bool = False


def rows(now: Shown) -> tuple[Row, ...]:
    """Return the course's ceiling, what others say of the site, then lines drawn for any site."""
    charts, guide = now.site.charts, now.site.guide
    named = tuple(
        Row(
            who,
            said.span if said else "not named",
            f"for the {said.where}" if said and said.where else "",
            said.low if said else 0,
            said.high if said else None,
        )
        for who, said in (
            ("Trade charts, here", charts),
            ("One clinician guide, here", guide),
        )
    )
    lines = tuple(
        Row(one.who, _line_value(one.low, one.high), one.words, one.low, one.high)
        for one in now.facts.lines
    )
    return (_ceiling(now), *named, *lines)


def _line_value(low: float, high: float | None) -> str:
    if high is None:
        return "no line"
    most = figures(high, 1)
    return f"{figures(low, 1)}–{most}" if low else f"up to {most}"


def _ceiling(now: Shown) -> Row:
    who, ceiling = "Course ceiling, here", now.site.ceiling
    if ceiling is None:
        return Row(who, "never", now.site.why_never, ours=True)
    low = ceiling.low if ceiling.low < ceiling.high else 0
    off = ceiling.signed_off
    words = f"a course rule; {off:.1f} if licensed and signed off" if off else "a course rule"
    return Row(who, ceiling.span, words, low, ceiling.high, off, ours=True)


def draw_lines(canvas: Canvas, now: Shown, left: float, top: float, width: float) -> float:
    """Draw a row for everybody and return the y of the lower edge."""
    scale = (width - 8) / _LONGEST
    canvas.text(left, top, "Who draws which line", size=14.5, bold=True)
    canvas.text(
        left, top + 17, "needle length in mm; law differs by place",
        size=_SMALL, fill=canvas.palette.soft_ink,
    )  # fmt: skip
    y = top + 50
    _draw_axis(canvas, left, y, scale)
    start = y
    y += 12
    for row in rows(now):
        y = _draw_row(canvas, row, left, y, width, scale)
    _draw_needle(canvas, left + now.length * scale, start, y)
    return y + 4


def _draw_axis(canvas: Canvas, left: float, y: float, scale: float) -> None:
    ink = canvas.palette.soft_ink
    canvas.line(left, y, left + _LONGEST * scale, y, ink, stroke_width=1.2)
    for half in range(round(_LONGEST * 2) + 1):
        x = left + half / 2 * scale
        canvas.line(x, y, x, y + 5, ink, stroke_width=1.2)
        anchor = "start" if half == 0 else "middle"
        canvas.text(x, y - 6, f"{half / 2:g}", size=_SMALL, anchor=anchor)


def _draw_row(canvas: Canvas, row: Row, left: float, y: float, width: float, scale: float) -> float:
    colours = canvas.palette
    ink = colours.course if row.ours else colours.ink
    canvas.text(left, y + 13, row.who, size=12, bold=True, fill=ink)
    canvas.text(left + width, y + 13, row.value, size=12, bold=True, anchor="end", fill=ink)
    below = y + 13
    for line in wrapped(row.words, width, _SMALL):
        below += 14
        canvas.text(left, below, line, size=_SMALL, fill=colours.soft_ink)
    if row.high is None:
        return below + 8
    fill = colours.course if row.ours else colours.bar
    edge = colours.course if row.ours else colours.bar_line
    canvas.rect(
        left + row.low * scale, below + 6, (row.high - row.low) * scale, _BAR, fill,
        stroke=edge, stroke_width=1.2, rx=2,
    )  # fmt: skip
    if row.extra:
        hatch = canvas.hatch("signed-off", colours.course, gap=5)
        canvas.rect(
            left + row.high * scale, below + 6, (row.extra - row.high) * scale, _BAR, hatch,
            stroke=edge, stroke_width=1.2, rx=2,
        )  # fmt: skip
    return below + 6 + _BAR + 6


def _draw_needle(canvas: Canvas, x: float, top: float, bottom: float) -> None:
    colour = canvas.palette.histology
    canvas.behind(x, top, x, bottom, colour)
    canvas.path(f"M{x - 5:.1f} {top - 1}h10l-5 9z", fill=colour)
