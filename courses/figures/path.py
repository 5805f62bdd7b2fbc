"""A path: numbered boxes from top to bottom, joined by arrows, with ways out to the side.

Where it is narrow, a way out stands below its step.
"""

from dataclasses import dataclass

from courses.figures.canvas import Canvas, Drawing, wrapped
from courses.figures.palette import Palette
from courses.figures.path_facts import PathFacts, PathStep, WayOut

_NARROW = 500
_SAY, _SMALL = 13.5, 12.0
_LEADING = 1.32
_PAD = 11.0
_NUMBER = 44.0
_OUT_WIDTH = 220.0
_GAP = 26.0
# Bold letters of the widest font on a phone need more than the estimate; these boxes have edges.
_BOLD_SHARE = 0.86


@dataclass(frozen=True)
class _Line:
    """A line of a box."""

    words: str
    size: float
    bold: bool
    fill: str


@dataclass(frozen=True)
class _Box:
    """Where a box stands."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def path_drawing(facts: PathFacts, palette: Palette, width: float) -> Drawing:
    """Draw every step with its way out beside it, or below it where it is narrow."""
    canvas = Canvas(width, palette)
    narrow = width < _NARROW
    left = 12 if narrow else 16
    y = 10.0
    for line in _lines(facts.title, 14.5, True, width - 2 * left, palette.ink):
        y += 18
        canvas.text(left, y, line.words, size=line.size, bold=True)
    y += 14
    beside = not narrow and any(step.out for step in facts.steps)
    room = width - 2 * left - (_OUT_WIDTH + 36 if beside else 0)
    for number, step in enumerate(facts.steps, start=1):
        draw = _step_above if narrow else _step_beside
        box, end = draw(canvas, number, step, _Box(left, y, room, 0))
        y = end
        if number < len(facts.steps):
            y = end + _GAP
            _draw_arrow_down(canvas, box.x + _NUMBER / 2, box.bottom, y)
    return canvas.finish(y + 14)


def path_alt(facts: PathFacts) -> str:
    """Return what the figure shows, in words."""
    steps = " ".join(
        f"Step {number}: {_ended(step.say)} {_ended(_words(step))}"
        + (f" Way out: {_ended(_way_out(step.out))}" if step.out else "")
        for number, step in enumerate(facts.steps, start=1)
    )
    return f"{_ended(facts.title)} A way of {len(facts.steps)} steps, one below another. {steps}"


def path_table(facts: PathFacts) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the figure's facts as header and rows."""
    rows = [
        (
            f"{number}. {step.say}",
            _words(step),
            _way_out(step.out) if step.out else "",
            " ".join(step.sources),
        )
        for number, step in enumerate(facts.steps, start=1)
    ]
    return ("Step", "What it means", "Way out", "Sources"), tuple(rows)


def _step_beside(canvas: Canvas, number: int, step: PathStep, at: _Box) -> tuple[_Box, float]:
    """Draw a step and its way out to the right; returns the step's box and where both end."""
    place = _Box(at.right + 36, at.y, _OUT_WIDTH, 0)
    height = _out_height(canvas, step.out, place) if step.out else 0.0
    box = _draw_step(canvas, number, step, at, height)
    if step.out:
        out = _Box(place.x, box.middle - height / 2, place.width, height)
        _draw_out(canvas, step.out, out)
        _draw_way_out(canvas, f"M{box.right:g} {box.middle:g}H{out.x - 6:g}", out)
    return box, box.bottom


def _step_above(canvas: Canvas, number: int, step: PathStep, at: _Box) -> tuple[_Box, float]:
    """Draw a step and its way out below it; returns the step's box and where both end."""
    box = _draw_step(canvas, number, step, at, 0)
    if step.out is None:
        return box, box.bottom
    place = _Box(box.x + _NUMBER, box.bottom + 10, box.width - _NUMBER, 0)
    out = _Box(place.x, place.y, place.width, _out_height(canvas, step.out, place))
    _draw_out(canvas, step.out, out)
    down = box.x + _NUMBER / 2
    _draw_way_out(canvas, f"M{down:g} {box.bottom:g}V{out.middle:g}H{out.x - 6:g}", out)
    return box, out.bottom


