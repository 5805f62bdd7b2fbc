"""What may be seen of a client at each moment; screens get nothing else of a case.

No answer before its question, no reason on offer before the decision, and neither consequence nor
row nor title before the reasons are given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from courses.screening.case import Area, Decision, Event, Fact, Reason, ScreeningCase, Wait
from courses.screening.play import Play, Stage, mark_of
from courses.screening.scoring import CaseMark, WaitVerdict


@dataclass(frozen=True)
class Question:
    """A question; with its answer once it was asked, and whether that stands on the record."""

    id: str
    text: str
    answer: str | None
    noted: bool


@dataclass(frozen=True)
class AreaShown:
    """The questions of one area, asked or not."""

    area: Area
    questions: tuple[Question, ...]

    @property
    def heard(self) -> tuple[Question, ...]:
        """Those that were asked."""
        return tuple(one for one in self.questions if one.answer is not None)

    @property
    def open(self) -> tuple[Question, ...]:
        """Those that can still be asked."""
        return tuple(one for one in self.questions if one.answer is None)


@dataclass(frozen=True)
class ReasonShown:
    """A reason on offer."""

    id: str
    text: str


@dataclass(frozen=True)
class Debrief:
    """Everything about a client, once the reasons are given.

    `happened` is what followed from the decision, `otherwise` what would have followed from each
    of the others.
    """

    title: str
    mark: CaseMark
    decision: Decision
    wait_days: int
    right: Decision
    acceptable: tuple[Decision, ...]
    wait: Wait | None
    happened: tuple[Event, ...]
    otherwise: tuple[tuple[Decision, tuple[Event, ...]], ...]
    findings: tuple[Fact, ...]
    reasons: tuple[Reason, ...]
    chosen: frozenset[str]
    rows: tuple[str, ...]
    words: str
    sources: tuple[str, ...]
    reviewed: date
    review_due: date


@dataclass(frozen=True)
class ClientShown:
    """What may be seen of a client now; `reasons` and `debrief` come when their time has come."""

    client: str
    arrives: str
    stage: Stage
    areas: tuple[AreaShown, ...]
    decision: Decision | None
    wait_days: int
    reasons: tuple[ReasonShown, ...]
    debrief: Debrief | None

    @property
    def heard(self) -> tuple[Question, ...]:
        """Every question that was asked, area by area."""
        return tuple(one for area in self.areas for one in area.heard)

    @property
    def questions(self) -> int:
        """How many questions there are, asked or not."""
        return sum(len(area.questions) for area in self.areas)


def shown(case: ScreeningCase, play: Play, seed: int) -> ClientShown:
    """Return what may be seen; the seed decides in which order the reasons stand."""
    offered = list(case.reasons) if play.stage is not Stage.INTERVIEW else []
    Random(seed).shuffle(offered)  # noqa: S311 an order of options, no secret
    return ClientShown(
        client=case.client,
        arrives=case.arrives,
        stage=play.stage,
        areas=tuple(area for one in Area if (area := _area(case, play, one)).questions),
        decision=play.decision,
        wait_days=play.wait_days,
        reasons=tuple(ReasonShown(one.id, one.text) for one in offered),
        debrief=_debrief(case, play, offered),
    )


def what_followed(case: ScreeningCase, play: Play) -> tuple[Event, ...]:
    """Return what follows from what was decided, in the order of its days.

    Who defers for too short a time sees what comes of that, after what a deferral does.
    """
    mark = mark_of(case, play)
    if mark is None or play.decision is None:
        return ()
    events = case.consequences.of(play.decision)
    if case.wait and mark.wait is WaitVerdict.TOO_SHORT:
        first = case.wait.too_soon[0].day
        return (*(one for one in events if one.day <= first), *case.wait.too_soon)
    return events


def _area(case: ScreeningCase, play: Play, area: Area) -> AreaShown:
    return AreaShown(
        area,
        tuple(_question(fact, play) for fact in case.facts if fact.area is area),
    )


def _question(fact: Fact, play: Play) -> Question:
    answer = fact.answer if fact.id in play.asked else None
    return Question(fact.id, fact.question, answer, fact.id in play.noted)


def _debrief(case: ScreeningCase, play: Play, reasons: Sequence[Reason]) -> Debrief | None:
    mark = mark_of(case, play)
    if mark is None or play.decision is None or play.reasons is None:
        return None
    others = [one for one in Decision if one is not play.decision]
    return Debrief(
        title=case.title,
        mark=mark,
        decision=play.decision,
        wait_days=play.wait_days,
        right=case.decision,
        acceptable=case.acceptable,
        wait=case.wait,
        happened=what_followed(case, play),
        otherwise=tuple((one, case.consequences.of(one)) for one in others),
        findings=case.findings,
        reasons=tuple(reasons),
        chosen=frozenset(play.reasons),
        rows=case.rows,
        words=case.debrief,
        sources=case.sources,
        reviewed=case.reviewed,
        review_due=case.review_due,
    )
