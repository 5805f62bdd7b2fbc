"""Essay: a written answer that people mark by a rubric; the machine only counts its words."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal
from unicodedata import category

from pydantic import Field, JsonValue, model_validator

from quizbank.kinds.item import (
    Frozen,
    ItemBase,
    Key,
    Passage,
    Share,
    Text,
    field_of,
    problems_of_parts,
)
from quizbank.kinds.shown import (
    OMITTED,
    Explanation,
    ManualPart,
    Mark,
    Prompt,
    Scored,
    State,
    state_of,
)

# The browser counts by the same class of characters: Python's and JavaScript's own `\s` differ.
_SPACES = r"\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
WORD = f"[^{_SPACES}]+"
_WORD = re.compile(WORD)
MOST_POINTS = 100


def count_words(text: str) -> int:
    """Return the number of words: runs without white space that hold a letter or a digit."""
    return sum(any(category(ch)[0] in "LN" for ch in word) for word in _WORD.findall(text))


class RubricLevel(Frozen):
    """What an answer is like that earns this many points of its criterion."""

    points: Annotated[int, Field(ge=0, le=MOST_POINTS)]
    text: Text


class Criterion(Frozen):
    """What markers look for, and how many points it is worth.

    Where it has levels, one of them is chosen; else any whole number of points is given.
    """

    id: Key
    text: Text
    points: Annotated[int, Field(ge=1, le=MOST_POINTS)]
    levels: Annotated[tuple[RubricLevel, ...], Field(max_length=12)] = ()

    @model_validator(mode="after")
    def _levels_reach_its_points(self) -> "Criterion":
        given = [level.points for level in self.levels]
        if len({*given}) != len(given):
            raise ValueError("two levels have the same points; change or drop one")
        if given and max(given) != self.points:
            raise ValueError("the highest level must earn all the points of its criterion")
        if len(given) == 1:
            raise ValueError("one level alone is no choice; add another or drop it")
        return self

    def allows(self, points: int) -> bool:
        """Tell whether a marker may give this many points."""
        if self.levels:
            return any(level.points == points for level in self.levels)
        return 0 <= points <= self.points


class Essay(ItemBase):
    """A text of some length. Response: `{"text": "The skin must …"}`.

    Marked by `markers` people by the rubric; where two differ by more than `tolerance` of the
    mark, a third decides (`quizbank.marking`). `template` stands in the field at the start, and
    is no answer by itself. Limits of words warn the learner and block nothing.
    """

    kind: Literal["essay"] = "essay"
    rubric: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=12)]
    min_words: Annotated[int, Field(ge=1, le=10_000)] | None = None
    max_words: Annotated[int, Field(ge=1, le=10_000)] | None = None
    template: Passage = ""
    model_answer: Text
    markers: Literal[1, 2] = 1
    tolerance: Share = 0.2

    @model_validator(mode="after")
    def _can_be_marked(self) -> "Essay":
        problems = problems_of_parts([(one.id, one.text) for one in self.rubric], "criteria")
        if problems:
            raise ValueError(problems[0])
        if self.min_words and self.max_words and self.max_words < self.min_words:
            raise ValueError("max_words must not be smaller than min_words")
        if self.mark(self.key()).state is not State.TO_MARK:
            raise ValueError("model_answer must say more than the template")
        return self

    @property
    def total(self) -> int:
        """How many points the rubric gives at most."""
        return sum(one.points for one in self.rubric)

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:  # noqa: ARG002 one signature for all kinds
        """What a learner sees: the task, the text to start from, the limits of words."""
        return Prompt(
            self.kind,
            self.stem,
            template=self.template,
            min_words=self.min_words,
            max_words=self.max_words,
        )

    def key(self) -> JsonValue:
        """A response that markers should give every point."""
        return {"text": self.model_answer}

    def mark(self, response: JsonValue) -> Mark:
        """Nothing yet: a text waits to be marked, an untouched template is not answered."""
        if not self.manual_parts(response):
            return OMITTED
        return Mark(0.0, State.TO_MARK, ())

    def manual_parts(self, response: JsonValue) -> tuple[ManualPart, ...]:
        """The text, where one was written."""
        text = field_of(response, "text")
        if not isinstance(text, str) or not text.strip() or _same(text, self.template):
            return ()
        return (ManualPart("", self, text),)

    def mark_with(self, response: JsonValue, fractions: Mapping[str, float]) -> Mark:
        """The mark that people agreed on."""
        if not self.manual_parts(response) or "" not in fractions:
            return self.mark(response)
        fraction = min(1.0, max(0.0, fractions[""]))
        return Mark(fraction, state_of(fraction), ())

    def fraction_of(self, points: Mapping[str, int]) -> float:
        """Return the share of the mark that these points by criterion earn."""
        return sum(points.values()) / self.total

    def problems_of(self, points: Mapping[str, int]) -> list[str]:
        """Return what keeps these points by criterion from being a mark, as sentences."""
        known = {one.id for one in self.rubric}
        problems = [f"There is no criterion {one}." for one in points if one not in known]
        for one in self.rubric:
            if one.id not in points:
                problems.append(f"Give points for “{one.text}”.")
            elif not one.allows(points[one.id]):
                problems.append(f"“{one.text}” cannot earn {points[one.id]} points.")
        return problems

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:  # noqa: ARG002 one signature for all kinds
        """A good answer, then every criterion with its levels, to compare with."""
        answer = Explanation("A good answer", self.model_answer, False, False, note=True)
        return (answer, *(_explained(one) for one in self.rubric))

    def scored(self) -> tuple[Scored, ...]:
        """No answer earns anything by itself."""
        return ()


def _explained(one: Criterion) -> Explanation:
    worth = "1 point" if one.points == 1 else f"{one.points} points"
    return Explanation(f"{one.text} ({worth})", _levels_of(one), False, False, note=True)


def _levels_of(one: Criterion) -> str:
    if not one.levels:
        return f"Any whole number of points, 0 to {one.points}."
    ranked = sorted(one.levels, key=lambda level: -level.points)
    return "\n".join(f"- {level.points}: {level.text}" for level in ranked)


def _same(text: str, template: str) -> bool:
    return text.split() == template.split()
