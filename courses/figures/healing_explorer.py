"""The healing explorer as a figure: phases, the client's view and waiting times, with one day."""

from courses.figures.canvas import Canvas, Drawing, text_width, wrapped
from courses.figures.healing_days import DAY, Day, live_words, title_words
from courses.figures.healing_facts import Worry
from courses.figures.healing_picture import HEIGHT, draw_skin, draw_words
from courses.figures.healing_timeline import Axis, draw_hill, draw_span, draw_tick, ticks
from courses.figures.palette import Palette
from courses.figures.parts import Guidance, lowered

_NARROW = 500
_SMALL = 11.5
_NOT_TO_SCALE = "drawn, not to scale"


def healing_day_drawing(day: Day, palette: Palette, width: float) -> Drawing:
    """Draw the rows with their names beside them, or above them where it is narrow."""
    canvas = Canvas(width, palette)
    narrow = width < _NARROW
    longest = max(one.ends[1] for one in day.facts.phases)
    axis = Axis(12, width - 24, longest) if narrow else Axis(212, width - 32, longest)
    left = 12 if narrow else 16
    canvas.text(left, 26, day.facts.title, size=14.5, bold=True)
    top = _picture(canvas, axis, day, left, narrow) + 46
    marks = ticks(axis)
    for x, label in marks:
        draw_tick(canvas, x, label, top, width - 8)
    y = _phases(canvas, axis, day, left, top + 14, narrow)
    y = _heading(canvas, "Wait", left, y + 8)
    for guidance in day.facts.guidance:
        y = _guidance(canvas, axis, guidance, day, left, y, narrow)
    y = _heading(canvas, "Not expected from then on", left, y + 10)
    for worry in _dated(day):
        y = _worry(canvas, axis, worry, day, left, y, narrow)
    for x, _ in marks:
        canvas.behind(x, top + 4, x, y, palette.rule)
    _draw_day(canvas, axis, day, top + 4, y, left)
    return canvas.finish(_legend(canvas, left, y + 24) + 14)


def healing_day_alt(day: Day) -> str:
    """Return what the figure shows, in words."""
    phases = " ".join(f"{one.label}: {one.words}." for one in day.facts.phases)
    workers = " and ".join(lowered(one.workers) for one in day.phases)
    waits = " ".join(f"{one.label}: {one.words}." for one in day.facts.guidance)
    worries = " ".join(f"{one.sign}: {one.when}." for one in _dated(day))
    return (
        f"A needle channel in the skin on one day, with {workers} at work, and a timeline "
        f"of healing from minutes to two years with that day marked. {live_words(day)} "
        f"Phases: {phases} Waiting: {waits} Not expected: {worries}"
    )


