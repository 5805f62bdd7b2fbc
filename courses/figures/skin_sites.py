"""The right half of the skin figure: the dermis and the course ceiling, site by site."""

from collections.abc import Callable
from dataclasses import dataclass

from courses.figures.canvas import Canvas, text_width, wrapped
from courses.figures.facts import Site, SkinSectionFacts
from courses.figures.parts import Ceiling

_LONGEST = 2.06
_BAR = 11
_SMALL = 11.5


@dataclass(frozen=True)
class _Chart:
    """Where zero is, and how many pixels a millimetre is."""

    zero: float
    scale: float

    def x(self, length: float) -> float:
        return self.zero + length * self.scale


def draw_sites(
    canvas: Canvas,
    facts: SkinSectionFacts,
    left: float,
    top: float,
    width: float,
    names: float = 0,
) -> float:
    """Draw a row for every site and return the y of the lower edge.

    `names` is the width of a column of names beside the bars; 0 puts them above the bars.
    """
    ceilings = 66 if names else 0
    chart = _Chart(left + names, (width - names - ceilings) / _LONGEST)
    canvas.text(left, top, "Dermis by site, with course ceilings", size=14.5, bold=True)
    canvas.text(
        chart.zero, top + 17, "the dermis alone, in mm", size=_SMALL, fill=canvas.palette.soft_ink
    )
    if names:
        canvas.text(left + width, top + 17, "Ceiling", size=_SMALL, bold=True, anchor="end")
    y = top + 50
    _draw_axis(canvas, facts, chart, y - 18)
    for site in facts.sites:
        draw = _row_beside if names else _row_below
        y = draw(canvas, facts, site, chart, left, left + width, y)
    return _draw_needle(canvas, facts, chart, left, y + 6, names)


def _draw_axis(canvas: Canvas, facts: SkinSectionFacts, chart: _Chart, y: float) -> None:
    ink = canvas.palette.soft_ink
    canvas.line(chart.x(0), y, chart.x(facts.ruler), y, ink, stroke_width=1.2)
    for tenth in range(round(facts.ruler * 10) + 1):
        x = chart.x(tenth / 10)
        whole = tenth % 5 == 0
        canvas.line(x, y - (6 if whole else 3), x, y, ink, stroke_width=1.2)
        if whole:
            canvas.text(x, y + 13, f"{tenth / 10:g}", size=_SMALL, anchor="middle")


def _row_beside(
    canvas: Canvas,
    facts: SkinSectionFacts,
    site: Site,
    chart: _Chart,
    left: float,
    right: float,
    y: float,
) -> float:
    lines = wrapped(site.name, chart.zero - left + 4, 12)
    first = y + 28 - (7 if len(lines) > 1 else 0)
    for number, line in enumerate(lines):
        canvas.text(left, first + 14 * number, line, size=12, bold=True)
    canvas.text(chart.zero, y + 16, dermis_words(site), size=_SMALL, fill=canvas.palette.soft_ink)
    canvas.text(right, y + 34, ceiling_words(site), size=12.5, anchor="end", fill=_course(canvas))
    _draw_bar(canvas, facts, site, chart, y + 25)
    canvas.line(left, y + 43, right, y + 43, canvas.palette.rule, stroke_width=0.8)
    return y + 43


def _row_below(
    canvas: Canvas,
    facts: SkinSectionFacts,
    site: Site,
    chart: _Chart,
    left: float,
    right: float,
    y: float,
) -> float:
    canvas.text(left, y + 18, site.name, size=12.5, bold=True)
    ceiling = ceiling_words(site)
    canvas.text(right, y + 18, ceiling, size=12.5, anchor="end", fill=_course(canvas))
    canvas.text(left, y + 34, dermis_words(site), size=_SMALL, fill=canvas.palette.soft_ink)
    _draw_bar(canvas, facts, site, chart, y + 43)
    canvas.line(left, y + 60, right, y + 60, canvas.palette.rule, stroke_width=0.8)
    return y + 60


def dermis_words(site: Site) -> str:
    """Return the readings of a site in a few words; ultrasound goes unsaid, histology does not."""
    if not site.readings:
        return "no figure seen"
    parts = [
        f"{one.who or ('histology' if one.method == 'histology' else '')} {one.span}".strip()
        for one in site.readings
    ]
    where = f"{site.measured_at}: " if site.measured_at else ""
    return where + ", ".join(parts)


def ceiling_words(site: Site) -> str:
    """Return the course ceiling in figures."""
    if site.ceiling is None:
        return "never"
    off = site.ceiling.signed_off
    return f"{site.ceiling.span} ({off:.1f}*)" if off else site.ceiling.span


def _course(canvas: Canvas) -> str:
    return canvas.palette.course


def _draw_bar(canvas: Canvas, facts: SkinSectionFacts, site: Site, chart: _Chart, y: float) -> None:
    colours = canvas.palette
    sound = [one for one in site.readings if one.method == "ultrasound"]
    if sound:
        low, high = min(one.low for one in sound), max(one.high for one in sound)
        edge: dict[str, str | float] = {"stroke": colours.bar_line, "stroke_width": 1}
        canvas.rect(chart.x(0), y, low * chart.scale, _BAR, colours.bar, **edge)
        hatch = canvas.hatch("between", colours.bar_line, gap=5)
        canvas.rect(chart.x(low), y, (high - low) * chart.scale, _BAR, hatch, **edge)
    elif not site.readings:
        width = _LONGEST * chart.scale * 0.5
        canvas.rect(chart.x(0), y, width, _BAR, "none", stroke=colours.rule, stroke_dasharray="3 4")
    for one in site.readings:
        if one.method == "histology":
            _draw_histology(canvas, chart.x(0), chart.x(one.high), y + _BAR / 2)
    _draw_convention(canvas, chart.x(facts.convention.mm), y - 2, y + _BAR + 2)
    _draw_limit(canvas, site, chart, y)


