"""Ordering: things to put into their right order."""

from collections.abc import Sequence
from hashlib import sha256
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
from quizbank.kinds.order_grading import Grading, share_in_order
from quizbank.kinds.shown import (
    OMITTED,
    Explanation,
    Mark,
    Prompt,
    Scored,
    state_of,
)

_OWN = "This is the order that was given. Compare it with the right one, place by place."


class Element(Frozen):
    """One of the things to order, and why it stands where it does."""

    id: Key
    text: Text
    reason: Text


class Ordering(ItemBase):
    """Two to twelve elements, written in their right order. Response: `{"order": [id, ...]}`.

    The response names an element for every place, None where a place is still empty. The texts
    are plain, not Markdown, because a list shows no formatting.
    """

    kind: Literal["ordering"] = "ordering"
    elements: Annotated[tuple[Element, ...], Field(min_length=2, max_length=12)]
    grading: Grading = Grading.ABSOLUTE_POSITION

    @model_validator(mode="after")
    def _elements_differ(self) -> "Ordering":
        problems = problems_of_parts([(one.id, one.text) for one in self.elements], "elements")
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def option_ids(self) -> tuple[str, ...]:
        """The ids of the elements, to be shuffled."""
        return tuple(one.id for one in self.elements)

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:  # noqa: ARG002 one signature for all kinds
        """What a learner sees: the elements in the given order, or in one that tells nothing."""
        return Prompt(self.kind, self.stem, choices_of(self.elements, order or self._mixed()))

    def key(self) -> JsonValue:
        """The response that earns the full mark."""
        return {"order": [one.id for one in self.elements]}

    def mark(self, response: JsonValue) -> Mark:
        """Mark by the item's grading; an element that is named twice counts at its first place."""
        placed = self._placed(response)
        if not any(placed):
            return OMITTED
        fraction = share_in_order(self.option_ids(), placed, self.grading)
        return Mark(fraction, state_of(fraction), tuple(one for one in placed if one))

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:  # noqa: ARG002 one signature for all kinds
        """Every element at its right place, and the learner's own order where it was another."""
        placed = self._placed(response)
        told = [
            Explanation(f"{place}. {one.text}", one.reason, True, theirs == one.id, verbatim=True)
            for place, (one, theirs) in enumerate(zip(self.elements, placed, strict=True), start=1)
        ]
        if any(placed) and placed != list(self.option_ids()):
            texts = {one.id: one.text for one in self.elements}
            own = ", ".join(texts[one] if one else "(empty)" for one in placed)
            told.append(Explanation(own, _OWN, False, True, verbatim=True))
        return tuple(told)

    def scored(self) -> tuple[Scored, ...]:
        """Every element in the right order, each with an equal share."""
        share = 1 / len(self.elements)
        return tuple(Scored(one.text, share, one.reason) for one in self.elements)

    def _placed(self, response: JsonValue) -> list[str | None]:
        named = field_of(response, "order")
        known = set(self.option_ids())
        placed: list[str | None] = []
        for one in named if isinstance(named, list) else []:
            new = isinstance(one, str) and one in known and one not in placed
            placed.append(one if new and isinstance(one, str) else None)
        size = len(self.elements)
        return [*placed[:size], *[None] * (size - len(placed))]

    def _mixed(self) -> list[str]:
        ids = list(self.option_ids())
        mixed = sorted(ids, key=lambda one: sha256(f"{self.id} {one}".encode()).digest())
        return mixed if mixed != ids else [*mixed[1:], mixed[0]]
