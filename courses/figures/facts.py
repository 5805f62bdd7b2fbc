"""The facts that each figure draws, as its YAML file holds them."""

from typing import Annotated

from pydantic import Field, JsonValue, model_validator

from base.lined_yaml import Document, Problem, parse
from courses.figures.atlas_facts import ScarAtlasFacts, SkinTypesFacts
from courses.figures.depth_facts import DepthExplorerFacts
from courses.figures.healing_facts import HealingExplorerFacts
from courses.figures.lidocaine_facts import LidocaineFacts
from courses.figures.parts import (
    AS_FILE,
    Ceiling,
    Guidance,
    Keys,
    Layer,
    Millimetres,
    Needle,
    Never,
    Phase,
    Reading,
    Words,
)
from courses.figures.path_facts import PathFacts
from courses.misfits import fit
from quizbank.kinds.item import Frozen


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


FigureFacts = (
    SkinSectionFacts
    | HealingTimelineFacts
    | DepthExplorerFacts
    | HealingExplorerFacts
    | ScarAtlasFacts
    | SkinTypesFacts
    | LidocaineFacts
    | PathFacts
)
# A kind of which there is one figure is told by its name.
MODELS: dict[str, type[FigureFacts]] = {
    "skin-section": SkinSectionFacts,
    "healing-timeline": HealingTimelineFacts,
    "depth-explorer": DepthExplorerFacts,
    "healing-explorer": HealingExplorerFacts,
    "scar-atlas": ScarAtlasFacts,
    "skin-types": SkinTypesFacts,
    "lidocaine-arithmetic": LidocaineFacts,
}


def facts_to_data(facts: FigureFacts) -> dict[str, JsonValue]:
    """Return the facts as the data of their file, which `read_facts` reads back equal."""
    return facts.model_dump(mode="json", by_alias=True, exclude_defaults=True, context=AS_FILE)


def read_facts(name: str, text: str) -> FigureFacts | tuple[Problem, ...]:
    """Read a figure's file, or return every problem with it; never raises."""
    document: Document | Problem = parse(text)
    if isinstance(document, Problem):
        return (document,)
    if name in MODELS:
        return fit(MODELS[name], document, {})
    if isinstance(document.data, dict) and "steps" in document.data:
        return fit(PathFacts, document, {})
    known = ", ".join(sorted(MODELS))
    message = f"There is no figure {name}; the figures are {known}, and paths, which have steps."
    return (Problem(1, message),)
