"""What the depth explorer draws: skin by site and source, lengths, and who draws which line."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from courses.figures.parts import Ceiling, Keys, Millimetres, Needle, Never, Range, Reading, Words
from quizbank.kinds.item import Frozen, Key


class View(Frozen):
    """One way in which skin was measured, and on whom; what its figures can and cannot tell."""

    id: Key
    label: Words
    method: Literal["ultrasound", "histology"]
    who: Literal["women", "men", ""] = ""
    caption: Words
    sources: Keys


class Dermis(Reading):
    """A mean thickness of the dermis; `spread` is its standard deviation, where one was seen."""

    spread: Range | None = None


class Said(Range):
    """A range that others name for a site; `where` tells the place they mean, if narrower."""

    where: str = ""


class ExplorerSite(Frozen):
    """A site: its dermis as measured (perhaps not at all), what others say, and our ceiling."""

    id: Key
    name: Words
    measured_at: str = ""
    epidermis: tuple[Reading, ...] = ()
    dermis: tuple[Dermis, ...] = ()
    guide: Said | None = None
    charts: Said | None = None
    ceiling: Ceiling | None = None
    never: Never | None = None

    @model_validator(mode="after")
    def _is_decided(self) -> "ExplorerSite":
        if (self.ceiling is None) == (self.never is None):
            raise ValueError("a site needs either a ceiling or the reason why it is never treated")
        return self

    @property
    def why_never(self) -> str:
        """Why the site is never treated; empty where it has a ceiling."""
        return self.never.why if self.never else ""


class Line(Frozen):
    """What an authority says of lengths; without `high` it draws no line in millimetres."""

    who: Words
    words: Words
    low: Annotated[float, Field(ge=0, le=10)] = 0
    high: Millimetres | None = None
    sources: Keys


class Lengths(Frozen):
    """Which needle lengths can be set: from, to, in steps of, at first, and by buttons."""

    shortest: Millimetres
    longest: Millimetres
    step: Millimetres
    first: Millimetres
    buttons: Annotated[tuple[Millimetres, ...], Field(min_length=1)]

    def nearest(self, length: float) -> float:
        """Return the length that can be set nearest to this one."""
        steps = round((length - self.shortest) / self.step)
        most = round((self.longest - self.shortest) / self.step)
        return round(self.shortest + min(max(steps, 0), most) * self.step, 4)


class DepthExplorerFacts(Frozen):
    """What the depth explorer draws; all lengths in millimetres."""

    title: Words
    caption: Words
    views: Annotated[tuple[View, ...], Field(min_length=1)]
    horn: Reading
    epidermis: Annotated[tuple[Reading, ...], Field(min_length=1)]
    sites: Annotated[tuple[ExplorerSite, ...], Field(min_length=1)]
    ceiling_sources: Keys
    said_sources: Keys
    lines: tuple[Line, ...]
    lengths: Lengths
    needle: Needle
    why: Words
    margin: Words
    margin_sources: Keys

    @model_validator(mode="after")
    def _is_readable(self) -> "DepthExplorerFacts":
        for view in self.views:
            if not any(one.method == view.method for one in self.epidermis):
                raise ValueError(f"add a reading of the epidermis by {view.method}")
        return self

    def view(self, view_id: str) -> View:
        """Return a view by its id; the first where there is none."""
        return next((one for one in self.views if one.id == view_id), self.views[0])

    def site(self, site_id: str) -> ExplorerSite:
        """Return a site by its id; the first where there is none."""
        return next((one for one in self.sites if one.id == site_id), self.sites[0])

    def sources(self) -> tuple[str, ...]:
        """Every source key, once, in order of appearance."""
        cited: list[View | Reading | Never | Line | Needle] = [*self.views, self.horn]
        cited += [*self.epidermis]
        for site in self.sites:
            cited += [*site.epidermis, *site.dermis, *([site.never] if site.never else [])]
        cited += [*self.lines, self.needle]
        keys = [key for one in cited for key in one.sources]
        keys += [*self.ceiling_sources, *self.said_sources, *self.margin_sources]
        return tuple(dict.fromkeys(keys))
