"""Healing after needling: phases and what they mean, on an axis from minutes to two years."""

import math
from dataclasses import dataclass

from courses.figures.canvas import Canvas, Drawing, text_width, wrapped
from courses.figures.facts import HealingTimelineFacts
from courses.figures.palette import Palette
from courses.figures.parts import Guidance, Phase, lowered

_NARROW = 500
_SMALL = 11.5
_HILL = 26
_DAY = 1_440.0
_TICKS = (
    (10.0, "10 min"),
    (60.0, "1 h"),
    (_DAY, "1 day"),
    (3 * _DAY, "3 d"),
    (7 * _DAY, "7 d"),
    (21 * _DAY, "3 wk"),
    (91.3 * _DAY, "3 mo"),
    (365.25 * _DAY, "1 yr"),
    (730.5 * _DAY, "2 yr"),
)


@dataclass(frozen=True)
class Axis:
    """Time to pixels: nearly straight for the first minutes, logarithmic from then on."""

    left: float
    right: float
    longest: float

    def x(self, minutes: float) -> float:
        """Return where an instant lies."""
        return self.left + (self.right - self.left) * _log(minutes) / _log(self.longest)


def healing_drawing(facts: HealingTimelineFacts, palette: Palette, width: float) -> Drawing:
    """Draw the phases with their names beside them, or above them where it is narrow."""
    canvas = Canvas(width, palette)
    narrow = width < _NARROW
    longest = max(one.ends[1] for one in facts.phases)
    axis = Axis(12, width - 24, longest) if narrow else Axis(176, width - 32, longest)
    left = 12 if narrow else 16
    canvas.text(left, 26, facts.title, size=14.5, bold=True)
    marks = ticks(axis)
    y = 62.0
    grid_from = y + 4
    for x, label in marks:
        draw_tick(canvas, x, label, y, width - 8)
    y += 14
    for phase, colour in zip(facts.phases, palette.phases, strict=True):
        y = _phase(canvas, axis, phase, colour, left, y, narrow)
    canvas.text(left, y + 20, "What it means for you", size=14.5, bold=True)
    y += 30
    for guidance in facts.guidance:
        y = _guidance(canvas, axis, guidance, left, y, narrow)
    _draw_grid(canvas, [x for x, _ in marks], grid_from, y)
    return canvas.finish(_draw_legend(canvas, left, y + 22) + 12)


def healing_alt(facts: HealingTimelineFacts) -> str:
    """Return what the figure shows, in words."""
    phases = " ".join(
        f"{one.label}, {one.words}: {lowered(one.workers)}. {one.meaning}" for one in facts.phases
    )
    guidance = " ".join(f"{one.label}: {_words(one)}." for one in facts.guidance)
    return f"Timeline from minutes to two years. {phases} {guidance}"


