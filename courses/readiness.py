"""How ready somebody is for each objective, from the newest answer to every question practised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from courses.practice_choice import LastAnswer
from quizbank.calibration import interval
from quizbank.objective_lines import ObjectiveLine, Standing


@dataclass(frozen=True)
class Topic:
    """A family in words, with how many of its questions were right when they were answered last."""

    objective: str
    family: str
    right: int
    answers: int

    @property
    def name(self) -> str:
        """The family's name: "Waiting times"."""
        return self.family.replace("-", " ").capitalize()


@dataclass(frozen=True)
class Readiness:
    """A line an objective that was practised, the titles of the others, and topics that went wrong.

    The lines stand against the exam's cut, with Wilson's 95 % interval (1927); the weakest topic
    comes first.
    """

    lines: tuple[ObjectiveLine, ...]
    unpractised: tuple[str, ...]
    weak: tuple[Topic, ...]

    @property
    def strong(self) -> tuple[ObjectiveLine, ...]:
        """Objectives whose whole interval lies above the cut."""
        return tuple(one for one in self.lines if one.standing is Standing.ABOVE)


def readiness_of(answers: Iterable[LastAnswer], titles: Mapping[str, str], cut: float) -> Readiness:
    """Return it over the course's objectives, in their order; `cut` is the exam's, as a share."""
    given = [one for one in answers if one.objective in titles]
    by_objective = {code: [one for one in given if one.objective == code] for code in titles}
    return Readiness(
        lines=tuple(
            _line(code, titles[code], own, cut) for code, own in by_objective.items() if own
        ),
        unpractised=tuple(titles[code] for code, own in by_objective.items() if not own),
        weak=_weak(given),
    )


def _line(code: str, title: str, own: Sequence[LastAnswer], cut: float) -> ObjectiveLine:
    right = sum(one.right for one in own)
    low, high = interval(right, len(own))
    return ObjectiveLine(
        objective=code,
        title=title,
        marks=right,
        items=len(own),
        share=right / len(own),
        low=low,
        high=high,
        cut=cut,
        minimum=None,
        failed=False,
    )


def _weak(given: Sequence[LastAnswer]) -> tuple[Topic, ...]:
    families: dict[tuple[str, str], list[LastAnswer]] = {}
    for one in given:
        families.setdefault((one.objective, one.family), []).append(one)
    topics = [
        Topic(*key, right=sum(one.right for one in own), answers=len(own))
        for key, own in families.items()
    ]
    missed = [one for one in topics if one.right < one.answers]
    return tuple(
        sorted(missed, key=lambda one: (one.right / one.answers, -one.answers, one.objective))
    )
