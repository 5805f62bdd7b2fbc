"""What the facts of figures are made of: measurements, ceilings, times and advice."""

import re
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    Field,
    JsonValue,
    PlainSerializer,
    SerializationInfo,
    StringConstraints,
    model_validator,
)

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


def _duration(value: float, info: SerializationInfo) -> float | str:
    if info.context != AS_FILE:
        return value
    for unit, minutes in reversed(_MINUTES.items()):
        number = value / minutes
        if value and number == round(number, 2) and number * minutes == value:
            return f"{number:g} {unit}" if number == 1 else f"{number:g} {unit}s"
    return value


# The context in which a dump writes times as files do.
AS_FILE = "file"
# Written as "3 days"; held in minutes.
Minutes = Annotated[
    float, BeforeValidator(_minutes), Field(ge=0), PlainSerializer(_duration, return_type=object)
]


class Range(Frozen):
    """Millimetres from `low` to `high`, equal where one figure was given."""

    low: Millimetres
    high: Millimetres

    @model_validator(mode="after")
    def _is_in_order(self) -> "Range":
        if self.high < self.low:
            raise ValueError("high must not be smaller than low")
        return self

    @property
    def span(self) -> str:
        """The range in figures, with one decimal or more."""
        return span_of(self, 1)


def span_of(span: "Range", decimals: int) -> str:
    """Return a range in figures with at least so many decimals."""
    low, high = (figures(value, decimals) for value in (span.low, span.high))
    return low if low == high else f"{low}–{high}"


def figures(value: float, decimals: int) -> str:
    """Return a number with at least so many decimals."""
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
        return span_of(self, 2)


class Ceiling(Range):
    """The course's own limit; `signed_off` where a licence and a separate sign-off allow more."""

    signed_off: Millimetres | None = None


class Layer(Frozen):
    """A layer of skin with every reading of its thickness."""

    label: Words
    readings: Annotated[tuple[Reading, ...], Field(min_length=1)]


class Never(Frozen):
    """Why a site is never treated."""

    why: Words
    sources: Keys


class Needle(Frozen):
    """A needle's length beside the channel that it made."""

    length: Millimetres
    channel: Millimetres
    where: Words
    sources: Keys


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


def lowered(words: str) -> str:
    """Return words that go on within a sentence: the first letter small."""
    return words[0].lower() + words[1:]
