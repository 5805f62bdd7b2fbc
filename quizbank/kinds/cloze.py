"""Cloze: a text with gaps to fill."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from quizbank.kinds.cloze_gaps import ChoiceGap, Gap
from quizbank.kinds.item import (
    ItemBase,
    field_of,
)
from quizbank.kinds.shown import (
    OMITTED,
    Explanation,
    Mark,
    Prompt,
    Scored,
    state_of,
)

PLACEHOLDER = re.compile(r"\[\[([a-z0-9][a-z0-9-]{0,63})\]\]")


def gap_names(stem: str) -> list[str]:
    """Return the ids of the gaps that a text names as `[[id]]`, in order."""
    return PLACEHOLDER.findall(stem)


class Cloze(ItemBase):
    """A text with one to thirty gaps. Response: `{"gaps": {gap id: what was said}}`.

    The stem names every gap once, as `[[g1]]`. What is said is an option's id or a list of them,
    or a text as typed, by the gap's kind. The mark is the mean of the gaps' marks by their
    weights, never below 0; a gap without an answer earns 0.
    """

    kind: Literal["cloze"] = "cloze"
    gaps: Annotated[tuple[Gap, ...], Field(min_length=1, max_length=30)]

    @model_validator(mode="after")
    def _every_gap_has_one_place(self) -> "Cloze":
        places, known = gap_names(self.stem), [gap.id for gap in self.gaps]
        problems: list[str] = []
        if len(set(known)) != len(known):
            problems.append("two gaps have the same id; give each its own")
        problems += [
            f"the text names [[{name}]], but there is no such gap; add it or take it out"
            for name in dict.fromkeys(places)
            if name not in known
        ]
        problems += [
            f"the gap {name} must stand in the text once, as [[{name}]], "
            f"not {places.count(name)} times"
            for name in dict.fromkeys(known)
            if places.count(name) != 1
        ]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    @property
    def placed(self) -> tuple[Gap, ...]:
        """The gaps in the order of the text."""
        order = gap_names(self.stem)
        return tuple(sorted(self.gaps, key=lambda gap: order.index(gap.id)))

    def option_ids(self) -> tuple[str, ...]:
        """The ids of all options behind those of their gaps, `g1/a`, to be shuffled."""
        return tuple(
            f"{gap.id}/{option.id}"
            for gap in self.placed
            if isinstance(gap, ChoiceGap)
            for option in gap.options
        )

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:  # noqa: ARG002 one signature for all kinds
        """What a learner sees: the text, and the gaps in its order."""
        named = [one.partition("/") for one in order]
        gaps = tuple(
            gap.blank([option for name, _, option in named if name == gap.id])
            for gap in self.placed
        )
        return Prompt(self.kind, self.stem, gaps=gaps)

    def key(self) -> JsonValue:
        """The response that earns the full mark."""
        return {"gaps": {gap.id: gap.key() for gap in self.gaps}}

    def mark(self, response: JsonValue) -> Mark:
        """The mean of the gaps' marks by their weights, at least 0; feedback is named `g1/a`."""
        marks = [(gap, gap.mark(self._said(response, gap.id))) for gap in self.placed]
        if all(mark == OMITTED for _, mark in marks):
            return OMITTED
        earned = sum(Fraction(mark.fraction) * gap.weight for gap, mark in marks)
        fraction = float(max(Fraction(0), earned) / sum(gap.weight for gap in self.gaps))
        feedback = tuple(f"{gap.id}/{one}" for gap, mark in marks for one in mark.feedback)
        unsafe = any(mark.unsafe for _, mark in marks)
        return Mark(fraction, state_of(fraction), feedback, unsafe)

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:  # noqa: ARG002 one signature for all kinds
        """Gap by gap: what is right and why, and the learner's own."""
        return tuple(
            replace(told, part=f"Gap {number}")
            for number, gap in enumerate(self.placed, start=1)
            for told in gap.explain(self._said(response, gap.id))
        )

    def scored(self) -> tuple[Scored, ...]:
        """Every answer of every gap, with what it earns of the item's mark."""
        weights = sum(gap.weight for gap in self.gaps)
        return tuple(
            Scored(f"({number}) {one.text}", one.fraction * gap.weight / weights, one.reason)
            for number, gap in enumerate(self.placed, start=1)
            for one in gap.scored()
        )

    def _said(self, response: JsonValue, gap: str) -> JsonValue:
        return field_of(field_of(response, "gaps"), gap)