def _draw_histology(canvas: Canvas, zero: float, x: float, y: float) -> None:
    colour = canvas.palette.histology
    canvas.line(zero, y, x, y, colour, stroke_width=1.6, stroke_dasharray="1.5 3")
    canvas.path(f"M{x:.1f} {y - 6}l5.5 6l-5.5 6l-5.5 -6z", fill=colour)


def _draw_limit(canvas: Canvas, site: Site, chart: _Chart, y: float) -> None:
    if site.ceiling is None:
        canvas.path(
            f"M{chart.x(0) + 2:.1f} {y - 1}l13 13m0 -13l-13 13",
            stroke=canvas.palette.course,
            stroke_width=3.2,
            stroke_linecap="round",
        )
        return
    _draw_ceiling(canvas, site.ceiling, chart, y)


def _draw_ceiling(canvas: Canvas, ceiling: Ceiling, chart: _Chart, y: float) -> None:
    colour, paper = canvas.palette.course, canvas.palette.paper
    if ceiling.low < ceiling.high:
        canvas.rect(
            chart.x(ceiling.low),
            y + _BAR - 2.5,
            (ceiling.high - ceiling.low) * chart.scale,
            3.5,
            colour,
        )
        _flag(canvas, chart.x(ceiling.low), y, colour, colour)
    _flag(canvas, chart.x(ceiling.high), y, colour, colour)
    if ceiling.signed_off:
        _flag(canvas, chart.x(ceiling.signed_off), y, paper, colour)


def _flag(canvas: Canvas, x: float, y: float, fill: str, stroke: str) -> None:
    canvas.line(x, y, x, y + _BAR + 2, canvas.palette.paper, stroke_width=5)
    canvas.line(x, y, x, y + _BAR + 2, stroke, stroke_width=2.4)
    canvas.path(
        f"M{x - 5:.1f} {y - 4}h10l-5 8z",
        fill=fill,
        stroke=stroke,
        stroke_width=1.6,
        stroke_linejoin="round",
    )


def _draw_needle(
    canvas: Canvas, facts: SkinSectionFacts, chart: _Chart, left: float, y: float, names: float
) -> float:
    needle, colours = facts.needle, canvas.palette
    if names:
        canvas.text(left, y + 24, "Length is", size=12.5, bold=True)
        canvas.text(left, y + 38, "not depth", size=12.5, bold=True)
    else:
        canvas.text(left, y + 20, "Length is not depth", size=12.5, bold=True)
        y += 16
    said = f"{needle.where}: needle {needle.length:g}, channel {needle.channel:g}"
    canvas.text(chart.zero, y + 18, said, size=_SMALL, fill=colours.soft_ink)
    tip = chart.x(needle.length)
    canvas.path(
        f"M{chart.x(0):.1f} {y + 24}H{tip - 16:.1f}L{tip:.1f} {y + 27}"
        f"L{tip - 16:.1f} {y + 30}H{chart.x(0):.1f}Z",
        fill=colours.soft_ink,
    )
    canvas.rect(
        chart.x(0),
        y + 33,
        needle.channel * chart.scale,
        7,
        colours.vessel,
    )
    return y + 44


def draw_legend(
    canvas: Canvas, facts: SkinSectionFacts, left: float, top: float, width: float
) -> float:
    """Explain every mark, in lines that fit the width; returns the y of the lower edge."""
    x, y = left, top
    for words, draw in _marks(canvas, facts):
        needed = 24 + text_width(words, _SMALL)
        if x > left and x + needed > left + width:
            x, y = left, y + 21
        draw(x, y)
        canvas.text(x + 24, y, words, size=_SMALL, fill=canvas.palette.soft_ink)
        x += needed + 16
    return y + 6


def _marks(
    canvas: Canvas, facts: SkinSectionFacts
) -> tuple[tuple[str, Callable[[float, float], None]], ...]:
    """Return every mark's words, and how to draw it at the left end of a baseline."""
    colours = canvas.palette

    def bar(fill: str) -> Callable[[float, float], None]:
        return lambda x, y: canvas.rect(x, y - 10, 18, _BAR, fill, stroke=colours.bar_line)

    def flag(fill: str) -> Callable[[float, float], None]:
        return lambda x, y: _flag(canvas, x + 9, y - 9, fill, colours.course)

    return (
        ("dermis by ultrasound, to the smaller mean", bar(colours.bar)),
        ("between women’s and men’s mean, or a range", bar("url(#between)")),
        ("dermis by histology", lambda x, y: _draw_histology(canvas, x, x + 13, y - 4)),
        ("course ceiling, a course rule", flag(colours.course)),
        ("* only if licensed and signed off", flag(colours.paper)),
        (
            f"{facts.convention.mm:g} mm: trade convention",
            lambda x, y: _draw_convention(canvas, x + 9, y - 12, y + 3),
        ),
    )


def _draw_convention(canvas: Canvas, x: float, top: float, bottom: float) -> None:
    colour = canvas.palette.convention
    canvas.line(x, top, x, bottom, colour, stroke_width=2, stroke_dasharray="4 2.5")