def healing_day_table(day: Day) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return every fact of the figure as header and rows."""
    facts = day.facts
    found: list[tuple[str, ...]] = [
        (one.label, one.words, one.meaning, " ".join(one.sources)) for one in facts.phases
    ]
    for number, one in enumerate(facts.seen, start=1):
        found.append((f"The client sees, {number}", _span(one.begin, one.end), one.words,
                      " ".join(one.sources)))  # fmt: skip
    for rule in facts.guidance:
        said = "a course rule" if rule.course_rule else ""
        found.append((rule.label, rule.words, said, " ".join(rule.sources)))
    for worry in facts.worries:
        said = f"Think of: {worry.think}. Do: {worry.act}."
        found.append((worry.sign, worry.when, said, " ".join(worry.sources)))
    interval = facts.interval
    said = f"{interval.why} {interval.studies}"
    found.append(("Needling again", interval.words, said, " ".join(interval.sources)))
    return ("What", "When", "What it means", "Sources"), tuple(found)


def _dated(day: Day) -> tuple[Worry, ...]:
    return tuple(one for one in day.facts.worries if one.begin > 0)


def _span(begin: float, end: float) -> str:
    if end <= DAY:
        return "0–24 hours"
    first, last = round(begin / DAY), round(end / DAY)
    return f"day {first}–{last}" if last < 60 else f"day {first} to month {round(last / 30.4)}"


def _heading(canvas: Canvas, words: str, left: float, y: float) -> float:
    canvas.text(left, y + 14, words, size=13.5, bold=True)
    return y + 24


def _picture(canvas: Canvas, axis: Axis, day: Day, left: float, narrow: bool) -> float:
    y = 50.0
    canvas.text(left, y, "In the skin", size=13.5, bold=True)
    if narrow:
        end = canvas.width - 12
        canvas.text(end, y, _NOT_TO_SCALE, size=_SMALL, anchor="end", fill=_soft(canvas))
        y += 10
    else:
        canvas.text(left, y + 16, _NOT_TO_SCALE, size=_SMALL, fill=_soft(canvas))
        y = 38
    width = axis.right - axis.left
    draw_skin(canvas, day, axis.left, y, width)
    return draw_words(canvas, day, axis.left, y + HEIGHT + 18, width)


def _phases(canvas: Canvas, axis: Axis, day: Day, left: float, y: float, narrow: bool) -> float:
    """Draw the phases half over one another, since they overlap."""
    running = day.phases
    for phase, colour in zip(day.facts.phases, canvas.palette.phases, strict=True):
        on = phase in running
        canvas.text(left, y + 15, phase.label, size=12.5, bold=True)
        if narrow:
            end = canvas.width - 12
            canvas.text(end, y + 15, phase.words, size=_SMALL, anchor="end", fill=_soft(canvas))
            draw_hill(canvas, axis, phase, colour, y + 22, faded=not on)
            y += 56
        else:
            canvas.text(left, y + 30, phase.words, size=_SMALL, fill=_soft(canvas))
            draw_hill(canvas, axis, phase, colour, y + 4, faded=not on)
            y += 38
    return y


def _soft(canvas: Canvas) -> str:
    return canvas.palette.soft_ink


def _guidance(
    canvas: Canvas, axis: Axis, one: Guidance, day: Day, left: float, y: float, narrow: bool
) -> float:
    on = one in day.guidance
    begin, end = axis.x(one.begin), axis.x(one.end)
    room = canvas.width - 2 * left if narrow else axis.left - left - 8
    lines = wrapped(one.label, room, 12)
    for number, line in enumerate(lines):
        canvas.text(left, y + 13 + 14 * number, line, size=12, bold=on)
    top = y + 20 if narrow else y + 4
    draw_span(canvas, one.course_rule, begin, end, top, faded=not on)
    _beside(canvas, one.words, begin, end, top + 9)
    return y + 40 if narrow else y + 10 + 14 * len(lines)


def _beside(canvas: Canvas, words: str, begin: float, end: float, y: float) -> None:
    """Write after a bar, or before it, or at the end of the line above it."""
    width = text_width(words, _SMALL)
    if end + 8 + width <= canvas.width - 8:
        x, anchor = end + 8, "start"
    elif begin - 8 - width >= 12:
        x, anchor = begin - 8, "end"
    else:
        x, anchor, y = canvas.width - 12, "end", y - 16
    canvas.text(x, y, words, size=_SMALL, anchor=anchor, fill=_soft(canvas))


def _worry(
    canvas: Canvas, axis: Axis, one: Worry, day: Day, left: float, y: float, narrow: bool
) -> float:
    """Draw a mark where something stops being expected, and a line from there on."""
    colour, on = canvas.palette.vessel, one.begin <= day.start
    room = canvas.width - 2 * left if narrow else axis.left - left - 8
    lines = wrapped(one.sign, room, 12)
    for number, line in enumerate(lines):
        canvas.text(left, y + 13 + 14 * number, line, size=12, bold=on)
    at = y + (8 if not narrow else 14 * len(lines) + 10)
    x, opacity = axis.x(one.begin), 1.0 if on else 0.45
    canvas.line(x, at, axis.right, at, colour, stroke_width=3, opacity=opacity)
    canvas.path(
        f"M{x:.1f} {at - 8}l7 13h-14z", fill=colour, stroke=canvas.palette.paper,
        stroke_width=1.2, opacity=opacity,
    )  # fmt: skip
    return at + 14 if narrow else y + 10 + 14 * len(lines)


def _draw_day(canvas: Canvas, axis: Axis, day: Day, top: float, bottom: float, left: float) -> None:
    begin, end = axis.x(day.start), axis.x(day.start + DAY)
    colour = canvas.palette.course
    canvas.band(begin, top, max(end - begin, 3), bottom - top, colour)
    words = title_words(day)
    half = text_width(words, 12, True) / 2
    x = min(max((begin + end) / 2, left + half), canvas.width - 12 - half)
    canvas.text(x, top - 32, words, size=12, bold=True, anchor="middle", fill=colour)
    middle = (begin + max(end, begin + 3)) / 2
    canvas.path(f"M{middle - 5:.1f} {top - 28}h10l-5 6z", fill=colour)


def _legend(canvas: Canvas, left: float, y: float) -> float:
    colours = canvas.palette
    draw_span(canvas, True, left, left + 20, y - 10, faded=False)
    end = canvas.text(left + 26, y, "course rule", size=_SMALL, fill=_soft(canvas))
    draw_span(canvas, False, end + 16, end + 36, y - 10, faded=False)
    end = canvas.text(end + 42, y, "from sources", size=_SMALL, fill=_soft(canvas))
    if end + 120 > canvas.width:
        end, y = left - 16, y + 20
    canvas.line(end + 16, y - 4, end + 36, y - 4, colours.vessel, stroke_width=3)
    canvas.text(end + 42, y, "not expected", size=_SMALL, fill=_soft(canvas))
    return y
