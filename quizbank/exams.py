"""What an exam is: its blueprint, its time, its decision rule and its retake policy.

An exam's rules are data, stored with every published version; an attempt keeps the version it
started under.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from quizbank.confidence import Sureness
from quizbank.kinds.item import (
    Frozen,
    Key,
    Level,
    Name,
    Pool,
    Share,
    Text,
)
from quizbank.review_windows import ReviewWindows


class Purpose(StrEnum):
    """Practice teaches, with feedback after each answer; an exam decides.

    Remediation is practice of one objective, after an unsafe answer that was given with certainty.
    """

    PRACTICE = "practice"
    EXAM = "exam"
    REMEDIATION = "remediation"


class Cell(Frozen):
    """So many items of one objective, exactly so many of them critical.

    Where it says a `level`, `kinds` or `tags`, only items of that level, of one of these kinds,
    with all of these tags fill it. An item that fits several cells fills one place.
    """

    objective: str
    level: Level | None = None
    kinds: tuple[str, ...] = ()
    tags: tuple[Key, ...] = ()
    count: Annotated[int, Field(ge=1, le=500)]
    critical: Annotated[int, Field(ge=0)] = 0

    @property
    def asked_of(self) -> tuple[str, Level | None, frozenset[str], frozenset[str]]:
        """What an item must be to fill it; two cells of an exam never ask for the same."""
        return self.objective, self.level, frozenset(self.kinds), frozenset(self.tags)

    @model_validator(mode="after")
    def _critical_fits(self) -> "Cell":
        if self.critical > self.count:
            raise ValueError("critical must not be larger than count")
        return self


class RetakePolicy(Frozen):
    """How often an exam may be taken, and the wait after a failed attempt.

    Whoever passed may sit it again, to renew, once `renew_after_days` have gone by since; without
    it never. Attempts are counted anew from then on.
    """

    max_attempts: Annotated[int, Field(ge=1)]
    wait_hours: Annotated[int, Field(ge=0)]
    renew_after_days: Annotated[int, Field(ge=1, le=10_000)] | None = None


class CutMethod(StrEnum):
    """How a cut score came about: entered by a person, or by a modified Angoff study."""

    ENTERED = "entered"
    ANGOFF = "angoff"


class CutBasis(Frozen):
    """Why the cut score stands where it does, and who answers for it since when."""

    method: CutMethod
    rationale: Text
    signed_by: Annotated[Name, Field(min_length=1)]
    signed_on: date


class ObjectiveMinimum(Frozen):
    """The least share of an objective's marks, without which the exam is failed."""

    objective: str
    share: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]


class Release(StrEnum):
    """Who lets a trainee see a decision: nobody needs to, one person, or two different ones."""

    IMMEDIATE = "immediate"
    HELD = "held"
    SECOND_PERSON = "second person"


