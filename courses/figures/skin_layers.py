"""The left half of the skin figure: layers in section, with a ruler and what each layer is."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.figures.canvas import Canvas, path_of, wave
from courses.figures.facts import SkinSectionFacts

_BLOCK = 92
_DEEPEST = 2.08
_LINE = 14.5
_SMALL = 11.5


@dataclass(frozen=True)
class _Frame:
    """Where the block of skin stands: edges, surface and pixels per millimetre."""

    left: float
    right: float
    surface: float
    scale: float

    def y(self, depth: float) -> float:
        return self.surface + depth * self.scale


@dataclass(frozen=True)
class _Callout:
    depth: float
    head: str
    lines: tuple[str, ...]
    colour: str = ""


def draw_section(
    canvas: Canvas, facts: SkinSectionFacts, left: float, top: float, scale: float
) -> float:
    """Draw the section with its title's baseline at `top`; returns the y of its lower edge."""
    canvas.text(left, top, facts.title, size=14.5, bold=True)
    canvas.text(left, top + 17, "depth in mm, to scale", size=_SMALL, fill=canvas.palette.soft_ink)
    frame = _Frame(left + 34, left + 34 + _BLOCK, top + 46, scale)
    _draw_tissue(canvas, facts, frame)
    _draw_ruler(canvas, facts, frame)
    _draw_callouts(canvas, _callouts(facts, canvas), frame)
    return frame.y(_DEEPEST)


def dermis_means(facts: SkinSectionFacts) -> tuple[float, float]:
    """Return the smallest and the largest mean thickness of the dermis over sites and sexes."""
    means = [r for site in facts.sites for r in site.readings if r.who]
    return min(one.low for one in means), max(one.high for one in means)


def dermis_floor(facts: SkinSectionFacts) -> tuple[float, float]:
    """Return between which depths the dermis ends: dermis and epidermis, thinnest and thickest."""
    readings = facts.layers[1].readings
    thinnest, thickest = dermis_means(facts)
    return (
        thinnest + min(one.low for one in readings),
        thickest + max(one.high for one in readings),
    )


def _draw_tissue(canvas: Canvas, facts: SkinSectionFacts, frame: _Frame) -> None:
    colours = canvas.palette
    box = (frame.left, frame.surface, _BLOCK, _DEEPEST * frame.scale)
    canvas.define(
        "skin",
        f'<clipPath id="skin"><rect x="{box[0]}" y="{box[1]}" width="{box[2]}" '
        f'height="{box[3]:.1f}" rx="4"/></clipPath>',
    )
    canvas.rect(*box, colours.fat, clip_path="url(#skin)")
    draw_fat(
        canvas,
        (frame.left, frame.right),
        frame.y(dermis_floor(facts)[0]),
        frame.y(_DEEPEST) + 12,
    )
    shallow, deep = dermis_floor(facts)
    floor = wave(frame.left, frame.right, frame.y((shallow + deep) / 2), 7, 70)
    _fill_down_to(canvas, frame, floor, colours.dermis)
    _draw_fibres(canvas, frame, (shallow + deep) / 2)
    histology = [one for one in facts.layers[1].readings if one.method == "histology"]
    thin, thick = min(one.low for one in histology), max(one.high for one in histology)
    # The ridges run between the thinnest and the thickest reading, so the border is the range.
    height = (thick - thin) / 2 * frame.scale
    ridges = wave(frame.left, frame.right, frame.y((thin + thick) / 2), height, 31)
    _draw_vessels(canvas, frame, thick)
    _fill_down_to(canvas, frame, ridges, colours.epidermis)
    horn = facts.layers[0].readings[0].high * frame.scale
    canvas.rect(frame.left, frame.surface, _BLOCK, horn, colours.horn, clip_path="url(#skin)")
    sound = next(one for one in facts.layers[1].readings if one.method == "ultrasound")
    for depth in (sound.low, sound.high):
        y = frame.y(depth)
        ink = colours.ink
        canvas.line(frame.left, y, frame.right, y, ink, stroke_width=0.9, stroke_dasharray="2 3")
    hatch = canvas.hatch("floor", colours.bar_line, gap=9)
    canvas.rect(
        frame.left,
        frame.y(shallow),
        _BLOCK,
        (deep - shallow) * frame.scale,
        hatch,
        opacity=0.32,
    )
    canvas.rect(*box, "none", stroke=colours.ink, stroke_width=1.2, rx=4)


def _fill_down_to(
    canvas: Canvas, frame: _Frame, edge: Sequence[tuple[float, float]], fill: str
) -> None:
    corners = [(frame.right, frame.surface), (frame.left, frame.surface)]
    canvas.path(
        path_of([*edge, *corners], closed=True),
        fill=fill,
        stroke=canvas.palette.bar_line,
        stroke_width=1,
        clip_path="url(#skin)",
    )