def healing_table(
    facts: HealingTimelineFacts,
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the figure's facts as header and rows."""
    rows = [
        (one.label, one.words, one.workers, one.meaning, " ".join(one.sources))
        for one in facts.phases
    ]
    rows += [(one.label, _words(one), "", "", " ".join(one.sources)) for one in facts.guidance]
    return ("Phase or advice", "Time", "Who is at work", "What it means", "Sources"), tuple(rows)


def _log(minutes: float) -> float:
    return math.log10(1 + minutes / 10)


def ticks(axis: Axis) -> list[tuple[float, str]]:
    """Return the x of every tick with its label, which is empty where it would touch another."""
    found: list[tuple[float, str]] = []
    # From the far end, so that the last label always stands.
    taken = math.inf
    for minutes, label in reversed(_TICKS):
        x = axis.x(minutes)
        half = text_width(label, _SMALL) / 2
        if x + half + 5 > taken:
            found.append((x, ""))
            continue
        found.append((x, label))
        taken = x - half
    return found


def draw_tick(canvas: Canvas, x: float, label: str, y: float, right: float) -> None:
    """Draw a tick below y, its label above it and no further right than `right`."""
    if label:
        half = text_width(label, _SMALL) / 2
        canvas.text(min(x, right - half), y - 6, label, size=_SMALL, anchor="middle")
    canvas.line(x, y, x, y + 6, canvas.palette.soft_ink, stroke_width=1.2)


def _draw_grid(canvas: Canvas, places: list[float], top: float, bottom: float) -> None:
    for x in places:
        canvas.behind(x, top, x, bottom, canvas.palette.rule)


def _phase(
    canvas: Canvas, axis: Axis, phase: Phase, colour: str, left: float, y: float, narrow: bool
) -> float:
    soft = canvas.palette.soft_ink
    canvas.text(left, y + 18, phase.label, size=13, bold=True)
    room = canvas.width - 2 * left if narrow else axis.left - left - 10
    lines = wrapped(phase.words, room, _SMALL)
    for number, line in enumerate(lines):
        canvas.text(left, y + 34 + 14 * number, line, size=_SMALL, fill=soft)
    top = y + 42 if narrow else y + 4
    draw_hill(canvas, axis, phase, colour, top)
    below = _write_under(canvas, axis, phase, top + _HILL + 15)
    return max(below + 4, y + 40 + 14 * len(lines))


def _write_under(canvas: Canvas, axis: Axis, phase: Phase, y: float) -> float:
    """Write who is at work and what it means under a phase; returns the next line's y.

    The words begin where the phase does, or further left where they would not fit.
    """
    room = canvas.width - 14 - axis.left
    lines = [(line, canvas.palette.soft_ink) for line in wrapped(phase.workers, room, _SMALL)]
    lines += [(line, canvas.palette.ink) for line in wrapped(phase.meaning, room, _SMALL)]
    longest = max(text_width(line, _SMALL) for line, _ in lines)
    x = max(axis.left, min(axis.x(phase.starts[0]), axis.left + room - longest))
    for line, fill in lines:
        canvas.text(x, y, line, size=_SMALL, fill=fill)
        y += 15
    return y


def draw_hill(
    canvas: Canvas, axis: Axis, phase: Phase, colour: str, top: float, faded: bool = False
) -> None:
    """Draw a phase as a hill whose slopes are the ranges of its ends."""
    base = top + _HILL
    start, full = (axis.x(one) for one in phase.starts)
    fade, end = (axis.x(one) for one in phase.ends)
    rise, fall = (full - start) / 2, (end - fade) / 2
    canvas.path(
        f"M{start:.1f} {base}C{start + rise:.1f} {base} {full - rise:.1f} {top} {full:.1f} {top}"
        f"H{fade:.1f}C{fade + fall:.1f} {top} {end - fall:.1f} {base} {end:.1f} {base}Z",
        fill=colour,
        stroke=canvas.palette.ink,
        stroke_width=0.8 if faded else 1.4,
        stroke_linejoin="round",
        opacity=0.4 if faded else 1.0,
    )


def _guidance(
    canvas: Canvas, axis: Axis, guidance: Guidance, left: float, y: float, narrow: bool
) -> float:
    words = _words(guidance)
    begin, end = axis.x(guidance.begin), axis.x(guidance.end)
    if narrow:
        canvas.text(left, y + 14, guidance.label, size=12.5, bold=True)
        canvas.text(left, y + 29, words, size=_SMALL, fill=canvas.palette.soft_ink)
        draw_span(canvas, guidance.course_rule, begin, end, y + 35)
        return y + 52
    lines = wrapped(guidance.label, axis.left - left - 8, 12.5)
    for number, line in enumerate(lines):
        canvas.text(left, y + 16 + 14 * number, line, size=12.5, bold=True)
    draw_span(canvas, guidance.course_rule, begin, end, y + 8)
    width = text_width(words, _SMALL)
    soft = canvas.palette.soft_ink
    if end + 8 + width <= canvas.width - 12:
        canvas.text(end + 8, y + 17, words, size=_SMALL, fill=soft)
    elif begin - 8 - width >= axis.left:
        canvas.text(begin - 8, y + 17, words, size=_SMALL, anchor="end", fill=soft)
    else:
        canvas.text(end, y + 33, words, size=_SMALL, anchor="end", fill=soft)
    return y + (42 if len(lines) > 1 else 31)


def draw_span(
    canvas: Canvas, ours: bool, begin: float, end: float, y: float, faded: bool = False
) -> None:
    """Draw a bar from one x to another: hatched where it is a rule of `ours`, the course's."""
    colours = canvas.palette
    line = colours.course if ours else colours.soft_ink
    fill = canvas.hatch("rule", colours.course, gap=6) if ours else colours.panel
    canvas.rect(
        begin, y, end - begin, 11, fill, stroke=line, stroke_width=1.4, rx=2,
        opacity=0.45 if faded else 1.0,
    )  # fmt: skip


def _draw_legend(canvas: Canvas, left: float, y: float) -> float:
    colours = canvas.palette
    draw_span(canvas, True, left, left + 20, y - 10)
    end = canvas.text(left + 26, y, "course rule", size=_SMALL, fill=colours.soft_ink)
    draw_span(canvas, False, end + 16, end + 36, y - 10)
    canvas.text(end + 42, y, "from sources", size=_SMALL, fill=colours.soft_ink)
    return y


def _words(guidance: Guidance) -> str:
    return f"{guidance.words} (course rule)" if guidance.course_rule else guidance.words
