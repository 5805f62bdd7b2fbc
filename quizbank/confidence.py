"""How sure somebody says to be of an answer, and what an exam's rules take that to mean.

It is asked, kept and shown, and never part of a mark.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from quizbank.kinds.item import Frozen, Share


class Confidence(StrEnum):
    """What a learner says of an answer, from the least sure to the surest."""

    GUESS = "guess"
    FAIRLY_SURE = "fairly sure"
    CERTAIN = "certain"


# A text to read asks nothing; people mark an essay by points, so no answer to it is the right one.
UNASKED_KINDS = frozenset({"description", "essay"})


class Sureness(Frozen):
    """What the words promise, as shares of right answers, and how an unsafe certainty is put right.

    `certain` and `fairly_sure` are the least shares of such answers that should be right; who is
    right less often is too sure. `fresh_items` is how many questions of the objective must be
    answered right after an unsafe answer that was given with certainty. All are course rules.
    """

    certain: Share = 0.9
    fairly_sure: Share = 0.6
    fresh_items: Annotated[int, Field(ge=1, le=20)] = 3

    @model_validator(mode="after")
    def _certain_promises_more(self) -> "Sureness":
        if self.certain <= self.fairly_sure:
            raise ValueError("“certain” must promise more right answers than “fairly sure”")
        return self

    def promised(self, stated: Confidence) -> float | None:
        """Return the least share of such answers that should be right; None for guesses."""
        shares = {Confidence.CERTAIN: self.certain, Confidence.FAIRLY_SURE: self.fairly_sure}
        return shares.get(stated)
