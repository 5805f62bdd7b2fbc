"""The parts of a case: facts to ask for, stages to answer, and what follows from an answer.

A stage's item is written without the fields that the case has already. They are lent to it, so
that it is an item like any other, and are left out again where it is stored or exported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import (
    Field,
    JsonValue,
    SerializerFunctionWrapHandler,
    field_serializer,
    field_validator,
    model_validator,
)

from quizbank.kinds.case_shown import StageTold
from quizbank.kinds.item import (
    Frozen,
    ItemBase,
    Key,
    Passage,
    Text,
)
from quizbank.kinds.plain_items import PlainItem
from quizbank.kinds.shown import (
    Explanation,
    ManualPart,
    Mark,
    State,
)

# Where an id of an option must also say its stage; no id has a colon.
_OF = ":"
_HEAD = frozenset(ItemBase.model_fields) - {"stem"}
# Stands in while a stage is checked by itself, so that the case's own problems are told once.
_STAND_IN: dict[str, Any] = {
    "id": "stage",
    "pool": "practice",
    "objective": "CASE-00",
    "level": "apply",
    "sources": ["CASE"],
    "reviewed": date(2000, 1, 1),
    "review_due": date(2100, 1, 1),
}
OUTCOMES: dict[str, str] = {
    state.value: state.value for state in (State.RIGHT, State.PARTLY, State.WRONG, State.OMITTED)
}
# Kinds whose marks name the options that were chosen.
_BY_OPTION = frozenset({"single_choice", "multiple_response", "true_false"})


class Fact(Frozen):
    """Something to ask about, with its answer; an essential one says why it must be asked."""

    id: Key
    question: Text
    answer: Text
    essential: bool = False
    reason: Passage = ""

    @model_validator(mode="after")
    def _says_why(self) -> "Fact":
        if self.essential and not self.reason:
            raise ValueError("an essential fact says why it matters; write the reason")
        return self


class Consequence(Frozen):
    """What follows where this option was chosen, or where the stage ended like this."""

    when: str
    text: Text


class Stage(Frozen):
    """A question of the case, of any kind but a case, and what follows from its answers."""

    # The fields that a stage's item has from its case.
    lent: ClassVar[frozenset[str]] = _HEAD

    id: Key
    item: Annotated[PlainItem, Field(discriminator="kind")]
    consequences: Annotated[tuple[Consequence, ...], Field(max_length=20)] = ()

    @field_validator("item", mode="before")
    @classmethod
    def _lend_a_head(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        typed: dict[str, Any] = data  # pyright: ignore[reportUnknownVariableType] from a file
        own = sorted(_HEAD.intersection(typed))
        if own:
            raise ValueError(f"leave out {', '.join(own)}: a stage has this from its case")
        return _STAND_IN | typed

    @field_serializer("item", mode="wrap")
    def _without_head(self, item: Any, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = handler(item)
        rest = {name: value for name, value in written.items() if name not in _HEAD}
        return {"kind": item.kind} | rest

    @model_validator(mode="after")
    def _consequences_can_happen(self) -> "Stage":
        known = {*OUTCOMES, *self.choosable()}
        named = [one.when for one in self.consequences]
        problems = [
            f"nothing here is called “{when}”; a consequence follows "
            f"from {', '.join(OUTCOMES)}, or from the id of an option"
            for when in dict.fromkeys(named)
            if when not in known
        ]
        if len(set(named)) != len(named):
            problems.append("two consequences follow from the same; put them together")
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def choosable(self) -> dict[str, str]:
        """Ids and texts of the options that a consequence may follow from."""
        offered = self.item.prompt().choices if self.item.kind in _BY_OPTION else ()
        return {one.id: one.text for one in offered}

    def of_case(self, head: Mapping[str, Any]) -> "Stage":
        """Return the stage with the head of its case."""
        return self.model_copy(update={"item": self.item.model_copy(update=dict(head))})

    def option_ids(self) -> tuple[str, ...]:
        """The ids of its item's options as `stage:option`."""
        return tuple(f"{self.id}{_OF}{one}" for one in self.item.option_ids())

    def own_order(self, order: Sequence[str]) -> tuple[str, ...]:
        """Return the part of a case's order that is this stage's, without the stage's id."""
        prefix = f"{self.id}{_OF}"
        return tuple(one.removeprefix(prefix) for one in order if one.startswith(prefix))

    def mark(self, response: JsonValue, fractions: Mapping[str, float]) -> Mark:
        """Return the mark; `fractions` has what people gave, by stage."""
        given = {"": fractions[self.id]} if self.id in fractions else dict[str, float]()
        return self.item.mark_with(response, given)

    def manual_parts(self, response: JsonValue) -> tuple[ManualPart, ...]:
        """Return what people must mark, by the name of the stage."""
        return tuple(replace(one, part=self.id) for one in self.item.manual_parts(response))

    def named(self, mark: Mark) -> tuple[str, ...]:
        """Return the keys of a mark's feedback as a case tells them."""
        return tuple(f"{self.id}{_OF}{key}" for key in mark.feedback)

    def told(self, number: int, response: JsonValue, order: Sequence[str]) -> StageTold:
        """Return what is told of the stage afterwards; `order` is that of the whole case."""
        mark = self.item.mark(response)
        return StageTold(
            number=number,
            kind=self.item.kind,
            stem=self.item.stem,
            mark=mark,
            explanations=self.explain(response, order),
            consequences=tuple(
                one.text
                for one in self.consequences
                if one.when == mark.state.value or one.when in mark.feedback
            ),
        )

    def explain(self, response: JsonValue, order: Sequence[str]) -> tuple[Explanation, ...]:
        """Return the reasons of the stage's item; `order` is that of the whole case."""
        return self.item.explain(response, self.own_order(order))