def _draw_step(canvas: Canvas, number: int, step: PathStep, at: _Box, least: float) -> _Box:
    """Draw a step's box, no lower than `least` pixels."""
    colours = canvas.palette
    room = at.width - _NUMBER - _PAD
    lines = _lines(step.say, _SAY, True, room, colours.ink)
    lines += _lines(step.words, _SMALL, False, room, colours.ink)
    if step.course_rule:
        lines.append(_Line("course rule", _SMALL, False, colours.course))
    box = _Box(at.x, at.y, at.width, max(least, _height(lines), 26 + 2 * _PAD))
    canvas.rect(
        box.x, box.y, box.width, box.height, "none",
        stroke=colours.course, stroke_width=1.6, rx=8,
    )  # fmt: skip
    _draw_number(canvas, number, box.x + _NUMBER / 2, box.y + _PAD + 13)
    if step.course_rule:
        _draw_rule_mark(canvas, box.x + _NUMBER + 80, box.y + _height(lines) - _PAD - 13)
    _write(canvas, lines, box.x + _NUMBER, box.y + _PAD)
    return box


def _draw_number(canvas: Canvas, number: int, x: float, y: float) -> None:
    colour = canvas.palette.course
    canvas.rect(x - 13, y - 13, 26, 26, "none", stroke=colour, stroke_width=1.6, rx=13)
    canvas.text(x, y + 5, str(number), size=14, bold=True, anchor="middle", fill=colour)


def _draw_rule_mark(canvas: Canvas, x: float, y: float) -> None:
    colour = canvas.palette.course
    hatch = canvas.hatch("rule", colour, gap=6)
    canvas.rect(x, y, 20, 11, hatch, stroke=colour, stroke_width=1.4, rx=2)


def _out_lines(canvas: Canvas, out: WayOut, width: float) -> list[_Line]:
    colours = canvas.palette
    room = width - 2 * _PAD
    lines = _lines(out.when, _SMALL, False, room, colours.ink)
    return lines + _lines(out.then, _SMALL, True, room, colours.convention)


def _out_height(canvas: Canvas, out: WayOut, place: _Box) -> float:
    return _height(_out_lines(canvas, out, place.width))


def _draw_out(canvas: Canvas, out: WayOut, box: _Box) -> None:
    canvas.rect(
        box.x, box.y, box.width, box.height, "none",
        stroke=canvas.palette.convention, stroke_width=1.6, stroke_dasharray="5 3", rx=8,
    )  # fmt: skip
    _write(canvas, _out_lines(canvas, out, box.width), box.x + _PAD, box.y + _PAD)


def _draw_way_out(canvas: Canvas, points: str, out: _Box) -> None:
    colour = canvas.palette.convention
    canvas.path(points, fill="none", stroke=colour, stroke_width=1.8, stroke_dasharray="5 3")
    canvas.path(f"M{out.x - 1:g} {out.middle:g}l-9 -5v10Z", fill=colour)


def _draw_arrow_down(canvas: Canvas, x: float, top: float, bottom: float) -> None:
    colour = canvas.palette.course
    canvas.line(x, top, x, bottom - 6, colour, stroke_width=1.8)
    canvas.path(f"M{x:g} {bottom - 1:g}l-5 -9h10Z", fill=colour)


def _lines(words: str, size: float, bold: bool, room: float, fill: str) -> list[_Line]:
    share = _BOLD_SHARE if bold else 1.0
    return [_Line(line, size, bold, fill) for line in wrapped(words, share * room, size, bold)]


def _height(lines: list[_Line]) -> float:
    return 2 * _PAD + sum(_LEADING * line.size for line in lines)


def _write(canvas: Canvas, lines: list[_Line], x: float, y: float) -> None:
    for line in lines:
        y += _LEADING * line.size
        canvas.text(x, y - 0.3 * line.size, line.words, size=line.size, bold=line.bold,
                    fill=line.fill)  # fmt: skip


def _words(step: PathStep) -> str:
    return f"{step.words.removesuffix('.')} (course rule)." if step.course_rule else step.words


def _way_out(out: WayOut) -> str:
    return f"{out.when}: {out.then}"


def _ended(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."
