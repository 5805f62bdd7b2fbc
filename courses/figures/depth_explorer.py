"""The depth explorer as a figure: drawing, alternative text and table of what is shown."""

from collections.abc import Iterable, Iterator

from courses.figures.canvas import Canvas, Drawing, wrapped
from courses.figures.depth_facts import DepthExplorerFacts, Dermis, ExplorerSite
from courses.figures.depth_lines import draw_lines, rows
from courses.figures.depth_model import (
    Shown,
    ceiling_words,
    first_shown,
    live_words,
)
from courses.figures.depth_section import draw_section
from courses.figures.palette import Palette
from courses.figures.parts import Reading

Row = tuple[str, str, str]
_NARROW = 500
_SMALL = 11.5


def depth_drawing(now: Shown, palette: Palette, width: float) -> Drawing:
    """Draw the section and the lines side by side, or one below the other where it is narrow."""
    canvas = Canvas(width, palette)
    if width < _NARROW:
        below = draw_section(canvas, now, left=12, top=26, block=108, right=width - 10)
        bottom = draw_lines(canvas, now, left=12, top=below + 34, width=width - 24)
        return canvas.finish(_draw_why(canvas, now, 12, bottom + 16, width - 24))
    below = draw_section(canvas, now, left=16, top=30, block=128, right=352)
    left = _draw_why(canvas, now, 16, below + 24, 330)
    right = draw_lines(canvas, now, left=376, top=30, width=width - 392)
    return canvas.finish(max(left, right) + 12)


def _draw_why(canvas: Canvas, now: Shown, left: float, y: float, width: float) -> float:
    """Write why a length is no depth, with the needle and the channel that were compared."""
    colours, scale, needle = canvas.palette, 122, now.facts.needle
    canvas.line(left, y - 8, left + width, y - 8, colours.rule, stroke_width=1)
    for number, (words, length, fill) in enumerate(
        (
            (f"needle {needle.length:g}", needle.length, colours.soft_ink),
            (f"channel {needle.channel:g}, {needle.where}", needle.channel, colours.histology),
        )
    ):
        at = y + 8 + 18 * number
        canvas.rect(left, at, length * scale, 8, fill, rx=2)
        canvas.text(left + length * scale + 8, at + 8, words, size=_SMALL)
    y += 60
    for line in wrapped(now.facts.why, width, _SMALL):
        canvas.text(left, y, line, size=_SMALL, fill=colours.soft_ink)
        y += 15
    return y + 2


def depth_alt(now: Shown) -> str:
    """Return what the figure shows, in words."""
    lines = "; ".join(f"{one.who}: {one.value}" for one in rows(now)[1:])
    return (
        f"Skin in section to true scale, from the surface to 3 mm. {live_words(now)} "
        f"{now.facts.why} Lengths in mm that others name: {lines}."
    )


def depth_table(
    facts: DepthExplorerFacts,
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return every layer, site and line of the figure as header and rows."""
    needle, now = facts.needle, first_shown(facts)
    compared = f"needle {needle.length:g}, channel {needle.channel:g} ({needle.where})"
    lines = rows(now)[-len(facts.lines) :] if facts.lines else ()
    found: list[Row] = [
        ("Stratum corneum", _reading(facts.horn), _keys(facts.horn.sources)),
        *(("Epidermis", _reading(one), _keys(one.sources)) for one in facts.epidermis),
        *(row for site in facts.sites for row in _of_site(facts, site)),
        *(
            (row.who, f"{row.value}: {row.words}", _keys(line.sources))
            for row, line in zip(lines, facts.lines, strict=True)
        ),
        ("Length is not depth", compared, _keys(needle.sources)),
        ("The margin", facts.margin, _keys(facts.margin_sources)),
    ]
    return ("What", "Figures in mm", "Sources"), tuple(found)


def _of_site(facts: DepthExplorerFacts, site: ExplorerSite) -> Iterator[Row]:
    for one in site.epidermis:
        yield f"{site.name}, epidermis", _reading(one), _keys(one.sources)
    where = f" ({site.measured_at})" if site.measured_at else ""
    words = "; ".join(_reading(one) for one in site.dermis) or "no figure seen"
    found = (key for one in site.dermis for key in one.sources)
    yield f"{site.name}, dermis{where}", words, _keys(found)
    ruled = site.never.sources if site.never else facts.ceiling_sources
    yield f"{site.name}, course ceiling", ceiling_words(site), _keys(ruled)
    for who, said in (("trade charts", site.charts), ("one clinician guide", site.guide)):
        if said:
            span = said.span + (f" ({said.where})" if said.where else "")
            yield f"{site.name}, {who}", span, _keys(facts.said_sources)


def _reading(reading: Reading) -> str:
    spread = reading.spread if isinstance(reading, Dermis) else None
    about = [part for part in (reading.who, reading.method, reading.where) if part]
    about += [f"SD about {spread.span}"] if spread else []
    return f"{reading.span} ({', '.join(about)})"


def _keys(keys: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(keys))
