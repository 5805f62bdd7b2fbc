"""What a decision on one client is worth, and what many together say of who decides.

The question asked of every client is whether to treat today. A client who should not be treated
and is not counts as kept safe; one who may be treated and is, as rightly treated. Refusing everyone
has a specificity of 0 and treating everyone a sensitivity of 0, so both fail.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from courses.screening.case import Decision, Fact, Reason, ScreeningCase
from quizbank.statistics.intervals import wilson

# Course rule, ours: both shares that the simulator asks for.
PASS_SHARE = 0.8


class Verdict(StrEnum):
    """What a decision is worth."""

    RIGHT = "right"
    ACCEPTABLE = "acceptable"
    WRONG = "wrong"


class WaitVerdict(StrEnum):
    """What a wait is worth; `UNTIMED` where a sign and not a number of days decides."""

    LONG_ENOUGH = "long enough"
    TOO_SHORT = "too short"
    UNTIMED = "no number of days to hold"


@dataclass(frozen=True)
class Screened:
    """What somebody did with one client; `wait_days` from today, for who defers."""

    asked: frozenset[str]
    noted: frozenset[str]
    decision: Decision
    wait_days: int = 0
    reasons: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CaseMark:
    """What one decision is worth, and why.

    `unasked` are findings never asked for, `unnoted` those asked for and not recorded, `harmless`
    what was recorded and belongs to no row. `wait` is None where nobody deferred.
    """

    verdict: Verdict
    treats: bool
    treated: bool
    wait: WaitVerdict | None
    unasked: tuple[Fact, ...]
    unnoted: tuple[Fact, ...]
    harmless: tuple[Fact, ...]
    reasons_missed: tuple[Reason, ...]
    reasons_wrong: tuple[Reason, ...]

    @property
    def unsafe(self) -> bool:
        """Whether a client was treated who should not have been."""
        return self.treated and not self.treats

    @property
    def needless(self) -> bool:
        """Whether a client was sent away who could have been treated."""
        return self.treats and not self.treated


def mark_case(case: ScreeningCase, done: Screened) -> CaseMark:
    """Return what was decided and recorded, held against the case."""
    unasked = [fact for fact in case.findings if fact.id not in done.asked]
    unnoted = [f for f in case.findings if f.id in done.asked and f.id not in done.noted]
    return CaseMark(
        verdict=verdict_on(case, done.decision),
        treats=case.treats,
        treated=done.decision is Decision.PROCEED,
        wait=wait_verdict(case, done.decision, done.wait_days),
        unasked=tuple(unasked),
        unnoted=tuple(unnoted),
        harmless=tuple(f for f in case.facts if f.id in done.noted and not (f.finding or f.rows)),
        reasons_missed=tuple(r for r in case.reasons if r.correct and r.id not in done.reasons),
        reasons_wrong=tuple(r for r in case.reasons if not r.correct and r.id in done.reasons),
    )


def verdict_on(case: ScreeningCase, decision: Decision) -> Verdict:
    """Return what a decision on this client is worth."""
    if decision is case.decision:
        return Verdict.RIGHT
    return Verdict.ACCEPTABLE if decision in case.acceptable else Verdict.WRONG


def wait_verdict(case: ScreeningCase, decision: Decision, days: int) -> WaitVerdict | None:
    """Return what so many days of waiting are worth; None where nothing is deferred.

    A wait that no row asks for is judged by the decision, not by its length.
    """
    if decision is not Decision.DEFER:
        return None
    if case.wait is None or case.wait.days is None:
        return WaitVerdict.UNTIMED
    return WaitVerdict.LONG_ENOUGH if days >= case.wait.days else WaitVerdict.TOO_SHORT


@dataclass(frozen=True)
class Share:
    """So many of so many, with Wilson's interval at 95 %; None where there was nobody."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval's ends, 0 to 1."""
        if not self.of:
            return None
        ends = wilson(self.hits / self.of, self.of)
        return float(ends.low), float(ends.high)

    @property
    def holds(self) -> bool:
        """Whether the share reaches what the simulator asks for; of nobody nothing is asked."""
        return self.value is None or self.value >= PASS_SHARE


class Outcome(StrEnum):
    """What all decisions together say."""

    OPEN = "open"
    PASSED = "passed"
    TREATS_TOO_MANY = "treats too many"
    REFUSES_TOO_MANY = "refuses too many"
    BOTH = "both"


@dataclass(frozen=True)
class ScreeningStanding:
    """How somebody decided on the clients of a course, the newest decision on each.

    `clients` is how many the course has. Sensitivity is the share kept safe among those who
    should not be treated today, specificity the share treated among those who could be.
    """

    clients: int
    marks: tuple[CaseMark, ...]

    @property
    def decided(self) -> int:
        """How many clients were decided on."""
        return len(self.marks)

    @property
    def sensitivity(self) -> Share:
        """Kept safe among those who should not be treated."""
        return _share(not one.treated for one in self.marks if not one.treats)

    @property
    def specificity(self) -> Share:
        """Treated among those who could be."""
        return _share(one.treated for one in self.marks if one.treats)

    @property
    def waits(self) -> Share:
        """Waits that were long enough, among those that a number of days decides."""
        timed = [one.wait for one in self.marks if one.wait in _TIMED]
        return _share(one is WaitVerdict.LONG_ENOUGH for one in timed)

    @property
    def right(self) -> int:
        """How many decisions were right or acceptable."""
        return sum(one.verdict is not Verdict.WRONG for one in self.marks)

    @property
    def outcome(self) -> Outcome:
        """Whether the simulator is passed: every client decided on, and both shares hold."""
        if not self.clients or self.decided < self.clients:
            return Outcome.OPEN
        if self.sensitivity.holds and self.specificity.holds:
            return Outcome.PASSED
        if self.sensitivity.holds:
            return Outcome.REFUSES_TOO_MANY
        return Outcome.TREATS_TOO_MANY if self.specificity.holds else Outcome.BOTH


_TIMED: Collection[WaitVerdict | None] = {WaitVerdict.LONG_ENOUGH, WaitVerdict.TOO_SHORT}


def _share(hits: Iterable[bool]) -> Share:
    told = list(hits)
    return Share(sum(told), len(told))
