"""The gaps of a cloze text: one option or several, a few words, or a number.

Every gap has an `id`, which its place in the text names, and a `weight` beside the others. Its
texts are plain, not Markdown, because a list of choices shows no formatting.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from quizbank.kinds.item import (
    Frozen,
    Key,
    Option,
    Text,
    explain_options,
    problems_of_options,
)
from quizbank.kinds.multiple_response import Rule, problems_of_rule, share_chosen
from quizbank.kinds.numbers import (
    Number,
    OtherNumber,
    Tolerance,
    explain_number,
    mark_number,
    number_problem,
    problems_of_number,
    read_number,
    scored_numbers,
    typeable,
)
from quizbank.kinds.shown import (
    OMITTED,
    Blank,
    Choice,
    Explanation,
    Mark,
    Scored,
    state_of,
)
from quizbank.kinds.single_choice import problems_of_one_key, worth
from quizbank.kinds.typed_answers import (
    Answer,
    explain_typed,
    mark_typed,
    problems_of_answers,
    scored_answers,
    typed_key,
)

GapWeight = Annotated[int, Field(ge=1, le=1000)]


class ChoiceGap(Frozen):
    """Options to choose from. Said: an option's id, or with `several` a list of ids.

    A wrong option with a weight below 0 takes that share of the gap from what the others earn.
    With `several`, options with weights are marked by these (keys add up to 1, wrong options earn
    nothing or less), options without by net correct; see multiple response.
    """

    kind: Literal["choice"]
    id: Key
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=20)]
    several: bool = False
    weight: GapWeight = 1

    @model_validator(mode="after")
    def _can_be_right(self) -> "ChoiceGap":
        if self.several:
            problems = problems_of_options(self.options)
            problems += problems_of_rule(self.options, self._rule)
        else:
            problems = problems_of_one_key(self.options, may_cost=True)
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def blank(self, order: Sequence[str]) -> Blank:
        """What a learner sees: the options in the given order of ids."""
        rank = {option_id: place for place, option_id in enumerate(order)}
        shown = sorted(self.options, key=lambda one: rank.get(one.id, len(rank)))
        choices = tuple(Choice(one.id, one.text) for one in shown)
        return Blank(self.id, self.kind, choices, self.several)

    def key(self) -> JsonValue:
        """What earns the full mark."""
        right = [option.id for option in self.options if option.correct]
        return [*right] if self.several else right[0]

    def mark(self, said: JsonValue) -> Mark:
        """What the chosen option earns or costs (-1 to 1), or the chosen ones by the rule."""
        named = said if isinstance(said, list) else [said]
        chosen = [option for option in self.options if option.id in named]
        if not chosen or isinstance(said, list) != self.several:
            return OMITTED
        if self.several:
            fraction = share_chosen(self.options, chosen, self._rule)
        else:
            fraction = worth(chosen[0])
        unsafe = any(option.unsafe for option in chosen)
        return Mark(fraction, state_of(fraction), tuple(one.id for one in chosen), unsafe)

    def explain(self, said: JsonValue) -> list[Explanation]:
        """Every option with its reason."""
        told = explain_options(self.options, frozenset(self.mark(said).feedback))
        return [replace(one, verbatim=True) for one in told]

    def scored(self) -> tuple[Scored, ...]:
        """Every option with what it earns of the gap's mark."""
        weighted = self.several and self._rule is Rule.WEIGHTS
        return tuple(
            Scored(one.text, (one.weight or 0.0) if weighted else worth(one), one.reason)
            for one in self.options
        )

    @property
    def _rule(self) -> Rule:
        weighted = any(option.weight is not None for option in self.options)
        return Rule.WEIGHTS if weighted else Rule.NET_CORRECT


class TextGap(Frozen):
    """A few words, marked as a short answer is. Said: the text as typed."""

    kind: Literal["text"]
    id: Key
    answers: Annotated[tuple[Answer, ...], Field(min_length=1, max_length=26)]
    case_sensitive: bool = False
    weight: GapWeight = 1

    @model_validator(mode="after")
    def _can_be_right(self) -> "TextGap":
        problems = problems_of_answers(self.answers, self.case_sensitive)
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def blank(self, order: Sequence[str]) -> Blank:  # noqa: ARG002 one signature for all gaps
        """What a learner sees: an empty field."""
        return Blank(self.id, self.kind)

    def key(self) -> JsonValue:
        """What earns the full mark."""
        return typed_key(self.answers, self.case_sensitive)

    def mark(self, said: JsonValue) -> Mark:
        """What the best fitting answer earns; 0 where none fits."""
        return mark_typed(self.answers, self.case_sensitive, said)

    def explain(self, said: JsonValue) -> list[Explanation]:
        """Every answer that earns marks, and the learner's own where it was none of these."""
        return explain_typed(self.answers, self.mark(said), said)

    def scored(self) -> tuple[Scored, ...]:
        """Every answer with what it earns of the gap's mark."""
        return scored_answers(self.answers)


class NumberGap(Frozen):
    """A number, marked as a numeric item without units is. Said: the number as typed."""

    kind: Literal["number"]
    id: Key
    answer: Number
    tolerance: Annotated[Number, Field(ge=0)]
    tolerance_type: Tolerance = Tolerance.NOMINAL
    others: Annotated[tuple[OtherNumber, ...], Field(max_length=20)] = ()
    reason: Text
    reason_wrong: Text
    weight: GapWeight = 1

    @model_validator(mode="after")
    def _can_be_right(self) -> "NumberGap":
        problems = problems_of_number(self)
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def blank(self, order: Sequence[str]) -> Blank:  # noqa: ARG002 one signature for all gaps
        """What a learner sees: an empty field."""
        return Blank(self.id, self.kind)

    def key(self) -> JsonValue:
        """What earns the full mark."""
        return typeable(self.answer)

    def mark(self, said: JsonValue) -> Mark:
        """1 within the tolerance; a text that is no number counts as wrong."""
        if not isinstance(said, str) or not said.strip():
            return OMITTED
        return mark_number(self, None if number_problem(said) else read_number(said))

    def explain(self, said: JsonValue) -> list[Explanation]:
        """The answer with its reason, and the learner's own where it was another."""
        return explain_number(self, self.mark(said), str(said), "")

    def scored(self) -> tuple[Scored, ...]:
        """The answer, and every other number that is expected."""
        return scored_numbers(self)


Gap = Annotated[ChoiceGap | TextGap | NumberGap, Field(discriminator="kind")]
GAP_KINDS: tuple[str, ...] = ("choice", "text", "number")
