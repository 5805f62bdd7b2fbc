"""Where one stands in a course: done and required, ready or not, the habit, and what comes back."""

from dataclasses import dataclass
from datetime import date

from base.db import Tx
from base.permissions import Permission, needs
from courses.habit import DayLoad, Habit, StudyPlan, forecast, habit_of
from courses.queries.outline import CourseOutline, course_outline
from courses.queries.practice import answered_at, own_past, study_plan
from courses.readiness import Readiness, readiness_of


@dataclass(frozen=True)
class CourseProgress:
    """One's own progress; `answers` counts questions answered in practice, `today` is in UTC."""

    outline: CourseOutline
    readiness: Readiness
    habit: Habit
    plan: StudyPlan
    forecast: tuple[DayLoad, ...]
    answers: int
    today: date


@needs(Permission.EXAM_SIT)
def course_progress(tx: Tx, slug: str) -> CourseProgress:
    """Return it for a course; raises `NotFound`."""
    outline = course_outline(tx, slug)
    past, plan, when = own_past(tx, slug), study_plan(tx, slug), answered_at(tx, slug)
    rules = outline.exam_rules
    return CourseProgress(
        outline=outline,
        readiness=readiness_of(
            past.answers.values(), outline.objective_titles, rules.cut / rules.size
        ),
        habit=habit_of(when, plan.daily_goal, tx.now),
        plan=plan,
        forecast=forecast([card.due for card in past.cards.values()], tx.now.date()),
        answers=len(when),
        today=tx.now.date(),
    )
