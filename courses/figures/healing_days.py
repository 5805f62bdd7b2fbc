"""One day of healing: what goes on, what is seen, what is still to wait for, in words."""

from dataclasses import dataclass

from courses.figures.healing_facts import HealingExplorerFacts, Seen, Urgency, Worry
from courses.figures.parts import Guidance, Phase

DAY = 1_440.0
_URGENT = {
    Urgency.EMERGENCY: "Emergency number now",
    Urgency.SAME_DAY: "Doctor the same day",
    Urgency.REVIEW: "Supervisor review within 24 to 48 hours",
    Urgency.CLINICIAN: "Clinician",
}


@dataclass(frozen=True)
class Day:
    """A day after needling: day 0 is the first 24 hours, day 1 the next."""

    facts: HealingExplorerFacts
    number: int

    @property
    def start(self) -> float:
        """When it begins, in minutes after needling."""
        return self.number * DAY

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases that run on this day, or are just ending or beginning."""
        return tuple(one for one in self.facts.phases if self._runs(one))

    def _runs(self, phase: Phase) -> bool:
        begun = phase.starts[0] < self.start + DAY
        return begun and (self.start < phase.ends[1] or self.start <= phase.ends[0])

    @property
    def seen(self) -> Seen:
        """What a client is expected to see."""
        return next((one for one in self.facts.seen if self.start < one.end), self.facts.seen[-1])

    @property
    def guidance(self) -> tuple[Guidance, ...]:
        """What still counts on this day."""
        return tuple(one for one in self.facts.guidance if one.begin <= self.start < one.end)

    @property
    def worries(self) -> tuple[Worry, ...]:
        """What is not expected on this day, the most urgent first."""
        order = list(Urgency)
        found = [one for one in self.facts.worries if one.begin <= self.start]
        return tuple(sorted(found, key=lambda one: order.index(one.urgency)))


def day_of(facts: HealingExplorerFacts, number: int) -> Day:
    """Return a day of the figure; one outside becomes the nearest."""
    return Day(facts, min(max(number, 0), facts.last_day))


def title_words(day: Day) -> str:
    """Say which day it is."""
    if day.number == 0:
        return "Day 0, the first 24 hours"
    weeks = day.number // 7
    return f"Day {day.number}" + (f", week {weeks + 1}" if weeks else "")


def phase_words(day: Day) -> str:
    """Say which phases run."""
    return " and ".join(one.label.lower() for one in day.phases).capitalize()


def again_words(day: Day) -> str:
    """Say whether the dermis may be needled again, and why."""
    interval = day.facts.interval
    rule = f"The course rule is {interval.words}."
    if day.start < interval.until:
        return f"Too early to needle the dermis again. {rule} {interval.why}"
    return f"{rule} Only where the skin has settled and screening is clear."


def urgent_words(urgency: Urgency) -> str:
    """Say how fast somebody must look at it."""
    return _URGENT[urgency]


def live_words(day: Day) -> str:
    """Say what this day shows, for those who listen."""
    return f"{title_words(day)}. {phase_words(day)}. Expected: {day.seen.words} {again_words(day)}"
