"""A case: a patient's story, facts that appear when they are asked for, and stages to decide.

What a learner sees depends on the response so far. It only ever grows: what was asked stays asked,
what was done stays as it is, and no stage is seen before the one in front of it is done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field, JsonValue, model_validator

from quizbank.kinds.case_shown import AskedFact, Debrief, MissedFact, PromptStage
from quizbank.kinds.case_stages import Fact, Stage
from quizbank.kinds.description import Description
from quizbank.kinds.item import (
    ItemBase,
    Pool,
    field_of,
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

_FIELDS = frozenset({"asked", "stages", "done"})
# Marks are thirds and the like, which binary numbers only come near to.
_FINEST = 5040
SEALED = "This stage is done, so its answer stays as it is. Reload the page to see it."
NOT_OPEN = "This stage is not open yet. Reload the page and go on from the stage shown there."
STAYS_ASKED = "What was asked stays asked. Reload the page to see the answers."
NO_ANSWER = "This is no answer to this case. Reload the page and answer again."


@dataclass(frozen=True)
class _Way:
    """How far a response has come, with everything in it that makes no sense left out."""

    asked: tuple[str, ...]
    answers: dict[str, JsonValue]
    done: int


class Case(ItemBase):
    """A vignette (the stem), facts to ask for, and stages, answered one after the other.

    Response: `{"asked": [fact id, ...], "stages": {stage id: response}, "done": [stage id, ...]}`.
    Every stage that is scored counts alike; what was asked does not change the mark.
    """

    staged: ClassVar[bool] = True

    kind: Literal["case"] = "case"
    facts: Annotated[tuple[Fact, ...], Field(max_length=20)] = ()
    stages: Annotated[tuple[Stage, ...], Field(min_length=1, max_length=8)]

    @model_validator(mode="after")
    def _parts_differ(self) -> "Case":
        problems: list[str] = []
        if len({fact.id for fact in self.facts}) != len(self.facts):
            problems.append("two facts have the same id; give each its own")
        if len({fact.question.casefold() for fact in self.facts}) != len(self.facts):
            problems.append("two facts have the same question; change or drop one")
        if len({stage.id for stage in self.stages}) != len(self.stages):
            problems.append("two stages have the same id; give each its own")
        if all(isinstance(stage.item, Description) for stage in self.stages):
            problems.append("no stage asks anything; add one that does")
        if self.pool is Pool.CHECK:
            problems.append("a case is too long for a lesson check; choose exam or practice")
        if problems:
            raise ValueError("; ".join(problems))
        return self

    @model_validator(mode="after")
    def _lend_head(self) -> "Case":
        head = {name: getattr(self, name) for name in Stage.lent}
        stages = tuple(stage.of_case(head) for stage in self.stages)
        return self.model_copy(update={"stages": stages})

    def option_ids(self) -> tuple[str, ...]:
        """The ids of every stage's options as `stage:option`; a stage orders its own ones."""
        return tuple(one for stage in self.stages for one in stage.option_ids())

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:
        """What a learner sees now: answers to what was asked, stages up to the open one."""
        way = self._way(response)
        facts = tuple(
            AskedFact(fact.id, fact.question, fact.answer if fact.id in way.asked else None)
            for fact in self.facts
        )
        stages = tuple(
            PromptStage(stage.id, stage.item.prompt(stage.own_order(order)), place < way.done)
            for place, stage in enumerate(self.stages[: way.done + 1])
        )
        return Prompt(
            self.kind, self.stem, facts=facts, stages=stages, stages_in_all=len(self.stages)
        )

    def key(self) -> JsonValue:
        """The response that earns the full mark and asks all that is essential."""
        asked: list[JsonValue] = [fact.id for fact in self.facts if fact.essential]
        done: list[JsonValue] = [stage.id for stage in self.stages]
        answers: dict[str, JsonValue] = {stage.id: stage.item.key() for stage in self.stages}
        return {"asked": asked, "stages": answers, "done": done}

    def mark(self, response: JsonValue) -> Mark:
        """The mean of the stages' fractions; unsafe where any stage is."""
        return self.mark_with(response, {})

    def manual_parts(self, response: JsonValue) -> tuple[ManualPart, ...]:
        """The texts of stages that people must mark."""
        answers = self._way(response).answers
        return tuple(
            part for stage in self.stages for part in stage.manual_parts(answers.get(stage.id))
        )

    def mark_with(self, response: JsonValue, fractions: Mapping[str, float]) -> Mark:
        """The same with what people gave for stages; it waits for them where one is missing."""
        answers = self._way(response).answers
        marked = [(one, one.mark(answers.get(one.id), fractions)) for one in self.stages]
        named = tuple(key for stage, mark in marked for key in stage.named(mark))
        marks = [mark for _, mark in marked if mark.state is not State.NOT_SCORED]
        states = {mark.state for mark in marks}
        if states == {State.OMITTED}:
            return OMITTED
        unsafe = any(mark.unsafe for mark in marks)
        if State.TO_MARK in states:
            return Mark(0.0, State.TO_MARK, named, unsafe)
        shares = (Fraction(mark.fraction).limit_denominator(_FINEST) for mark in marks)
        fraction = float(sum(shares, Fraction()) / len(marks))
        return Mark(fraction, state_of(fraction), named, unsafe)

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:
        """Every stage's reasons, one stage after the other."""
        answers = self._way(response).answers
        return tuple(
            told for stage in self.stages for told in stage.explain(answers.get(stage.id), order)
        )

    def debrief(self, response: JsonValue, order: Sequence[str] = ()) -> Debrief:
        """What to tell afterwards: stages, consequences, and what should have been asked."""
        way = self._way(response)
        stages = tuple(
            stage.told(number, way.answers.get(stage.id), order)
            for number, stage in enumerate(self.stages, start=1)
        )
        missed = tuple(
            MissedFact(fact.question, fact.answer, fact.reason)
            for fact in self.facts
            if fact.essential and fact.id not in way.asked
        )
        return Debrief(stages, sum(fact.essential for fact in self.facts), missed)

    def scored(self) -> tuple[Scored, ...]:
        """Every stage's answers with their share of the whole case."""
        scored = sum(not isinstance(stage.item, Description) for stage in self.stages)
        return tuple(
            Scored(f"{number}: {one.text}", one.fraction / scored, one.reason)
            for number, stage in enumerate(self.stages, start=1)
            for one in stage.item.scored()
        )

    def complete(self, response: JsonValue) -> bool:
        """Tell whether every stage is done."""
        return self._way(response).done == len(self.stages)

    def follows(self, standing: JsonValue, response: JsonValue) -> str | None:
        """Return why a response goes back or skips ahead, None where it goes on from the standing.

        One stage can be done at a time, and a stage that was not open yet has no answer.
        """
        if not self._is_whole(response):
            return NO_ANSWER
        before, after = self._way(standing), self._way(response)
        if after.asked[: len(before.asked)] != before.asked:
            return STAYS_ASKED
        ids = [stage.id for stage in self.stages]
        if after.done < before.done or any(
            after.answers.get(one) != before.answers.get(one) for one in ids[: before.done]
        ):
            return SEALED
        if before.done == len(ids) and after != before:
            return SEALED
        if after.done > before.done + 1 or set(after.answers) - set(ids[: before.done + 1]):
            return NOT_OPEN
        return None

    def _way(self, response: JsonValue) -> _Way:
        asked, done = field_of(response, "asked"), field_of(response, "done")
        named, given = _texts(asked), field_of(response, "stages")
        ended, answers = set(_texts(done)), given if isinstance(given, dict) else {}
        ids = [stage.id for stage in self.stages]
        return _Way(
            asked=tuple(dict.fromkeys(one for one in named if one in self._fact_ids())),
            answers={one: answers[one] for one in ids if answers.get(one) is not None},
            done=next((place for place, one in enumerate(ids) if one not in ended), len(ids)),
        )

    def _is_whole(self, response: JsonValue) -> bool:
        """Tell whether nothing in a response would have to be left out."""
        if not isinstance(response, dict) or set(response) - _FIELDS:
            return False
        way = self._way(response)
        done = [stage.id for stage in self.stages][: way.done]
        answers = field_of(response, "stages")
        return (
            response.get("asked", []) == [*way.asked]
            and response.get("done", []) == done
            and isinstance(answers, dict | None)
            and set(answers or {}) <= {stage.id for stage in self.stages}
        )

    def _fact_ids(self) -> frozenset[str]:
        return frozenset(fact.id for fact in self.facts)


def _texts(value: JsonValue) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
