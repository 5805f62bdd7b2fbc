"""The facts that each figure draws, as its YAML file holds them."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, JsonValue, StringConstraints, model_validator

from base.lined_yaml import Document, Problem, parse
from courses.misfits import fit
from quizbank.kinds.item import Frozen

Millimetres = Annotated[float, Field(gt=0, le=10)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Keys = Annotated[tuple[str, ...], Field(min_length=1)]

_MINUTES = {
    "minute": 1.0,
    "hour": 60.0,
    "day": 1_440.0,
    "week": 10_080.0,
    "month": 43_830.0,
    "year": 525_960.0,
}
_DURATION = re.compile(r"(\d+(?:\.\d+)?) (minute|hour|day|week|month|year)s?")


def _minutes(value: JsonValue) -> JsonValue:
    if not isinstance(value, str):
        return value
    match = _DURATION.fullmatch(value.strip())
    if match is None:
        raise ValueError("write a number and a unit, such as 3 days")
    return float(match[1]) * _MINUTES[match[2]]


# Written as "3 days"; held in minutes.
Minutes = Annotated[float, BeforeValidator(_minutes), Field(ge=0)]


class Range(Frozen):
    """Millimetres from `low` to `high`, equal where one figure was given."""

    low: Millimetres
    high: Millimetres

    @model_validator(mode="after")
    def _is_in_order(self) -> "Range":
        if self.high < self.low:
            raise ValueError("high must not be smaller than low")
        return self


def _span(span: Range, decimals: int) -> str:
    low, high = (_figures(value, decimals) for value in (span.low, span.high))
    return low if low == high else f"{low}–{high}"


def _figures(value: float, decimals: int) -> str:
    rounded = f"{value:.{decimals}f}"
    return rounded if float(rounded) == value else f"{value:g}"


class Reading(Range):
    """A measured thickness: how, on whom, where, and who says so."""

    method: Literal["ultrasound", "histology", "Raman"]
    who: Literal["women", "men", ""] = ""
    where: str = ""
    sources: Keys

    @property
    def span(self) -> str:
        """The thickness in figures, with two decimals or more."""
        return _span(self, 2)


class Ceiling(Range):
    """The course's own limit; `signed_off` where a licence and a separate sign-off allow more."""

    signed_off: Millimetres | None = None

    @property
    def span(self) -> str:
        """The ceiling in figures, with one decimal or more."""
        return _span(self, 1)


class Layer(Frozen):
    """A layer of skin with every reading of its thickness."""

    label: Words
    readings: Annotated[tuple[Reading, ...], Field(min_length=1)]


class Never(Frozen):
    """Why a site is never treated."""

    why: Words
    sources: Keys


class Site(Frozen):
    """A site of the face: its dermis as measured (perhaps not at all) and the course ceiling."""

    name: Words
    measured_at: str = ""
    readings: tuple[Reading, ...]
    ceiling: Ceiling | None = None
    never: Never | None = None

    @model_validator(mode="after")
    def _is_decided(self) -> "Site":
        if (self.ceiling is None) == (self.never is None):
            raise ValueError("a site needs either a ceiling or the reason why it is never treated")
        return self


class Convention(Frozen):
    """A length that people call a line, without one in the skin."""

    mm: Millimetres
    sources: Keys


class Needle(Frozen):
    """A needle's length beside the channel that it made."""

    length: Millimetres
    channel: Millimetres
    where: Words
    sources: Keys


class SkinSectionFacts(Frozen):
    """What the skin section draws; all lengths in millimetres."""

    title: Words
    caption: Words
    ruler: Millimetres
    layers: Annotated[tuple[Layer, Layer], Field(description="stratum corneum, then epidermis")]
    sites: Annotated[tuple[Site, ...], Field(min_length=1)]
    ceiling_sources: Keys
    convention: Convention
    needle: Needle

    def sources(self) -> tuple[str, ...]:
        """Every source key, once, in order of appearance."""
        readings = [r for part in (*self.layers, *self.sites) for r in part.readings]
        keys = [key for reading in readings for key in reading.sources]
        keys += [key for site in self.sites if site.never for key in site.never.sources]
        keys += [*self.ceiling_sources, *self.convention.sources, *self.needle.sources]
        return tuple(dict.fromkeys(keys))


class Phase(Frozen):
    """A phase of healing; each end is a pair of instants, equal where one was given."""

    label: Words
    words: Words
    starts: tuple[Minutes, Minutes]
    ends: tuple[Minutes, Minutes]
    workers: Words
    meaning: Words
    sources: Keys

    @model_validator(mode="after")
    def _is_in_order(self) -> "Phase":
        if not self.starts[0] <= self.starts[1] < self.ends[0] <= self.ends[1]:
            raise ValueError("starts and ends must follow one another")
        return self


class Guidance(Frozen):
    """What to do or expect, from when to when."""

    label: Words
    words: Words
    begin: Annotated[Minutes, Field(alias="from")]
    end: Annotated[Minutes, Field(alias="to")]
    course_rule: bool
    sources: Keys


class HealingTimelineFacts(Frozen):
    """What the healing timeline draws; all times in minutes."""

    title: Words
    caption: Words
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    guidance: tuple[Guidance, ...]

    def sources(self) -> tuple[str, ...]:
        """Every source key, once, in order of appearance."""
        keys = [key for part in (*self.phases, *self.guidance) for key in part.sources]
        return tuple(dict.fromkeys(keys))


FigureFacts = SkinSectionFacts | HealingTimelineFacts
MODELS: dict[str, type[FigureFacts]] = {
    "skin-section": SkinSectionFacts,
    "healing-timeline": HealingTimelineFacts,
}


def read_facts(name: str, text: str) -> FigureFacts | tuple[Problem, ...]:
    """Read a figure's file, or return every problem with it; never raises."""
    if name not in MODELS:
        known = ", ".join(sorted(MODELS))
        return (Problem(1, f"There is no figure {name}; the figures are {known}."),)
    document: Document | Problem = parse(text)
    if isinstance(document, Problem):
        return (document,)
    return fit(MODELS[name], document, {})