class ExamRules(Frozen):
    """The rules of a practice quiz or an exam.

    `cut` is the number of marks that passes, `cut_basis` why; `minutes` is None where there is no
    deadline; `rules` and `consent` are what the learner reads and agrees to before the start.

    `time_budget` is the most minutes that a form's items may be expected to take together.
    `exposure_cap` is the share of the exam's forms above which an item is drawn only where no
    other fits: it orders the choice, and never refuses a form.
    `descriptions` are items to read, shown before the questions in this order; they never count.
    So many `pilots` of the exam's objectives are mixed in, where there are that many; they do not
    count either.

    An attempt passes that reaches the cut and every one of `objective_minimums`, misses no critical
    item where `critical_must_pass`, holds no unsafe answer where `unsafe_fails`, and leaves no more
    than `most_omitted` items open. `release` and `review` say when its trainee sees what of it.
    A `windowed` exam is started only in a window that admits the person. `break_minutes` is how
    long everybody's clock may rest in all.
    `confidence` tells that with every answer the learner is asked how sure it is, which never
    changes a mark; `sureness` is what the words promise.
    """

    title: Annotated[str, Field(min_length=1)]
    purpose: Purpose
    cells: Annotated[tuple[Cell, ...], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    cut: Annotated[int, Field(ge=0)] = 0
    critical_must_pass: bool = False
    rules: tuple[str, ...] = ()
    consent: str = ""
    retakes: RetakePolicy | None = None
    time_budget: Annotated[int, Field(ge=1, le=600)] | None = None
    exposure_cap: Share | None = None
    descriptions: Annotated[tuple[Key, ...], Field(max_length=20)] = ()
    cut_basis: CutBasis | None = None
    pilots: Annotated[int, Field(ge=0, le=50)] = 0
    objective_minimums: tuple[ObjectiveMinimum, ...] = ()
    unsafe_fails: bool = False
    most_omitted: Annotated[int, Field(ge=0)] | None = None
    release: Release = Release.IMMEDIATE
    review: ReviewWindows = ReviewWindows()
    windowed: bool = False
    break_minutes: Annotated[int, Field(ge=0, le=120)] = 0
    confidence: bool = False
    sureness: Sureness = Sureness()

    @model_validator(mode="after")
    def _is_whole(self) -> "ExamRules":
        if len({cell.asked_of for cell in self.cells}) != len(self.cells):
            raise ValueError("two cells ask for the same items; join them")
        if self.cut > self.size:
            raise ValueError(f"cut is {self.cut}, but the exam has only {self.size} items")
        if self.purpose is Purpose.EXAM and not (self.minutes and self.retakes and self.consent):
            raise ValueError("an exam needs minutes, retakes and a consent sentence")
        if self.purpose is not Purpose.EXAM and (self.windowed or self.break_minutes):
            raise ValueError("practice has neither windows nor breaks; leave them out")
        if len({*self.descriptions}) != len(self.descriptions):
            raise ValueError("a description is named twice; drop one")
        if self.minutes and self.time_budget and self.time_budget > self.minutes:
            raise ValueError("the time budget is longer than the exam; shorten it")
        return self

    @model_validator(mode="after")
    def _minimums_fit(self) -> "ExamRules":
        named = [one.objective for one in self.objective_minimums]
        if len({*named}) != len(named):
            raise ValueError("an objective has two minimums; drop one")
        if unknown := [one for one in named if one not in self.objectives]:
            raise ValueError(f"{unknown[0]} has a minimum, but no cell examines it")
        return self

    @property
    def size(self) -> int:
        """How many questions of a form count."""
        return sum(cell.count for cell in self.cells)

    @property
    def objectives(self) -> tuple[str, ...]:
        """The objectives that are examined, each once, in the order of the cells."""
        return tuple(dict.fromkeys(cell.objective for cell in self.cells))

    @property
    def pool(self) -> Pool:
        """Where the items come from."""
        return Pool.EXAM if self.purpose is Purpose.EXAM else Pool.PRACTICE


class Refusal(StrEnum):
    """Why an exam cannot be started now."""

    PASSED = "passed"
    NO_ATTEMPTS_LEFT = "no attempts left"
    WAIT = "wait"
    BEING_MARKED = "being marked"
    NO_WINDOW = "no window"
    TO_BE_RELEASED = "to be released"
    REMEDIATE = "remediate"


class Outcome(StrEnum):
    """How an ended attempt stands for its trainee."""

    PASSED = "passed"
    FAILED = "not passed"
    BEING_MARKED = "being marked"
    TO_BE_RELEASED = "to be released"


# Whichever comes first here is the reason that is given.
_STANDING = {
    Outcome.BEING_MARKED: Refusal.BEING_MARKED,
    Outcome.TO_BE_RELEASED: Refusal.TO_BE_RELEASED,
}


def retake_refusal(
    policy: RetakePolicy,
    ended: Sequence[tuple[datetime, Outcome]],
    now: datetime,
    to_put_right: int = 0,
) -> tuple[Refusal, datetime | None] | None:
    """Tell whether a new attempt is refused, why, and from when on it is not.

    `ended` holds, for every ended attempt, when it ended and how it stands. `to_put_right` is how
    many unsafe certainties are open, which may be put right while waiting. The instant is None
    where nobody knows it or waiting does not help.
    """
    passed_at = last_pass(ended)
    if passed_at:
        renews = passed_at + timedelta(days=policy.renew_after_days or 0)
        if policy.renew_after_days is None or now < renews:
            return Refusal.PASSED, renews if policy.renew_after_days else None
        ended = counting(ended)
    outcomes = {outcome for _, outcome in ended}
    for outcome, refusal in _STANDING.items():
        if outcome in outcomes:
            return refusal, None
    if len(ended) >= policy.max_attempts:
        return Refusal.NO_ATTEMPTS_LEFT, None
    opens = None
    if ended:
        opens = max(at for at, _ in ended) + timedelta(hours=policy.wait_hours)
        opens = opens if now < opens else None
    if to_put_right:
        return Refusal.REMEDIATE, opens
    return (Refusal.WAIT, opens) if opens else None


def counting(ended: Sequence[tuple[datetime, Outcome]]) -> list[tuple[datetime, Outcome]]:
    """Return the attempts that count: all, and after a pass only those that renew."""
    passed_at = last_pass(ended)
    return [one for one in ended if passed_at is None or one[0] > passed_at]


def last_pass(ended: Sequence[tuple[datetime, Outcome]]) -> datetime | None:
    """Return when the exam was passed last, None where it never was."""
    return max((at for at, outcome in ended if outcome is Outcome.PASSED), default=None)
