"""What a trainee may look at again after an exam, and when: the choice stored with its version."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from quizbank.kinds.item import Frozen


class Part(StrEnum):
    """One thing that a trainee may be shown of an attempt."""

    QUESTION = "question"
    RESPONSE = "own response"
    CORRECTNESS = "right or wrong"
    ANSWER = "right answer and reasons"
    MARKS = "marks of each question"
    OBJECTIVES = "objectives"
    TOTAL = "total"
    VERDICT = "verdict"


def _in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    # Release alone decides when the verdict is told: a certificate or a wait would tell it anyway.
    chosen = {*parts, Part.VERDICT}
    return tuple(part for part in Part if part in chosen)


Parts = Annotated[tuple[Part, ...], AfterValidator(_in_order)]

# Exam questions are used again, so that unless an academy decides otherwise nobody sees them twice.
SUMMARY = _in_order((Part.OBJECTIVES, Part.TOTAL))
OWN_ANSWERS = _in_order({*Part} - {Part.ANSWER})
EVERYTHING = _in_order(Part)
# Any of these tells something of single questions.
OF_QUESTIONS = frozenset({Part.QUESTION, Part.CORRECTNESS, Part.MARKS})


class ReviewWindows(Frozen):
    """What is shown of a released attempt: at first, later, and once the exam is closed.

    At first means the first minutes after the release. The exam is closed for its trainees from
    `closed_on` on (the day begins at 00:00 UTC), or never where there is no such day.
    """

    right_after: Parts = SUMMARY
    later: Parts = SUMMARY
    closed: Parts = SUMMARY
    right_after_minutes: Annotated[int, Field(ge=1, le=10_080)] = 60
    closed_on: date | None = None

    @model_validator(mode="after")
    def _has_questions(self) -> "ReviewWindows":
        for parts in (self.right_after, self.later, self.closed):
            if {Part.RESPONSE, Part.ANSWER} & {*parts} and Part.QUESTION not in parts:
                raise ValueError("answers without their question tell nothing; show it as well")
        return self

    def ends_right_after(self, released_at: datetime) -> datetime:
        """Return when the first window ends for a result that was released then."""
        return released_at + timedelta(minutes=self.right_after_minutes)

    @property
    def closes_at(self) -> datetime | None:
        """When the exam is closed by its own date."""
        if self.closed_on is None:
            return None
        return datetime(self.closed_on.year, self.closed_on.month, self.closed_on.day, tzinfo=UTC)
