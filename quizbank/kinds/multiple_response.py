"""Multiple response: several keys among the options, marked by the rule stored with the item."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from quizbank.kinds.item import (
    OMITTED,
    Explanation,
    ItemBase,
    Mark,
    Option,
    Prompt,
    State,
    choices_of,
    explain_options,
    field_of,
    in_order,
    problems_of_options,
)


class Rule(StrEnum):
    """How several choices make one mark.

    `net_correct` is (keys chosen - distractors chosen) / keys, never below 0; `all_or_nothing`
    gives 1 for exactly the keys and 0 otherwise.
    """

    ALL_OR_NOTHING = "all_or_nothing"
    NET_CORRECT = "net_correct"


class MultipleResponse(ItemBase):
    """Two or more keys among three to twelve options. Response: `{"options": [id, ...]}`."""

    kind: Literal["multiple_response"] = "multiple_response"
    rule: Rule = Rule.NET_CORRECT
    options: Annotated[tuple[Option, ...], Field(min_length=3, max_length=12)]

    @model_validator(mode="after")
    def _has_keys_and_distractors(self) -> "MultipleResponse":
        problems = problems_of_options(self.options)
        keys = sum(option.correct for option in self.options)
        if keys < 2 or keys == len(self.options):
            problems.append("at least two options must be correct and at least one wrong")
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, as written."""
        return tuple(option.id for option in self.options)

    def prompt(self, order: Sequence[str] = ()) -> Prompt:
        """What a learner sees, options in the given order."""
        return Prompt(self.kind, self.stem, choices_of(self.options, order))

    def key(self) -> JsonValue:
        """The response that earns the full mark."""
        return {"options": [option.id for option in self.options if option.correct]}

    def mark(self, response: JsonValue) -> Mark:
        """Mark by the item's rule; ids that are not options are ignored."""
        named = field_of(response, "options")
        ids = named if isinstance(named, list) else []
        chosen = [option for option in self.options if option.id in ids]
        if not chosen:
            return OMITTED
        fraction = self._fraction(chosen)
        state = State.RIGHT if fraction == 1 else State.PARTLY if fraction > 0 else State.WRONG
        unsafe = any(option.unsafe for option in chosen)
        return Mark(fraction, state, tuple(option.id for option in chosen), unsafe)

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:
        """Every option with its reason."""
        return explain_options(
            in_order(self.options, order), frozenset(self.mark(response).feedback)
        )

    def _fraction(self, chosen: Sequence[Option]) -> float:
        keys = sum(option.correct for option in self.options)
        right = sum(option.correct for option in chosen)
        wrong = len(chosen) - right
        if self.rule is Rule.ALL_OR_NOTHING:
            return float(right == keys and wrong == 0)
        return max(0.0, (right - wrong) / keys)
