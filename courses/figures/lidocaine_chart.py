"""The label's ceiling in grams by body weight: it rises with the weight, and then no more."""

from decimal import Decimal

from courses.figures.canvas import Canvas, Drawing, path_of, wrapped
from courses.figures.lidocaine_facts import LidocaineFacts
from courses.figures.lidocaine_sum import LabelSum, in_figures, work_out
from courses.figures.palette import Palette

_NARROW = 500
_SMALL = 12.0
_WEIGHTS = (40, 50, 60, 70, 80, 90)
_FIRST, _LAST = 40, 100
_MOST_GRAMS = 8
_HEIGHT = 210.0
# Whoever weighs this much meets the label's other limit; the facts base works it out too.
_SHOWN = 50


def lidocaine_drawing(facts: LidocaineFacts, palette: Palette, width: float) -> Drawing:
    """Draw the ceiling as a line over body weight, with the forbidden side hatched."""
    canvas = Canvas(width, palette)
    margin = 12 if width < _NARROW else 16
    y = 28.0
    for line in wrapped(facts.title, width - 2 * margin, 14.5):
        canvas.text(margin, y, line, size=14.5, bold=True)
        y += 19
    field = _Field(margin + 34, y + 16, width - 2 * margin - 48)
    _draw_axes(canvas, field)
    _draw_ceiling(canvas, facts, field)
    return canvas.finish(field.bottom + 52)


def lidocaine_alt(facts: LidocaineFacts) -> str:
    """Return what the figure shows, in words."""
    light, heavy = _ceiling(facts, _SHOWN), _ceiling(facts, 90)
    return (
        f"{facts.title}. A line over body weight: it rises by {facts.mg_per_kg:g} mg for each "
        f"kilogram, {in_figures(light.ceiling_grams)} g at {_SHOWN} kg, and stays at "
        f"{in_figures(heavy.ceiling_grams)} g, which is {facts.most_mg:g} mg, from about "
        f"{facts.most_mg / facts.mg_per_kg:.0f} kg on. All above the line is forbidden; nothing "
        "below it is allowed by the line."
    )


def lidocaine_table(facts: LidocaineFacts) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the figure's facts as header and rows."""
    rows = [
        (
            f"{weight} kg",
            f"{in_figures(done.body_mg)} mg",
            f"{in_figures(done.ceiling_mg)} mg",
            f"{in_figures(done.ceiling_grams)} g",
            " ".join(facts.label_sources),
        )
        for weight in _WEIGHTS
        for done in (_ceiling(facts, weight),)
    ]
    unknown = " ".join(dict.fromkeys(key for limit in facts.limits for key in limit.sources))
    too_strong = f"stronger than {facts.percent:g}%"
    rows += [
        ("any weight", too_strong, "none", "do not use it", " ".join(facts.strongest_sources)),
        ("any weight", "what the sum cannot tell", "none", "permits nothing", unknown),
    ]
    header = ("Weight", f"{facts.mg_per_kg:g} mg per kg", "Lower limit", "Grams", "Sources")
    return header, tuple(rows)


class _Field:
    """Where kilograms and grams stand in the drawing."""

    def __init__(self, left: float, top: float, width: float) -> None:
        self.left, self.top, self.right = left, top, left + width
        self.bottom = top + _HEIGHT

    def x(self, kilograms: float) -> float:
        return self.left + (kilograms - _FIRST) / (_LAST - _FIRST) * (self.right - self.left)

    def y(self, grams: float) -> float:
        return self.bottom - grams / _MOST_GRAMS * _HEIGHT


def _draw_axes(canvas: Canvas, field: _Field) -> None:
    ink, soft = canvas.palette.ink, canvas.palette.soft_ink
    for grams in range(0, _MOST_GRAMS + 1, 2):
        y = field.y(grams)
        canvas.line(field.left, y, field.right, y, canvas.palette.rule, stroke_width=1)
        canvas.text(field.left - 6, y + 4, f"{grams} g", size=_SMALL, anchor="end", fill=soft)
    canvas.line(field.left, field.bottom, field.right, field.bottom, ink, stroke_width=1.4)
    for kilograms in range(_FIRST, _LAST + 1, 20):
        x = field.x(kilograms)
        canvas.line(x, field.bottom, x, field.bottom + 5, ink, stroke_width=1.2)
        canvas.text(x, field.bottom + 19, f"{kilograms}", size=_SMALL, anchor="middle", fill=soft)
    middle = (field.left + field.right) / 2
    canvas.text(middle, field.bottom + 40, "body weight in kg", size=_SMALL, anchor="middle")


def _draw_ceiling(canvas: Canvas, facts: LidocaineFacts, field: _Field) -> None:
    colours = canvas.palette
    turn = facts.most_mg / facts.mg_per_kg
    top = facts.most_mg / (facts.percent * 10)
    line = [
        (field.x(_FIRST), field.y(float(_ceiling(facts, _FIRST).exact_grams))),
        (field.x(turn), field.y(top)),
        (field.x(_LAST), field.y(top)),
    ]
    above = [*line, (field.right, field.top), (field.left, field.top)]
    hatch = canvas.hatch("above", colours.vessel, gap=7)
    canvas.path(path_of(above, closed=True), fill=hatch, opacity=0.55)
    canvas.path(path_of(line), fill="none", stroke=colours.course, stroke_width=3)
    _mark(canvas, facts, field, _SHOWN)
    last = f"{in_figures(Decimal(str(top)))} g = {facts.most_mg:g} mg"
    canvas.text(field.right, field.y(top) + 19, last, size=_SMALL, bold=True, anchor="end")


def _mark(canvas: Canvas, facts: LidocaineFacts, field: _Field, kilograms: int) -> None:
    done = _ceiling(facts, kilograms)
    x, y = field.x(kilograms), field.y(float(done.exact_grams))
    canvas.rect(x - 4, y - 4, 8, 8, canvas.palette.course)
    words = f"{kilograms} kg: {in_figures(done.ceiling_grams)} g"
    canvas.text(x + 6, y + 21, words, size=_SMALL, bold=True)


def _ceiling(facts: LidocaineFacts, kilograms: float) -> LabelSum:
    done = work_out(facts, kilograms, 1, facts.percent)
    if isinstance(done, tuple):
        raise ValueError(done)
    return done
