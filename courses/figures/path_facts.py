"""What a path draws: a way through a procedure or a decision, step by step, with its ways out."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from courses.figures.parts import Keys, Words
from quizbank.kinds.item import Frozen

# What stays within the narrowest box of a path in its boldest letters.
_LONGEST_WORD = 24


def _breakable(words: str) -> str:
    if any(len(word) > _LONGEST_WORD for word in words.split()):
        raise ValueError(f"a word of more than {_LONGEST_WORD} characters does not fit its box")
    return words


Short = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60),
    AfterValidator(_breakable),
]
Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=160),
    AfterValidator(_breakable),
]


class WayOut(Frozen):
    """Where the path is left: `when` what was found, and what is done `then`."""

    when: Short
    then: Short


class PathStep(Frozen):
    """One step: what is done or asked, what it means, and perhaps a way out of the path."""

    say: Short
    words: Sentence
    course_rule: bool = False
    out: WayOut | None = None
    sources: Keys


class PathFacts(Frozen):
    """What a path draws, from its first step to its last."""

    title: Short
    caption: Words
    steps: Annotated[tuple[PathStep, ...], Field(min_length=2, max_length=8)]

    def sources(self) -> tuple[str, ...]:
        """Every source key, once, in order of appearance."""
        return tuple(dict.fromkeys(key for step in self.steps for key in step.sources))
