"""A screening case: a client with answers to what is asked, the right decision, and what follows.

The page that plays a case sees it only through `courses.screening.shown`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from quizbank.kinds.item import Frozen, Key, Label, Text

# The contraindication table's rows, R1 to R27.
RowCode = Annotated[str, StringConstraints(pattern=r"^R([1-9]|1\d|2[0-7])$")]
LONGEST_WAIT = 3_650


class Area(StrEnum):
    """What a question is about, in the order in which an intake asks."""

    GOALS = "goals"
    HEALTH = "health"
    MEDICINES = "medicines"
    ALLERGIES = "allergies"
    SKIN = "skin"
    HISTORY = "history"
    SUN = "sun"
    DOCUMENTS = "documents"
    EXAMINATION = "examination"


class Decision(StrEnum):
    """The four decisions, from the mildest to the strictest."""

    PROCEED = "proceed"
    DEFER = "defer"
    REFER = "refer"
    DECLINE = "decline"


class Fact(Frozen):
    """A question and this client's answer; a `finding` belongs on the record and decides.

    What names a row without being a finding may be noted as well, and decides nothing here.
    """

    id: Key
    area: Area
    question: Label
    answer: Text
    rows: tuple[RowCode, ...] = ()
    finding: bool = False


class Reason(Frozen):
    """A reason offered once the decision stands: a right one names its rows, where it has some."""

    id: Key
    text: Label
    correct: bool = False
    rows: tuple[RowCode, ...] = ()
    why: Text


class Event(Frozen):
    """What happens on a day after the appointment, which is day 0."""

    day: Annotated[int, Field(ge=0, le=LONGEST_WAIT)]
    text: Text


Events = Annotated[tuple[Event, ...], Field(min_length=1, max_length=12)]


class Consequences(Frozen):
    """What follows from each of the four decisions, day by day."""

    proceed: Events
    defer: Events
    refer: Events
    decline: Events

    def of(self, decision: Decision) -> tuple[Event, ...]:
        """Return what follows from this decision."""
        return {
            Decision.PROCEED: self.proceed,
            Decision.DEFER: self.defer,
            Decision.REFER: self.refer,
            Decision.DECLINE: self.decline,
        }[decision]


class Wait(Frozen):
    """How long to defer: in words, and at least how many days from today where a row gives them.

    `course_rule` tells that the number is the course's own. `too_soon` is what follows where
    somebody waits less.
    """

    words: Text
    days: Annotated[int, Field(ge=1, le=LONGEST_WAIT)] | None = None
    course_rule: bool = False
    too_soon: tuple[Event, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> "Wait":
        if (self.days is None) != (not self.too_soon):
            raise ValueError("days and too_soon belong together; give both or neither")
        return self


class ScreeningCase(Frozen):
    """One client to screen. `title` names the lesson of it, so it is shown only at the end.

    `acceptable` are decisions that are no mistake either; none of them treats where the right one
    does not, or the other way round, so that every case counts on one side.
    """

    id: Key
    title: Label
    client: Label
    objectives: Annotated[tuple[str, ...], Field(min_length=1)]
    arrives: Text
    facts: Annotated[tuple[Fact, ...], Field(min_length=1, max_length=60)]
    decision: Decision
    acceptable: tuple[Decision, ...] = ()
    wait: Wait | None = None
    rows: tuple[RowCode, ...] = ()
    reasons: Annotated[tuple[Reason, ...], Field(min_length=2, max_length=10)]
    consequences: Consequences
    debrief: Text
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    reviewed: date
    review_due: date

    @property
    def treats(self) -> bool:
        """Tell whether this client may be treated today."""
        return self.decision is Decision.PROCEED

    @property
    def findings(self) -> tuple[Fact, ...]:
        """The facts that belong on the record."""
        return tuple(fact for fact in self.facts if fact.finding)

    @model_validator(mode="after")
    def _is_sound(self) -> "ScreeningCase":
        for problem in (
            *_named_twice(self),
            *_decision_problems(self),
            *_row_problems(self),
            *_time_problems(self),
        ):
            raise ValueError(problem)
        return self


def _named_twice(case: ScreeningCase) -> Iterator[str]:
    lists: dict[str, Sequence[str]] = {
        "facts": [fact.id for fact in case.facts],
        "questions": [fact.question for fact in case.facts],
        "reasons": [reason.id for reason in case.reasons],
        "reasons' texts": [reason.text for reason in case.reasons],
        "acceptable": case.acceptable,
        "rows": case.rows,
        "sources": case.sources,
        "objectives": case.objectives,
    }
    for name, values in lists.items():
        if len(set(values)) != len(values):
            yield f"the {name} name something twice; rename or drop one"


def _decision_problems(case: ScreeningCase) -> Iterator[str]:
    if case.decision in case.acceptable:
        yield f"the decision {case.decision} must not stand under acceptable as well"
    if any((one is Decision.PROCEED) != case.treats for one in case.acceptable):
        yield "an acceptable decision must not treat where the right one does not, or the reverse"
    defers = Decision.DEFER in {case.decision, *case.acceptable}
    if case.decision is Decision.DEFER and case.wait is None:
        yield "who defers says how long; add a wait"
    if case.wait is not None and not defers:
        yield "a wait belongs to cases in which deferring is right or acceptable; drop it"
    if not case.treats and not case.findings:
        yield "a client who is not treated needs a fact that is a finding"


def _row_problems(case: ScreeningCase) -> Iterator[str]:
    right = [reason for reason in case.reasons if reason.correct]
    if not right or len(right) == len(case.reasons):
        yield "the reasons need at least one that is correct and one that is not"
    if any(reason.rows for reason in case.reasons if not reason.correct):
        yield "a wrong reason names no row; it is a misconception"
    told = {row for reason in right for row in reason.rows}
    for row in sorted({*case.rows} ^ told):
        yield f"{row} must stand under rows and in a correct reason, or in neither"
    found = {row for fact in case.findings for row in fact.rows}
    for row in sorted({*case.rows} - found):
        yield f"no fact that is a finding shows {row}; nobody could find it"


def _time_problems(case: ScreeningCase) -> Iterator[str]:
    if case.review_due <= case.reviewed:
        yield "the date review_due must come after reviewed"
    stories = [(one.value, case.consequences.of(one)) for one in Decision]
    if case.wait:
        stories.append(("too_soon", case.wait.too_soon))
    for name, events in stories:
        days = [event.day for event in events]
        if days != sorted(days):
            yield f"the days of {name} must not go back"
