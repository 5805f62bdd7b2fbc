"""What a learner sees of a case: while it runs, and afterwards."""

from dataclasses import dataclass

from quizbank.kinds.shown import (
    Explanation,
    Mark,
    Prompt,
)


@dataclass(frozen=True)
class AskedFact:
    """What may be asked about a client; the answer is there only once it was asked."""

    id: str
    question: str
    answer: str | None


@dataclass(frozen=True)
class PromptStage:
    """A stage that is open or done, with its own prompt."""

    id: str
    prompt: Prompt
    done: bool


@dataclass(frozen=True)
class StageTold:
    """A stage afterwards: how the answer stands, why, and what followed from it."""

    number: int
    kind: str
    stem: str
    mark: Mark
    explanations: tuple[Explanation, ...]
    consequences: tuple[str, ...]


@dataclass(frozen=True)
class MissedFact:
    """An essential fact that was not asked for, and why it matters."""

    question: str
    answer: str
    reason: str


@dataclass(frozen=True)
class Debrief:
    """A case afterwards, stage by stage, and what should have been asked.

    `essential` is how many facts had to be asked for, `missed` are those that were not.
    """

    stages: tuple[StageTold, ...]
    essential: int
    missed: tuple[MissedFact, ...]
