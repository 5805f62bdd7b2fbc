"""The facts of the numbing arithmetic: one label's two ceilings, their limits, and wrong sums."""

from typing import Annotated

from pydantic import Field

from courses.figures.parts import Keys, Words
from quizbank.kinds.item import Frozen


class Limit(Frozen):
    """Something that the sum cannot tell."""

    words: Words
    sources: Keys


class Mistake(Frozen):
    """A worked wrong answer: what was written, what went wrong, and what is right."""

    wrote: Words
    wrong: Words
    right: Words


class LidocaineFacts(Frozen):
    """What a label of this strength says: under `most_mg`, and never above `mg_per_kg`."""

    title: Words
    caption: Words
    percent: Annotated[float, Field(gt=0, le=100)]
    most_mg: Annotated[float, Field(gt=0)]
    mg_per_kg: Annotated[float, Field(gt=0)]
    label_sources: Keys
    strongest_sources: Keys
    limits: Annotated[tuple[Limit, ...], Field(min_length=1)]
    mistakes: Annotated[tuple[Mistake, ...], Field(min_length=1)]

    def sources(self) -> tuple[str, ...]:
        """Every source key, once, in order of appearance."""
        keys = [*self.label_sources, *self.strongest_sources]
        keys += [key for limit in self.limits for key in limit.sources]
        return tuple(dict.fromkeys(keys))
