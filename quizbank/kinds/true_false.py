"""True or false: a statement to judge."""

from collections.abc import Sequence
from typing import Literal

from pydantic import JsonValue, model_validator

from quizbank.kinds.item import (
    ItemBase,
    Text,
    field_of,
)
from quizbank.kinds.shown import (
    OMITTED,
    Choice,
    Explanation,
    Mark,
    Prompt,
    Scored,
    State,
)

CHOICES = (Choice("true", "True"), Choice("false", "False"))


class TrueFalse(ItemBase):
    """A statement that is true or false. Response: `{"option": "true" | "false"}`.

    `unsafe_answer` names the wrong answer where believing it would endanger a client.
    """

    kind: Literal["true_false"] = "true_false"
    answer: bool
    reason_true: Text
    reason_false: Text
    unsafe_answer: bool | None = None

    @model_validator(mode="after")
    def _key_is_safe(self) -> "TrueFalse":
        if self.unsafe_answer == self.answer:
            raise ValueError("unsafe_answer must be the wrong answer, or be left out")
        return self

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:  # noqa: ARG002 one signature for all kinds
        """What a learner sees: true first, always."""
        return Prompt(self.kind, self.stem, CHOICES)

    def key(self) -> JsonValue:
        """The response that earns the full mark."""
        return {"option": "true" if self.answer else "false"}

    def mark(self, response: JsonValue) -> Mark:
        """1 for the right answer, 0 for the other."""
        chosen = field_of(response, "option")
        # Not a set: a response may hold a list or a mapping, which has no hash.
        if chosen not in ("true", "false"):
            return OMITTED
        said = chosen == "true"
        right = said == self.answer
        state = State.RIGHT if right else State.WRONG
        return Mark(float(right), state, (str(chosen),), said == self.unsafe_answer)

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:  # noqa: ARG002 one signature for all kinds
        """Both answers with their reasons."""
        chosen = self.mark(response).feedback
        return tuple(
            Explanation(
                text=choice.text,
                reason=self.reason_true if choice.id == "true" else self.reason_false,
                correct=(choice.id == "true") == self.answer,
                chosen=choice.id in chosen,
                unsafe=(choice.id == "true") == self.unsafe_answer,
            )
            for choice in CHOICES
        )

    def scored(self) -> tuple[Scored, ...]:
        """Both answers with what they earn."""
        return (
            Scored("True", float(self.answer), self.reason_true),
            Scored("False", float(not self.answer), self.reason_false),
        )
