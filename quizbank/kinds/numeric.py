"""Numeric: a number within a tolerance of the answer."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from quizbank.kinds.item import (
    ItemBase,
    Name,
    Share,
    Text,
    field_of,
)
from quizbank.kinds.numbers import (
    Number,
    OtherNumber,
    Tolerance,
    explain_number,
    mark_number,
    problems_of_number,
    scored_numbers,
    typeable,
)
from quizbank.kinds.shown import (
    OMITTED,
    Explanation,
    Mark,
    Prompt,
    Scored,
    state_of,
)
from quizbank.kinds.units import (
    PenaltyOf,
    Unit,
    UnitRule,
    can_be_typed,
    factor_of,
    read_quantity,
    same_unit,
)

_UNIT_MISSED = "The number counts, but its unit is missing or is not the right one."


class Numeric(ItemBase):
    """A number, right within `tolerance` (in the same unit). Response: `{"text": "7.5 mm"}`.

    `unit` is the answer's own; `unit_rule` says whether it is shown, may or must be typed, and
    `units` which others count. A right number whose unit is missing (where it is required),
    unknown or another one loses `unit_penalty`, a share of what the number earned or of the whole
    mark (`penalty_of`). `others` are numbers that earn a part of the mark or have a reason of
    their own; of all that fit, the one that earns most counts.
    """

    kind: Literal["numeric"] = "numeric"
    answer: Number
    tolerance: Annotated[Number, Field(ge=0)]
    tolerance_type: Tolerance = Tolerance.NOMINAL
    unit: Name = ""
    reason: Text
    reason_wrong: Text
    others: Annotated[tuple[OtherNumber, ...], Field(max_length=20)] = ()
    units: Annotated[tuple[Unit, ...], Field(max_length=20)] = ()
    unit_rule: UnitRule = UnitRule.SHOWN
    unit_penalty: Share = 1.0
    penalty_of: PenaltyOf = PenaltyOf.RESPONSE

    @model_validator(mode="after")
    def _is_whole(self) -> "Numeric":
        problems = problems_of_number(self) + self._problems_of_units()
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _problems_of_units(self) -> list[str]:
        problems: list[str] = []
        texts = [self.unit, *(unit.text for unit in self.units)]
        if any(same_unit(one, two) for place, one in enumerate(texts) for two in texts[:place]):
            problems.append("two units are the same; drop one")
        if self.unit_rule is UnitRule.SHOWN:
            if self.units:
                problems.append("other units count only where the unit is typed; drop them, or ask")
        elif not self.unit or not can_be_typed(self.unit):
            problems.append("a unit that is typed must be named, and begin with a letter or sign")
        return problems

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:  # noqa: ARG002 one signature for all kinds
        """What a learner sees: the stem, and the unit where it is not asked for."""
        shown = self.unit if self.unit_rule is UnitRule.SHOWN else ""
        return Prompt(self.kind, self.stem, unit=shown, unit_rule=self.unit_rule.value)

    def key(self) -> JsonValue:
        """The response that earns the full mark."""
        unit = self.unit if self.unit_rule is UnitRule.REQUIRED else ""
        return {"text": f"{typeable(self.answer)} {unit}".strip()}

    def mark(self, response: JsonValue) -> Mark:
        """1 within the tolerance, bounds included; a text that is no number counts as wrong."""
        typed = field_of(response, "text")
        if not isinstance(typed, str) or not typed.strip():
            return OMITTED
        read = read_quantity(typed)
        if read.number is None:
            return mark_number(self, None)
        factor = self._factor(read.unit)
        if self.unit_rule is UnitRule.SHOWN:
            return mark_number(self, read.number if factor == 1 else None)
        if factor is not None:
            mark = mark_number(self, Fraction(read.number) * factor)
            if mark.feedback != ("wrong",) or factor == 1:
                return mark
        return self._penalised(mark_number(self, read.number))

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:  # noqa: ARG002 one signature for all kinds
        """The answer with its reason, and the learner's own where it was another."""
        mark = self.mark(response)
        typed = str(field_of(response, "text"))
        if mark.feedback == ("right", "unit"):
            right = explain_number(self, OMITTED, "", self.unit)
            own = Explanation(typed.strip(), _UNIT_MISSED, False, True, verbatim=True)
            return (*right, own)
        return tuple(explain_number(self, mark, typed, self.unit))

    def scored(self) -> tuple[Scored, ...]:
        """The answer, and every other number that is expected."""
        return scored_numbers(self, self.unit)

    def _factor(self, typed: str) -> Fraction | None:
        if not typed:
            return None if self.unit_rule is UnitRule.REQUIRED else Fraction(1)
        return factor_of(typed, self.unit, self.units)

    def _penalised(self, mark: Mark) -> Mark:
        if not mark.fraction or not self.unit_penalty:
            return mark
        if self.penalty_of is PenaltyOf.RESPONSE:
            left = mark.fraction * (1 - self.unit_penalty)
        else:
            left = max(0.0, mark.fraction - self.unit_penalty)
        return Mark(left, state_of(left), (*mark.feedback, "unit"), mark.unsafe)
