"""Multiple response: several keys among the options, marked by the rule stored with the item."""

from collections.abc import Sequence
from enum import StrEnum
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


class Rule(StrEnum):
    """How several choices make one mark.

    `net_correct` is (keys chosen - distractors chosen) / keys, never below 0; `all_or_nothing`
    gives 1 for exactly the keys and 0 otherwise; `each_answer` is the share of options rightly
    chosen or rightly left; `coverage` is the share of keys that were chosen times the share of
    choices that are keys; `weights` adds up what each chosen option earns, within 0 and 1.
    """

    ALL_OR_NOTHING = "all_or_nothing"
    NET_CORRECT = "net_correct"
    EACH_ANSWER = "each_answer"
    COVERAGE = "coverage"
    WEIGHTS = "weights"


# Thirds and sevenths are written with few digits; further off is a mistake.
_WEIGHTS_OFF = 0.02


def problems_of_rule(options: Sequence[Option], rule: Rule) -> list[str]:
    """Return what keeps several choices from being marked by the rule."""
    problems: list[str] = []
    if not 0 < sum(option.correct for option in options) < len(options):
        problems.append("at least one option must be correct and at least one wrong")
    if rule is Rule.WEIGHTS:
        problems += _problems_of_weights(options)
    elif any(option.weight is not None for option in options):
        problems.append("options have weights, so the rule must be weights; or drop them")
    return problems


def share_chosen(options: Sequence[Option], chosen: Sequence[Option], rule: Rule) -> float:
    """Return what the chosen options earn by the rule, from 0 to 1."""
    keys = sum(option.correct for option in options)
    right = sum(option.correct for option in chosen)
    wrong = len(chosen) - right
    match rule:
        case Rule.ALL_OR_NOTHING:
            return float(right == keys and wrong == 0)
        case Rule.NET_CORRECT:
            return max(0.0, (right - wrong) / keys)
        case Rule.EACH_ANSWER:
            # As chosen or left: what is neither a missed key nor a wrong choice.
            return 1 - (keys - right + wrong) / len(options)
        case Rule.COVERAGE:
            return right * right / (keys * len(chosen))
        case Rule.WEIGHTS:
            earned = sum(option.weight or 0 for option in chosen)
            return min(1.0, max(0.0, earned / _weight_of_keys(options)))


def _weight_of_keys(options: Sequence[Option]) -> float:
    return sum(option.weight or 0 for option in options if option.correct)


def _problems_of_weights(options: Sequence[Option]) -> list[str]:
    problems: list[str] = []
    if any((option.weight or 0) <= 0 for option in options if option.correct):
        problems.append("every right option needs a weight above 0")
    if any((option.weight or 0) > 0 for option in options if not option.correct):
        problems.append("a wrong option cannot have a weight above 0")
    total = _weight_of_keys(options)
    if not problems and abs(total - 1) > _WEIGHTS_OFF:
        problems.append(f"the weights of the right options must add up to 1, not {total:.3g}")
    return problems


class MultipleResponse(ItemBase):
    """Keys among two to twenty options. Response: `{"options": [id, ...]}`.

    With the rule `weights`, every key has a weight above 0 and they add up to 1; a wrong option
    has none, or one below 0.
    """

    kind: Literal["multiple_response"] = "multiple_response"
    rule: Rule = Rule.NET_CORRECT
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=20)]

    @model_validator(mode="after")
    def _has_keys_and_distractors(self) -> "MultipleResponse":
        problems = problems_of_options(self.options) + problems_of_rule(self.options, self.rule)
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
        return {"options": [option.id for option in self.options if option.correct]}

    def mark(self, response: JsonValue) -> Mark:
        """Mark by the item's rule; ids that are not options are ignored."""
        named = field_of(response, "options")
        ids = named if isinstance(named, list) else []
        chosen = [option for option in self.options if option.id in ids]
        if not chosen:
            return OMITTED
        fraction = share_chosen(self.options, chosen, self.rule)
        unsafe = any(option.unsafe for option in chosen)
        return Mark(fraction, state_of(fraction), tuple(option.id for option in chosen), unsafe)

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:
        """Every option with its reason."""
        return explain_options(
            in_order(self.options, order), frozenset(self.mark(response).feedback)
        )

    def scored(self) -> tuple[Scored, ...]:
        """Every option with what it earns: its weight, or 1 for a key where there are none."""
        weighted = self.rule is Rule.WEIGHTS
        return tuple(
            Scored(one.text, (one.weight or 0.0) if weighted else float(one.correct), one.reason)
            for one in self.options
        )
