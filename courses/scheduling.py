"""When a family of items comes back: FSRS over what was answered, and a last look before the exam.

The schedule is the algorithm FSRS 6 as the package `fsrs` has it, with its own parameters, a wanted
retention of 90 %, and without fuzz: the same reviews give the same dates, so that cards can be
derived again from them. All instants are aware and in UTC.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from fsrs import Card as FsrsCard
from fsrs import Rating, Scheduler, State

from quizbank.confidence import Confidence
from quizbank.kinds.item import Frozen

# Last looks are spread over so many days before the exam, so that they are not all due in one.
LAST_LOOK_DAYS = 5
_SCHEDULER = Scheduler(enable_fuzzing=False)


@dataclass(frozen=True)
class Review:
    """One answer as the schedule reads it."""

    at: datetime
    rating: Rating


class CardState(Frozen):
    """Where a family stands after its reviews.

    `stability` is in days: after so many the chance to recall it has fallen to 90 %. `step` counts
    the short waits of a family that is new or was forgotten, and is None once it waits by days.
    """

    state: State
    step: int | None
    stability: float
    difficulty: float
    due: datetime
    last_review: datetime
    reviews: int

    def is_due(self, now: datetime) -> bool:
        """Tell whether to ask it now: what waits by days is due from the start of its day."""
        if self.state is State.Review:
            return self.due.date() <= now.date()
        return self.due <= now

    def recall(self, now: datetime) -> float:
        """Return the chance, 0 to 1, that it is recalled now."""
        return float(_SCHEDULER.get_card_retrievability(_as_fsrs(self), now))


def rating_of(fraction: float, confidence: Confidence | None) -> Rating:
    """Return what an answer tells of memory, from its share of the mark and what was said of it.

    Less than half right: again, however sure. Less than right, or a right guess: hard, because it
    would not be relied on. Right: good; right and certain: easy. What was not asked counts as
    fairly sure.
    """
    if fraction < 0.5:
        return Rating.Again
    if fraction < 1 or confidence is Confidence.GUESS:
        return Rating.Hard
    return Rating.Easy if confidence is Confidence.CERTAIN else Rating.Good


def reviewed(card: CardState | None, review: Review) -> CardState:
    """Return the card after one more review; `card` is None before the first."""
    before = _as_fsrs(card) if card else FsrsCard(card_id=0, due=review.at)
    after, _ = _SCHEDULER.review_card(before, review.rating, review.at)
    if after.stability is None or after.difficulty is None or after.last_review is None:
        raise RuntimeError("fsrs left a reviewed card without its state")
    return CardState(
        state=after.state,
        step=after.step,
        stability=after.stability,
        difficulty=after.difficulty,
        due=after.due,
        last_review=after.last_review,
        reviews=card.reviews + 1 if card else 1,
    )


def card_of(reviews: Iterable[Review]) -> CardState:
    """Return where these reviews, in the order they were made, leave a family.

    Raises `ValueError` where there is none.
    """
    card: CardState | None = None
    for one in reviews:
        card = reviewed(card, one)
    if card is None:
        raise ValueError("a card needs a review")
    return card


def before_exam(card: CardState, key: str, exam_on: date | None) -> CardState:
    """Return the card with its due date drawn before the exam's day, where it has no last look yet.

    A look counts as the last one in the days just before the exam; on which of them a family comes,
    its `key` decides. What is due earlier, or had its last look, keeps its date.
    """
    if exam_on is None:
        return card
    exam = datetime.combine(exam_on, time(), UTC)
    opens = exam - timedelta(days=LAST_LOOK_DAYS)
    if card.due < exam or card.last_review >= opens:
        return card
    return card.model_copy(update={"due": exam - timedelta(days=_days_before(key))})


def _days_before(key: str) -> int:
    return 1 + hashlib.sha256(key.encode()).digest()[0] % LAST_LOOK_DAYS


def _as_fsrs(card: CardState) -> FsrsCard:
    return FsrsCard(
        card_id=0,
        state=card.state,
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=card.last_review,
    )
