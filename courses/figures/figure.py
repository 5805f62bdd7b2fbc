"""A figure ready to be shown: two shapes of it, an alternative text, and its facts as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from courses.figures.atlas_facts import ScarAtlasFacts, SkinTypesFacts
from courses.figures.canvas import Drawing
from courses.figures.depth_explorer import depth_alt, depth_drawing, depth_table
from courses.figures.depth_facts import DepthExplorerFacts
from courses.figures.depth_model import Shown, first_shown
from courses.figures.facts import FigureFacts, HealingTimelineFacts, SkinSectionFacts
from courses.figures.healing_days import Day, day_of
from courses.figures.healing_explorer import (
    healing_day_alt,
    healing_day_drawing,
    healing_day_table,
)
from courses.figures.healing_facts import HealingExplorerFacts
from courses.figures.healing_timeline import healing_alt, healing_drawing, healing_table
from courses.figures.lidocaine_chart import lidocaine_alt, lidocaine_drawing, lidocaine_table
from courses.figures.lidocaine_facts import LidocaineFacts
from courses.figures.palette import Palette
from courses.figures.path import path_alt, path_drawing, path_table
from courses.figures.path_facts import PathFacts
from courses.figures.scar_atlas import scar_alt, scar_drawing, scar_table
from courses.figures.skin_section import skin_alt, skin_drawing, skin_table
from courses.figures.skin_types import types_alt, types_drawing, types_table

StillFacts = SkinSectionFacts | HealingTimelineFacts | ScarAtlasFacts | SkinTypesFacts | PathFacts
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
    """Draw a figure from its facts; an explorer as it first stands."""
    match facts:
        case DepthExplorerFacts():
            return draw_depth(first_shown(facts), palette)
        case HealingExplorerFacts():
            return draw_day(day_of(facts, 0), palette)
        case LidocaineFacts():
            return _figure(facts, palette, lidocaine_drawing, lidocaine_alt, lidocaine_table)
        case _:
            return _draw_still(facts, palette)


def _draw_still(facts: StillFacts, palette: Palette) -> Figure:
    match facts:
        case SkinSectionFacts():
            return _figure(facts, palette, skin_drawing, skin_alt, skin_table)
        case HealingTimelineFacts():
            return _figure(facts, palette, healing_drawing, healing_alt, healing_table)
        case ScarAtlasFacts():
            return _figure(facts, palette, scar_drawing, scar_alt, scar_table)
        case SkinTypesFacts():
            return _figure(facts, palette, types_drawing, types_alt, types_table)
        case PathFacts():
            return _figure(facts, palette, path_drawing, path_alt, path_table)


def draw_depth(now: Shown, palette: Palette) -> Figure:
    """Draw the depth explorer as it was set."""
    facts = now.facts
    return Figure(
        title=facts.title,
        caption=f"{facts.caption} {now.view.caption}",
        alt=depth_alt(now),
        wide=depth_drawing(now, palette, WIDE),
        compact=depth_drawing(now, palette, COMPACT),
        table=Table(*depth_table(facts)),
        sources=facts.sources(),
    )


def draw_day(day: Day, palette: Palette) -> Figure:
    """Draw the healing explorer on a day."""
    facts = day.facts
    return Figure(
        title=facts.title,
        caption=facts.caption,
        alt=healing_day_alt(day),
        wide=healing_day_drawing(day, palette, WIDE),
        compact=healing_day_drawing(day, palette, COMPACT),
        table=Table(*healing_day_table(day)),
        sources=facts.sources(),
    )


class _Titled(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def caption(self) -> str: ...
    def sources(self) -> tuple[str, ...]: ...


F = TypeVar("F", bound=_Titled)


def _figure(
    facts: F,
    palette: Palette,
    draw: Callable[[F, Palette, float], Drawing],
    alt: Callable[[F], str],
    table: Callable[[F], tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]],
) -> Figure:
    return Figure(
        title=facts.title,
        caption=facts.caption,
        alt=alt(facts),
        wide=draw(facts, palette, WIDE),
        compact=draw(facts, palette, COMPACT),
        table=Table(*table(facts)),
        sources=facts.sources(),
    )
