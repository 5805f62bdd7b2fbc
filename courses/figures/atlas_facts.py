"""What the two atlases draw: scars by their shape, skin types by their answer to the sun."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from courses.figures.parts import Keys, Words
from quizbank.kinds.item import Frozen


class Shape(StrEnum):
    """How a scar is drawn."""

    ROLLING = "rolling"
    BOXCAR = "boxcar"
    ICE_PICK = "ice-pick"
    HYPERTROPHIC = "hypertrophic"
    KELOID = "keloid"
    SURGICAL = "surgical"
    STRIAE = "striae"


class Scar(Frozen):
    """A type of scar: what it looks like, what to expect, and what the course says to do."""

    name: Words
    shape: Shape
    looks: Words
    response: Words
    action: Words
    drawn: Words
    sources: Keys


class ScarAtlasFacts(Frozen):
    """What the scar atlas draws."""

    title: Words
    caption: Words
    scars: Annotated[tuple[Scar, ...], Field(min_length=1)]

    def sources(self) -> tuple[str, ...]:
        """Every source key, once, in order of appearance."""
        return tuple(dict.fromkeys(key for scar in self.scars for key in scar.sources))


class SkinType(Frozen):
    """One of Fitzpatrick's types: how skin answers the sun.

    `burns` counts from 0 (never) to 5 (always); `tans` from 0 (never) to 3 (easily), and is
    missing where the source says nothing of it.
    """

    numeral: Annotated[str, Field(pattern="^(I|II|III|IV|V|VI)$")]
    words: Words
    burns: Annotated[int, Field(ge=0, le=5)]
    tans: Annotated[int, Field(ge=0, le=3)] | None = None
    response: Words
    action: Words
    sources: Keys


class SkinTypesFacts(Frozen):
    """What the skin types draw; `limits` is what the scale does not tell."""

    title: Words
    caption: Words
    limits: Words
    types: Annotated[tuple[SkinType, ...], Field(min_length=1)]

    def sources(self) -> tuple[str, ...]:
        """Every source key, once, in order of appearance."""
        return tuple(dict.fromkeys(key for one in self.types for key in one.sources))
