"""What the healing explorer draws: phases, what a client sees, and what is no longer expected."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from courses.figures.parts import Guidance, Keys, Minutes, Phase, Words
from quizbank.kinds.item import Frozen


class Urgency(StrEnum):
    """How fast somebody must look at it, as on the course's escalation ladder."""

    EMERGENCY = "emergency"
    SAME_DAY = "same day"
    REVIEW = "24 to 48 hours"
    CLINICIAN = "clinician"


class Seen(Frozen):
    """What a client is expected to see, from when to when."""

    words: Words
    begin: Annotated[Minutes, Field(alias="from")]
    end: Annotated[Minutes, Field(alias="to")]
    sources: Keys


class Worry(Frozen):
    """What is not expected from `begin` on: what it may be, and what to do."""

    sign: Words
    when: Words
    begin: Annotated[Minutes, Field(alias="from")]
    think: Words
    act: Words
    urgency: Urgency
    sources: Keys


class Interval(Frozen):
    """When the skin may be needled again, and why not before."""

    words: Words
    until: Minutes
    why: Words
    studies: Words
    sources: Keys


class HealingExplorerFacts(Frozen):
    """What the healing explorer draws; times in minutes, `days` in days after needling."""

    title: Words
    caption: Words
    days: Annotated[tuple[Annotated[int, Field(ge=0, le=3_650)], ...], Field(min_length=2)]
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    seen: Annotated[tuple[Seen, ...], Field(min_length=1)]
    guidance: tuple[Guidance, ...]
    worries: tuple[Worry, ...]
    interval: Interval

    @model_validator(mode="after")
    def _has_no_gap(self) -> "HealingExplorerFacts":
        ends = [0.0, *(one.end for one in self.seen)]
        if [one.begin for one in self.seen] != ends[:-1]:
            raise ValueError("what is seen must begin at once and follow without a gap")
        if list(self.days) != sorted(set(self.days)) or self.days[0] != 0:
            raise ValueError("the days must rise from 0")
        return self

    @property
    def last_day(self) -> int:
        """The last day that can be set."""
        return self.days[-1]

    def sources(self) -> tuple[str, ...]:
        """Every source key, once, in order of appearance."""
        parts = (*self.phases, *self.seen, *self.guidance, *self.worries, self.interval)
        return tuple(dict.fromkeys(key for part in parts for key in part.sources))
