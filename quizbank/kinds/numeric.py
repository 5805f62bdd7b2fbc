"""Numeric: a number within a tolerance of the answer."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from quizbank.kinds.item import (
    OMITTED,
    Explanation,
    ItemBase,
    Mark,
    Prompt,
    State,
    Text,
    field_of,
)

# At most 30 digits in all: nothing clinical is longer, and a decimal stays cheap to compare.
_NUMBER = re.compile(r"[+-]?(\d{1,15}([.,]\d{1,15})?|[.,]\d{1,15})")
_GROUPED = re.compile(r"(?P<whole>[+-]?\d{1,3}([ ,.'\u00a0\u202f]\d{3})+)(?P<rest>[.,]\d+)?")
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


class Numeric(ItemBase):
    """A number, right within `tolerance` (absolute, in the same unit). Response: `{"text": "7.5"}`.

    `unit` is shown behind the field and is not typed.
    """

    kind: Literal["numeric"] = "numeric"
    answer: Number
    tolerance: Annotated[Number, Field(ge=0)]
    unit: str = ""
    reason: Text
    reason_wrong: Text

    def prompt(self, order: Sequence[str] = ()) -> Prompt:  # noqa: ARG002 one signature for all kinds
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
        if number is not None and abs(number - self.answer) <= self.tolerance:
            return Mark(1.0, State.RIGHT, ("right",))
        return Mark(0.0, State.WRONG, ("wrong",))

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:  # noqa: ARG002 one signature for all kinds
        """The answer with its reason, and the learner's own where it was wrong."""
        mark = self.mark(response)
        right = f"{self.answer.normalize():f} {self.unit}".strip()
        answers = [Explanation(right, self.reason, True, mark.state is State.RIGHT)]
        if mark.state is State.WRONG:
            typed = str(field_of(response, "text")).strip()
            answers.append(Explanation(typed, self.reason_wrong, False, True))
        return tuple(answers)
