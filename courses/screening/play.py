"""One client as somebody screens them: steps that are appended, and what they add up to.

The interview is open until the decision stands; the reasons for it are given after it, so that the
reasons on offer never tell what the interview should have found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from courses.screening.case import LONGEST_WAIT, Decision, ScreeningCase
from courses.screening.scoring import CaseMark, Screened, mark_case
from quizbank.kinds.item import Frozen


class Ask(Frozen):
    """A question was asked."""

    kind: Literal["ask"] = "ask"
    fact: str


class Note(Frozen):
    """An answer was put on the record as a finding, or taken off it again."""

    kind: Literal["note"] = "note"
    fact: str
    noted: bool


class Decide(Frozen):
    """The decision was taken; `wait_days` counts for who defers, 0 where no number was given."""

    kind: Literal["decide"] = "decide"
    decision: Decision
    wait_days: Annotated[int, Field(ge=0, le=LONGEST_WAIT)] = 0


class Explain(Frozen):
    """The reasons for the decision were given."""

    kind: Literal["explain"] = "explain"
    reasons: tuple[str, ...]


Step = Annotated[Ask | Note | Decide | Explain, Field(discriminator="kind")]
_STEP: TypeAdapter[Ask | Note | Decide | Explain] = TypeAdapter(Step)


class Stage(StrEnum):
    """How far a play is."""

    INTERVIEW = "interview"
    REASONS = "reasons"
    OVER = "over"


@dataclass(frozen=True)
class Play:
    """What was done so far; `asked` and `noted` in the order in which it was done."""

    asked: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    decision: Decision | None = None
    wait_days: int = 0
    reasons: tuple[str, ...] | None = None

    @property
    def stage(self) -> Stage:
        """How far this is."""
        if self.decision is None:
            return Stage.INTERVIEW
        return Stage.REASONS if self.reasons is None else Stage.OVER


def step_from_json(payload: str) -> Step:
    """Read a stored step."""
    return _STEP.validate_json(payload)


def replay(steps: Iterable[Step]) -> Play:
    """Return what these steps add up to."""
    play = Play()
    for step in steps:
        play = after(play, step)
    return play


def after(play: Play, step: Step) -> Play:
    """Return what one more step makes of a play; the same play where it changes nothing."""
    match step:
        case Ask():
            return replace(play, asked=_with(play.asked, step.fact))
        case Note(noted=True):
            return replace(play, noted=_with(play.noted, step.fact))
        case Note():
            return replace(play, noted=tuple(one for one in play.noted if one != step.fact))
        case Decide():
            return replace(play, decision=step.decision, wait_days=step.wait_days)
        case Explain():
            return replace(play, reasons=step.reasons)


def refused(case: ScreeningCase, play: Play, step: Step) -> str:
    """Return why this step may not be taken now, as a sentence; empty where it may."""
    if isinstance(step, Explain):
        return _refused_reasons(case, play, step.reasons)
    if play.decision is not None:
        return "You have decided on this client, so the interview is over. Reload the page."
    if isinstance(step, Ask) and step.fact not in {fact.id for fact in case.facts}:
        return "This client has no such question. Reload the page."
    if isinstance(step, Note) and step.fact not in play.asked:
        return "Only an answer that you have heard can go on the record. Ask first."
    return ""


def mark_of(case: ScreeningCase, play: Play) -> CaseMark | None:
    """Return what a play is worth once it is over."""
    if play.decision is None or play.reasons is None:
        return None
    done = Screened(
        asked=frozenset(play.asked),
        noted=frozenset(play.noted),
        decision=play.decision,
        wait_days=play.wait_days,
        reasons=frozenset(play.reasons),
    )
    return mark_case(case, done)


def _refused_reasons(case: ScreeningCase, play: Play, reasons: Sequence[str]) -> str:
    if play.stage is Stage.INTERVIEW:
        return "Decide first; then say why."
    if play.stage is Stage.OVER:
        return "You have given your reasons already. Reload the page."
    if not reasons:
        return "Choose at least one reason."
    if not {*reasons} <= {reason.id for reason in case.reasons}:
        return "This client has no such reason. Reload the page."
    return ""


def _with(there: tuple[str, ...], name: str) -> tuple[str, ...]:
    return there if name in there else (*there, name)
