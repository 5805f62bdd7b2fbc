"""The daily goal, the days practised, and how much comes back when; a missed day is never counted.

Days are those of UTC.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# So many days back a day of practice is remembered: four weeks.
WINDOW_DAYS = 28
FORECAST_DAYS = 14
GOALS = (5, 10, 20, 30)
USUAL_GOAL = 10
REFRESHER_EVERY = timedelta(days=30)


@dataclass(frozen=True)
class StudyPlan:
    """What somebody aims for: questions a day, and the day of the exam where one is set."""

    daily_goal: int = USUAL_GOAL
    exam_on: date | None = None

    def coming_exam(self, today: date) -> date | None:
        """Return the day of the exam while it has not gone by."""
        return self.exam_on if self.exam_on and self.exam_on >= today else None


@dataclass(frozen=True)
class Habit:
    """Questions answered today against the goal, and the days practised of the last four weeks."""

    goal: int
    today: int
    days: int

    @property
    def reached(self) -> bool:
        """Whether today's goal is reached."""
        return self.today >= self.goal

    @property
    def left(self) -> int:
        """How many questions today's goal still asks."""
        return max(0, self.goal - self.today)


@dataclass(frozen=True)
class DayLoad:
    """How many families come back on a day; what was due before comes today."""

    day: date
    reviews: int


def habit_of(answered: Iterable[datetime], goal: int, now: datetime) -> Habit:
    """Return the habit that these answers make, whatever their order."""
    days = Counter(at.date() for at in answered)
    first = now.date() - timedelta(days=WINDOW_DAYS - 1)
    practised = sum(first <= day <= now.date() for day in days)
    return Habit(goal, days[now.date()], practised)


def forecast(due: Collection[datetime], today: date) -> tuple[DayLoad, ...]:
    """Return how many come back on each of the next days, today first, if all is done in time."""
    days = Counter(max(at.date(), today) for at in due)
    ahead = (today + timedelta(days=place) for place in range(FORECAST_DAYS))
    return tuple(DayLoad(day, days[day]) for day in ahead)


def next_refresher(last: datetime | None, now: datetime) -> datetime | None:
    """Return when the monthly refresher comes next; None where it is due now."""
    opens = last + REFRESHER_EVERY if last else now
    return opens if opens > now else None
