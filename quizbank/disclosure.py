"""What a learner may see of an attempt now. Only this table decides."""

from dataclasses import dataclass
from enum import StrEnum

from quizbank.exams import Purpose


class Phase(StrEnum):
    """Where the learner stands with one item of an attempt."""

    OPEN = "open"
    ANSWERED = "answered"
    ENDED = "ended"


@dataclass(frozen=True)
class Disclosure:
    """The fields that may leave the server."""

    question: bool
    own_response: bool
    correctness: bool
    reasons: bool
    total: bool


_HIDDEN = Disclosure(
    question=True, own_response=True, correctness=False, reasons=False, total=False
)
_TAUGHT = Disclosure(question=True, own_response=True, correctness=True, reasons=True, total=False)

# Exam questions are used again, so that after an exam neither they nor their keys are shown:
# the learner gets the verdict, the objectives and the topics of critical misses.
TABLE: dict[tuple[Purpose, Phase], Disclosure] = {
    (Purpose.EXAM, Phase.OPEN): _HIDDEN,
    (Purpose.EXAM, Phase.ANSWERED): _HIDDEN,
    (Purpose.EXAM, Phase.ENDED): Disclosure(
        question=False, own_response=False, correctness=False, reasons=False, total=True
    ),
    (Purpose.PRACTICE, Phase.OPEN): _HIDDEN,
    (Purpose.PRACTICE, Phase.ANSWERED): _TAUGHT,
    (Purpose.PRACTICE, Phase.ENDED): Disclosure(
        question=True, own_response=True, correctness=True, reasons=True, total=True
    ),
}


def may_see(purpose: Purpose, phase: Phase) -> Disclosure:
    """Return what the learner may see of an item now."""
    return TABLE[purpose, phase]
