"""Numeric: a number within a tolerance of the answer."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from quizbank.kinds.item import (
    OMITTED,
    Explanation,
    Frozen,
    ItemBase,
    Key,
    Mark,
    Prompt,
    Scored,
    Share,
    State,
    Text,
    field_of,
    state_of,
)

# At most 30 digits in all: nothing clinical is longer, and a decimal stays cheap to compare.
_NUMBER = re.compile(r"[+-]?(\d{1,15}([.,]\d{1,15})?|[.,]\d{1,15})")
_GROUPED = re.compile(r"(?P<whole>[+-]?\d{1,3}([ ,.'\u00a0\u202f]\d{3})+)(?P<rest>[.,]\d+)?")
# Marks the feedback of another number, so that an id "right" or "wrong" means itself.
_OTHER = "other "
Number = Annotated[Decimal, Field(allow_inf_nan=False, max_digits=30, decimal_places=15)]


def read_number(text: str) -> Decimal | None:
    """Return the number that was typed, with a point or a comma for decimals, or None."""
    typed = text.strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(typed):
        return None
    try:
        return Decimal(typed.replace(",", "."))
    except InvalidOperation:
        return None


def number_problem(text: str) -> str | None:
    """Return what to do about a text that is no number or could be two; None when it is clear.

    "1,500" may be fifteen hundred or one and a half: it is flagged, never guessed.
    """
    typed = text.strip()
    if not typed:
        return None
    grouped = _GROUPED.fullmatch(typed)
    if grouped and not re.fullmatch(r"[+-]?0[.,]\d{3}", typed):
        plain = re.sub(r"[ ,.'\u00a0\u202f]", "", grouped["whole"]) + (grouped["rest"] or "")
        return (
            f"“{typed}” could be read in two ways. Write it without separators for thousands: "
            f"{plain}, or with fewer or more than three decimals."
        )
    if read_number(typed) is None:
        return "Write a number only, for example 7.5 or 7,5."
    return None


class Tolerance(StrEnum):
    """What a tolerance of t means around an answer a; bounds are included.

    `nominal`: a - t to a + t. `relative`: t is a share of a, 0.1 for ten percent either way.
    `geometric`: a / (1 + t) to a * (1 + t), for what is measured in powers.
    """

    NOMINAL = "nominal"
    RELATIVE = "relative"
    GEOMETRIC = "geometric"


def within(number: Decimal, answer: Decimal, tolerance: Decimal, meaning: Tolerance) -> bool:
    """Tell whether the number lies within the tolerance of the answer, computed exactly."""
    n, a, t = Fraction(number), Fraction(answer), Fraction(tolerance)
    match meaning:
        case Tolerance.NOMINAL:
            return abs(n - a) <= t
        case Tolerance.RELATIVE:
            return abs(n - a) <= abs(a) * t
        case Tolerance.GEOMETRIC:
            same_side = n * a > 0 or n == a
            return same_side and abs(a) <= abs(n) * (1 + t) and abs(n) <= abs(a) * (1 + t)


class OtherNumber(Frozen):
    """Another number that is expected: half right, or wrong in a way worth explaining."""

    id: Key
    answer: Number
    tolerance: Annotated[Number, Field(ge=0)] = Decimal(0)
    fraction: Share = 0.0
    reason: Text
    unsafe: bool = False

    @model_validator(mode="after")
    def _unsafe_earns_nothing(self) -> "OtherNumber":
        if self.unsafe and self.fraction > 0:
            raise ValueError("an unsafe number cannot earn marks; drop one of the two")
        return self


class Numeric(ItemBase):
    """A number, right within `tolerance` (in the same unit). Response: `{"text": "7.5"}`.

    `unit` is shown behind the field and is not typed. `others` are numbers that earn a part of
    the mark or have a reason of their own; of all that fit, the one that earns most counts.
    """

    kind: Literal["numeric"] = "numeric"
    answer: Number
    tolerance: Annotated[Number, Field(ge=0)]
    tolerance_type: Tolerance = Tolerance.NOMINAL
    unit: str = ""
    reason: Text
    reason_wrong: Text
    others: Annotated[tuple[OtherNumber, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> "Numeric":
        if len({other.id for other in self.others}) != len(self.others):
            raise ValueError("two other numbers have the same id; give each its own")
        if self.answer == 0 and self.tolerance and self.tolerance_type is not Tolerance.NOMINAL:
            raise ValueError("a share of 0 is 0; give the tolerance of 0 as a number (nominal)")
        return self

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:  # noqa: ARG002 one signature for all kinds
        """What a learner sees: the stem and the unit."""
        return Prompt(self.kind, self.stem, unit=self.unit)

    def key(self) -> JsonValue:
        """The response that earns the full mark."""
        typed = f"{self.answer:f}"
        # A fourth decimal, so that 1.125 cannot be read as eleven hundred and twenty-five.
        return {"text": f"{typed}0" if number_problem(typed) else typed}

    def mark(self, response: JsonValue) -> Mark:
        """1 within the tolerance, bounds included; a text that is no number counts as wrong."""
        typed = field_of(response, "text")
        if not isinstance(typed, str) or not typed.strip():
            return OMITTED
        number = None if number_problem(typed) else read_number(typed)
        if number is None:
            return Mark(0.0, State.WRONG, ("wrong",))
        if within(number, self.answer, self.tolerance, self.tolerance_type):
            return Mark(1.0, State.RIGHT, ("right",))
        other = self._other(number)
        if other is None:
            return Mark(0.0, State.WRONG, ("wrong",))
        return Mark(other.fraction, state_of(other.fraction), (_OTHER + other.id,), other.unsafe)

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:  # noqa: ARG002 one signature for all kinds
        """The answer with its reason, and the learner's own where it was another."""
        mark = self.mark(response)
        chosen = "right" in mark.feedback
        answers = [Explanation(self._with_unit(self.answer), self.reason, True, chosen)]
        if mark.state is State.OMITTED or chosen:
            return tuple(answers)
        typed = str(field_of(response, "text")).strip()
        told = (o.reason for o in self.others if _OTHER + o.id in mark.feedback)
        reason = next(told, self.reason_wrong)
        right = mark.fraction == 1
        answers.append(Explanation(typed, reason, right, True, mark.unsafe, verbatim=True))
        return tuple(answers)

    def scored(self) -> tuple[Scored, ...]:
        """The answer, and every other number that is expected."""
        return (
            Scored(self._with_unit(self.answer), 1.0, self.reason),
            *(Scored(self._with_unit(o.answer), o.fraction, o.reason) for o in self.others),
        )

    def _other(self, number: Decimal) -> OtherNumber | None:
        fitting = [
            other
            for other in self.others
            if within(number, other.answer, other.tolerance, Tolerance.NOMINAL)
        ]
        return max(fitting, key=lambda other: other.fraction, default=None)

    def _with_unit(self, number: Decimal) -> str:
        return f"{number.normalize():f} {self.unit}".strip()
