"""Single choice: one key among two or more options."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from quizbank.kinds.item import (
    ItemBase,
    Option,
    choices_of,
    explain_options,
    field_of,
    in_order,
    problems_of_options,
)
from quizbank.kinds.shown import (
    OMITTED,
    Explanation,
    Mark,
    Prompt,
    Scored,
    state_of,
)


def problems_of_one_key(options: Sequence[Option], may_cost: bool = False) -> list[str]:
    """Return what keeps one of several options from being the right one.

    `may_cost` allows wrong ones to take from what other parts of the item earn.
    """
    problems = problems_of_options(options)
    keys = sum(option.correct for option in options)
    if keys != 1:
        problems.append(f"exactly one option must be correct, not {keys}")
    if any(option.correct and option.weight is not None for option in options):
        problems.append("the right option earns the whole mark; leave its weight out")
    if not may_cost and any((option.weight or 0) < 0 for option in options):
        problems.append("a weight here runs from 0 to 1; a mark is never below 0")
    return problems


def worth(option: Option) -> float:
    """Return what choosing this one option earns."""
    return 1.0 if option.correct else option.weight or 0.0


class SingleChoice(ItemBase):
    """One key among two to twenty options. Response: `{"option": id}`.

    A wrong option may earn part of the mark: its `weight`, 0 where it has none.
    """

    kind: Literal["single_choice"] = "single_choice"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=20)]

    @model_validator(mode="after")
    def _has_one_key(self) -> "SingleChoice":
        problems = problems_of_one_key(self.options)
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, as written."""
        return tuple(option.id for option in self.options)

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:  # noqa: ARG002 one signature for all kinds
        """What a learner sees, options in the given order."""
        return Prompt(self.kind, self.stem, choices_of(self.options, order))

    def key(self) -> JsonValue:
        """The response that earns the full mark."""
        return {"option": next(option.id for option in self.options if option.correct)}

    def mark(self, response: JsonValue) -> Mark:
        """1 for the key, else the option's weight; an unknown option counts as not answered."""
        chosen = field_of(response, "option")
        option = next((option for option in self.options if option.id == chosen), None)
        if option is None:
            return OMITTED
        fraction = worth(option)
        return Mark(fraction, state_of(fraction), (option.id,), option.unsafe)

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:
        """Every option with its reason."""
        return explain_options(
            in_order(self.options, order), frozenset(self.mark(response).feedback)
        )

    def scored(self) -> tuple[Scored, ...]:
        """Every option with what it earns."""
        return tuple(Scored(one.text, worth(one), one.reason) for one in self.options)
