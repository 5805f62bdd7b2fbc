"""Matching: a choice for every premise."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from quizbank.kinds.item import (
    Frozen,
    ItemBase,
    Key,
    Text,
    choices_of,
    field_of,
    problems_of_parts,
)
from quizbank.kinds.shown import (
    OMITTED,
    Choice,
    Explanation,
    Mark,
    Prompt,
    Scored,
    state_of,
)

_NO_PAIR = "These two do not belong together."


class PairRule(StrEnum):
    """How several pairs make one mark.

    `share` is the share of premises matched right; `all_or_nothing` gives 1 where every premise
    is matched right and 0 otherwise.
    """

    SHARE = "share"
    ALL_OR_NOTHING = "all_or_nothing"


class Premise(Frozen):
    """What a choice is sought for, the id of the right choice, and why it is."""

    id: Key
    text: Text
    choice: Key
    reason: Text


class Match(Frozen):
    """A choice; one that no premise asks for is a distractor."""

    id: Key
    text: Text


class Matching(ItemBase):
    """Premises to match with choices. Response: `{"pairs": {premise id: choice id}}`.

    Every premise counts alike, by the rule; several may share a choice. Their texts are plain,
    not Markdown, because a list of choices shows no formatting.
    """

    kind: Literal["matching"] = "matching"
    rule: PairRule = PairRule.SHARE
    premises: Annotated[tuple[Premise, ...], Field(min_length=2, max_length=12)]
    choices: Annotated[tuple[Match, ...], Field(min_length=2, max_length=16)]

    @model_validator(mode="after")
    def _pairs_are_whole(self) -> "Matching":
        problems = problems_of_parts([(one.id, one.text) for one in self.premises], "premises")
        problems += problems_of_parts([(one.id, one.text) for one in self.choices], "choices")
        known = {one.id for one in self.choices}
        problems += [
            f"the premise {one.id} names the choice {one.choice}, which is not there"
            for one in self.premises
            if one.choice not in known
        ]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def option_ids(self) -> tuple[str, ...]:
        """The ids of the choices, as written; the premises keep their order."""
        return tuple(one.id for one in self.choices)

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:  # noqa: ARG002 one signature for all kinds
        """What a learner sees: the premises, and the choices in the given order."""
        choices = choices_of(self.choices, order)
        premises = tuple(Choice(one.id, one.text) for one in self.premises)
        return Prompt(self.kind, self.stem, choices, premises=premises)

    def key(self) -> JsonValue:
        """The response that earns the full mark."""
        return {"pairs": {one.id: one.choice for one in self.premises}}

    def mark(self, response: JsonValue) -> Mark:
        """Mark by the item's rule; a premise without a choice counts as not right."""
        chosen = self._chosen(response)
        if not chosen:
            return OMITTED
        right = sum(chosen.get(one.id) == one.choice for one in self.premises)
        fraction = right / len(self.premises)
        if self.rule is PairRule.ALL_OR_NOTHING:
            fraction = float(right == len(self.premises))
        return Mark(fraction, state_of(fraction), tuple(chosen))

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:  # noqa: ARG002 one signature for all kinds
        """Every right pair with its reason, and the learner's own where it was another."""
        chosen, texts = self._chosen(response), {one.id: one.text for one in self.choices}
        told: list[Explanation] = []
        for one in self.premises:
            theirs = chosen.get(one.id)
            right = theirs == one.choice
            pair = _pair(one, texts[one.choice])
            told.append(Explanation(pair, one.reason, True, right, verbatim=True))
            if theirs is not None and not right:
                own = _pair(one, texts[theirs])
                told.append(Explanation(own, _NO_PAIR, False, True, verbatim=True))
        return tuple(told)

    def scored(self) -> tuple[Scored, ...]:
        """Every right pair with its share, then the distractors."""
        texts = {one.id: one.text for one in self.choices}
        share = 1 / len(self.premises)
        asked = {one.choice for one in self.premises}
        pairs = [Scored(_pair(one, texts[one.choice]), share, one.reason) for one in self.premises]
        rest = [Scored(one.text, 0.0, "") for one in self.choices if one.id not in asked]
        return (*pairs, *rest)

    def _chosen(self, response: JsonValue) -> dict[str, str]:
        pairs = field_of(response, "pairs")
        if not isinstance(pairs, dict):
            return {}
        known = {one.id for one in self.choices}
        named = ((one.id, pairs.get(one.id)) for one in self.premises)
        return {
            premise: choice
            for premise, choice in named
            if isinstance(choice, str) and choice in known
        }


def _pair(premise: Premise, choice: str) -> str:
    return f"{premise.text} → {choice}"
