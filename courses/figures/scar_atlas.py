"""The scar atlas: every kind from above and in section, with what to expect and to do."""

from courses.figures.atlas_facts import Scar, ScarAtlasFacts
from courses.figures.canvas import Canvas, Drawing, wrapped
from courses.figures.palette import Palette
from courses.figures.scar_frame import Box
from courses.figures.scar_sections import draw_in_section
from courses.figures.scar_surfaces import draw_from_above

_NARROW = 500
_SMALL = 12.0
_LINE = 15.0


def scar_drawing(facts: ScarAtlasFacts, palette: Palette, width: float) -> Drawing:
    """Draw a card for every scar: its words beside the pictures, or below where it is narrow."""
    canvas = Canvas(width, palette)
    narrow = width < _NARROW
    left = 12 if narrow else 16
    canvas.text(left, 28, facts.title, size=14.5, bold=True)
    y = 40.0
    for scar in facts.scars:
        canvas.line(left, y, width - left, y, palette.rule, stroke_width=1)
        y = (_below if narrow else _beside)(canvas, scar, left, y + 8)
    return canvas.finish(_legend(canvas, left, y + 14, width - 2 * left) + 14)


def _beside(canvas: Canvas, scar: Scar, left: float, y: float) -> float:
    draw_from_above(canvas, scar.shape, Box(left, y + 18, 118, 92))
    draw_in_section(canvas, scar.shape, Box(left + 128, y + 18, 196, 92))
    _heads(canvas, left, left + 128, y + 12)
    x = left + 342
    canvas.text(x, y + 14, scar.name, size=13.5, bold=True)
    bottom = _words(canvas, scar, x, y + 33, canvas.width - x - 14)
    return max(y + 122, bottom + 2)


def _below(canvas: Canvas, scar: Scar, left: float, y: float) -> float:
    canvas.text(left, y + 14, scar.name, size=13.5, bold=True)
    _heads(canvas, left, left + 112, y + 32)
    draw_from_above(canvas, scar.shape, Box(left, y + 38, 104, 84))
    draw_in_section(canvas, scar.shape, Box(left + 112, y + 38, 192, 84))
    return _words(canvas, scar, left, y + 142, canvas.width - 2 * left) + 4


def _heads(canvas: Canvas, above: float, cut: float, y: float) -> None:
    for x, words in ((above, "from above"), (cut, "in section")):
        canvas.text(x, y, words, size=11.5, fill=canvas.palette.soft_ink)


def _words(canvas: Canvas, scar: Scar, x: float, y: float, width: float) -> float:
    colours = canvas.palette
    for head, words, fill in (
        ("Looks: ", scar.looks, colours.soft_ink),
        ("Expect: ", scar.response, colours.ink),
        ("Course: ", scar.action, colours.course),
    ):
        for line in wrapped(head + words, width, _SMALL):
            canvas.text(x, y, line, size=_SMALL, fill=fill)
            y += _LINE
        y += 2
    return y


def _legend(canvas: Canvas, left: float, y: float, width: float) -> float:
    colours = canvas.palette
    canvas.line(left, y - 4, left + 22, y - 4, colours.course, stroke_width=1.6,
                stroke_dasharray="4 3")  # fmt: skip
    end = canvas.text(left + 30, y, "edge of the old wound", size=11.5, fill=colours.soft_ink)
    if end + 160 > left + width:
        y, end = y + 18, left - 16
    canvas.line(end + 16, y - 4, end + 38, y - 4, colours.histology, stroke_width=1.8)
    canvas.text(end + 46, y, "tethering cord", size=11.5, fill=colours.soft_ink)
    return y


def scar_alt(facts: ScarAtlasFacts) -> str:
    """Return what the figure shows, in words."""
    cards = " ".join(f"{one.name}: {one.drawn} {one.looks}" for one in facts.scars)
    return f"{facts.title}: each scar drawn from above and in section. {cards}"


def scar_table(facts: ScarAtlasFacts) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the figure's facts as header and rows."""
    rows = [
        (one.name, one.looks, one.response, one.action, " ".join(one.sources))
        for one in facts.scars
    ]
    return ("Scar", "Looks like", "Expected response", "Course action", "Sources"), tuple(rows)