def _draw_fibres(canvas: Canvas, frame: _Frame, floor: float) -> None:
    y = frame.y(0.2)
    row = 0
    while y < frame.y(floor) - 12:
        reach = 26 + (row * 37) % 30
        start = frame.left - 8 + (row * 23) % 34
        while start < frame.right:
            points = wave(start, start + reach, y + (row % 3), 2.6, 27, phase=row)
            canvas.path(
                path_of(points),
                fill="none",
                stroke=canvas.palette.fibre,
                stroke_width=1.3 + (row % 3) * 0.5,
                stroke_linecap="round",
                clip_path="url(#skin)",
            )
            start += reach + 9
        y += 9.5
        row += 1


def _draw_vessels(canvas: Canvas, frame: _Frame, ridge: float) -> None:
    deep, top = frame.y(0.44), frame.y(ridge) + 7
    style: dict[str, str | float] = {
        "fill": "none",
        "stroke": canvas.palette.vessel,
        "stroke_width": 1.5,
        "stroke_linecap": "round",
        "clip_path": "url(#skin)",
    }
    canvas.path(path_of(wave(frame.left, frame.right, deep, 3, 60)), **style)
    for x in range(round(frame.left) + 15, round(frame.right) - 8, 30):
        rise = f"M{x} {deep:.1f}C{x + 5} {deep - 22:.1f} {x - 4} {top + 8:.1f} {x + 1} {top:.1f}"
        canvas.path(
            f"{rise}C{x + 7} {top + 6:.1f} {x + 2} {deep - 26:.1f} {x + 11} {deep:.1f}", **style
        )


def draw_fat(canvas: Canvas, across: tuple[float, float], top: float, bottom: float) -> None:
    """Draw rows of fat cells between two heights, from left to right of `across`, in pixels."""
    y, row = top, 0
    while y < bottom:
        x = across[0] + (13 if row % 2 else 0)
        while x < across[1] + 13:
            canvas.path(
                f"M{x - 12} {y:.1f}a12 11 0 1 0 24 0a12 11 0 1 0 -24 0",
                fill="none",
                stroke=canvas.palette.horn,
                stroke_width=0.9,
                clip_path="url(#skin)",
            )
            x += 25
        y += 20
        row += 1


def _draw_ruler(canvas: Canvas, facts: SkinSectionFacts, frame: _Frame) -> None:
    ink, edge = canvas.palette.soft_ink, frame.left - 3
    canvas.line(edge, frame.y(0), edge, frame.y(facts.ruler), ink, stroke_width=1.2)
    for tenth in range(round(facts.ruler * 10) + 1):
        y = frame.y(tenth / 10)
        length = 8 if tenth % 5 == 0 else 4
        canvas.line(edge - length, y, edge, y, ink, stroke_width=1.2)
        if tenth % 5 == 0:
            canvas.text(edge - 10, y + 4, f"{tenth / 10:g}", size=12, anchor="end")
    y = frame.y(facts.convention.mm)
    canvas.line(
        edge - 10,
        y,
        frame.right + 7,
        y,
        canvas.palette.convention,
        stroke_width=2,
        stroke_dasharray="6 4",
    )


def _callouts(facts: SkinSectionFacts, canvas: Canvas) -> list[_Callout]:
    horn = facts.layers[0].readings[0]
    series = [one for one in facts.layers[1].readings if one.method == "histology"]
    sound = next(one for one in facts.layers[1].readings if one.method == "ultrasound")
    thinnest, thickest = dermis_means(facts)
    floor = sum(dermis_floor(facts)) / 2
    spans = " or ".join(one.span for one in series)
    middle = sum(one.low + one.high for one in series) / (2 * len(series))
    return [
        _Callout(horn.low / 2, "Stratum corneum", (f"about {horn.span} ({horn.where})",)),
        _Callout(
            middle,
            "Epidermis",
            (spans, "by histology;", f"{sound.span} by ultrasound"),
        ),
        _Callout(
            facts.convention.mm,
            f"{facts.convention.mm:g} line",
            ("a trade convention,", "no boundary in skin"),
            canvas.palette.convention,
        ),
        _Callout(0.68, "Dermis", ("collagen, blood vessels",)),
        _Callout(
            floor,
            "Dermis ends",
            (f"{thinnest:.2f}–{thickest:.2f} thick, means", "by site and by sex"),
        ),
        _Callout((floor + _DEEPEST) / 2 + 0.1, "Fat", ("not for your needle",)),
    ]


def _draw_callouts(canvas: Canvas, callouts: Sequence[_Callout], frame: _Frame) -> None:
    x = frame.right + 22
    free = frame.surface - 8
    for one in callouts:
        y = max(free, frame.y(one.depth) + 4)
        colour = one.colour or canvas.palette.ink
        canvas.text(x, y, one.head, size=12.5, bold=True, fill=colour)
        for number, line in enumerate(one.lines, start=1):
            canvas.text(x, y + number * _LINE, line, size=_SMALL, fill=canvas.palette.soft_ink)
        at = frame.y(one.depth)
        canvas.path(
            f"M{frame.right + 1} {at:.1f}h6L{x - 5} {y - 4:.1f}",
            fill="none",
            stroke=one.colour or canvas.palette.soft_ink,
            stroke_width=1.1,
        )
        free = y + len(one.lines) * _LINE + 19
