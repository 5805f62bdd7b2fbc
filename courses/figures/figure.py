"""A figure ready to be shown: two shapes of it, an alternative text, and its facts as a table."""

from dataclasses import dataclass

from courses.figures.canvas import Drawing
from courses.figures.facts import FigureFacts, SkinSectionFacts
from courses.figures.healing_timeline import healing_alt, healing_drawing, healing_table
from courses.figures.palette import Palette
from courses.figures.skin_section import skin_alt, skin_drawing, skin_table

WIDE = 720
COMPACT = 328


@dataclass(frozen=True)
class Table:
    """A header and rows of words."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """One figure: `wide` for screens from about 640 px, `compact` for phones."""

    title: str
    caption: str
    alt: str
    wide: Drawing
    compact: Drawing
    table: Table
    sources: tuple[str, ...]


def draw_figure(facts: FigureFacts, palette: Palette) -> Figure:
    """Draw a figure from its facts; the same facts give the same figure."""
    if isinstance(facts, SkinSectionFacts):
        return Figure(
            title=facts.title,
            caption=facts.caption,
            alt=skin_alt(facts),
            wide=skin_drawing(facts, palette, WIDE),
            compact=skin_drawing(facts, palette, COMPACT),
            table=Table(*skin_table(facts)),
            sources=facts.sources(),
        )
    return Figure(
        title=facts.title,
        caption=facts.caption,
        alt=healing_alt(facts),
        wide=healing_drawing(facts, palette, WIDE),
        compact=healing_drawing(facts, palette, COMPACT),
        table=Table(*healing_table(facts)),
        sources=facts.sources(),
    )
