"""How right somebody is when they say how sure they are: counts, shares and what they allow to say.

Intervals are Wilson's (1927) at 95 %, as `quizbank.statistics.intervals` has them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from quizbank.confidence import Confidence, Sureness
from quizbank.statistics.intervals import wilson

# With fewer answers nothing is said of a level: it would tell of single questions, not of a habit.
FEWEST = 5


@dataclass(frozen=True)
class Stated:
    """One answer: what was said of it, None where nothing, and whether it was fully right."""

    confidence: Confidence | None
    right: bool


class Judgement(StrEnum):
    """What the answers of one level allow to say."""

    TOO_FEW = "too few answers"
    TOO_SURE = "too sure"
    MORE_THAN_SAID = "knows more than said"
    AS_SAID = "as said"


@dataclass(frozen=True)
class Level:
    """The answers of one confidence: how many, how many right, and the share with its interval.

    `promised` is the least share that the exam's rules take the word to mean; None for guesses.
    """

    confidence: Confidence
    answers: int
    right: int
    low: float
    high: float
    promised: float | None
    judgement: Judgement

    @property
    def share(self) -> float:
        """The share of right answers, 0 to 1; 0 where there are no answers."""
        return self.right / self.answers if self.answers else 0.0


@dataclass(frozen=True)
class Calibration:
    """Every level, the least sure first, and how many answers did not say."""

    levels: tuple[Level, ...]
    unsaid: int

    @property
    def said(self) -> int:
        """How many answers say how sure they are."""
        return sum(one.answers for one in self.levels)


def calibrate(answers: Iterable[Stated], sureness: Sureness) -> Calibration:
    """Return how stated and actual agree; the order of the answers changes nothing."""
    given = list(answers)
    levels = tuple(
        _level(one, [answer.right for answer in given if answer.confidence is one], sureness)
        for one in Confidence
    )
    return Calibration(levels, sum(one.confidence is None for one in given))


def interval(right: int, answers: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of right answers; 0 to 1 where there are no answers."""
    if not answers:
        return 0.0, 1.0
    ends = wilson(right / answers, answers)
    # At the ends the square root is off by the last bit.
    low = 0.0 if right == 0 else float(ends.low)
    return low, 1.0 if right == answers else float(ends.high)


def in_words(level: Level) -> str:
    """Return the level as a sentence: "Of 12 answers you were certain of, 9 were right."."""
    what = {
        Confidence.GUESS: "that you guessed",
        Confidence.FAIRLY_SURE: "you were fairly sure of",
        Confidence.CERTAIN: "you were certain of",
    }[level.confidence]
    answers = "1 answer" if level.answers == 1 else f"{level.answers} answers"
    if level.judgement is Judgement.TOO_FEW:
        few = f"{answers[0].upper()}{answers[1:]} {what}: too few to say anything."
        return few if level.answers else f"No answers {what}."
    were = "was" if level.right == 1 else "were"
    return f"Of {answers} {what}, {level.right} {were} right."


def _level(confidence: Confidence, right: list[bool], sureness: Sureness) -> Level:
    count, low_high = sum(right), interval(sum(right), len(right))
    promised = sureness.promised(confidence)
    return Level(
        confidence=confidence,
        answers=len(right),
        right=count,
        low=low_high[0],
        high=low_high[1],
        promised=promised,
        judgement=_judgement(confidence, len(right), low_high, sureness),
    )


def _judgement(
    confidence: Confidence, answers: int, interval: tuple[float, float], sureness: Sureness
) -> Judgement:
    low, high = interval
    if answers < FEWEST:
        return Judgement.TOO_FEW
    promised, surer = sureness.promised(confidence), _promised_by_surer(confidence, sureness)
    if promised is not None and high < promised:
        return Judgement.TOO_SURE
    if surer is not None and low >= surer:
        return Judgement.MORE_THAN_SAID
    return Judgement.AS_SAID


def _promised_by_surer(confidence: Confidence, sureness: Sureness) -> float | None:
    surer = {
        Confidence.GUESS: Confidence.FAIRLY_SURE,
        Confidence.FAIRLY_SURE: Confidence.CERTAIN,
    }.get(confidence)
    return sureness.promised(surer) if surer else None
