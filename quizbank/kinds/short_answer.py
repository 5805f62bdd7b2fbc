"""Short answer: a few typed words, compared with the answers that count."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from quizbank.kinds.item import (
    ItemBase,
    field_of,
)
from quizbank.kinds.shown import (
    Explanation,
    Mark,
    Prompt,
    Scored,
)
from quizbank.kinds.typed_answers import (
    Answer,
    explain_typed,
    mark_typed,
    problems_of_answers,
    scored_answers,
    typed_key,
)


class ShortAnswer(ItemBase):
    """A few words. Response: `{"text": "stratum corneum"}`.

    Of all answers that fit, the one that earns most counts; the earlier where they earn alike.
    An answer that earns nothing explains a mistake; `*` as the last one explains all others.
    """

    kind: Literal["short_answer"] = "short_answer"
    answers: Annotated[tuple[Answer, ...], Field(min_length=1, max_length=26)]
    case_sensitive: bool = False

    @model_validator(mode="after")
    def _can_be_right(self) -> "ShortAnswer":
        problems = problems_of_answers(self.answers, self.case_sensitive)
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:  # noqa: ARG002 one signature for all kinds
        """What a learner sees: the stem."""
        return Prompt(self.kind, self.stem)

    def key(self) -> JsonValue:
        """The response that earns the full mark: the first right answer, its stars filled in."""
        return {"text": typed_key(self.answers, self.case_sensitive)}

    def mark(self, response: JsonValue) -> Mark:
        """What the best fitting answer earns; 0 where none fits."""
        return mark_typed(self.answers, self.case_sensitive, field_of(response, "text"))

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:  # noqa: ARG002 one signature for all kinds
        """Every answer that earns marks, and the learner's own where it was none of these."""
        typed = field_of(response, "text")
        return tuple(explain_typed(self.answers, self.mark(response), typed))

    def scored(self) -> tuple[Scored, ...]:
        """Every answer with what it earns."""
        return scored_answers(self.answers)
