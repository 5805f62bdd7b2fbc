"""Goals, days practised, forecast and the monthly refresher."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from courses.habit import (
    FORECAST_DAYS,
    WINDOW_DAYS,
    StudyPlan,
    forecast,
    habit_of,
    next_refresher,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
moments = st.lists(st.integers(-60 * 24, 30 * 24).map(lambda hours: NOW + timedelta(hours=hours)))


@given(moments, st.randoms())
def test_a_habit_counts_days_practised_and_never_days_missed(answered, chance):
    given_so_far = [at for at in answered if at <= NOW]
    habit = habit_of(given_so_far, 10, NOW)
    assert habit.today == sum(at.date() == NOW.date() for at in given_so_far)
    assert 0 <= habit.days <= min(WINDOW_DAYS, len(given_so_far))
    assert habit.left == max(0, 10 - habit.today)
    assert habit.reached == (habit.left == 0)
    chance.shuffle(given_so_far)
    assert habit_of(given_so_far, 10, NOW) == habit


@given(moments)
def test_practice_today_never_lowers_the_days(answered):
    before = habit_of(answered, 10, NOW).days
    assert habit_of([*answered, NOW], 10, NOW).days >= before


def test_a_day_counts_for_four_weeks():
    answered = [NOW - timedelta(days=days) for days in (0, 0, 27, 28)]
    assert habit_of(answered, 10, NOW).days == 2


@given(moments)
def test_the_forecast_puts_each_on_its_day_and_what_is_late_on_today(due):
    days = forecast(due, NOW.date())
    last = NOW.date() + timedelta(days=FORECAST_DAYS - 1)
    assert [one.day for one in days] == [NOW.date() + timedelta(n) for n in range(FORECAST_DAYS)]
    assert sum(one.reviews for one in days) == sum(at.date() <= last for at in due)
    assert days[0].reviews == sum(at.date() <= NOW.date() for at in due)


def test_the_refresher_opens_a_month_after_the_last_one():
    assert next_refresher(None, NOW) is None
    assert next_refresher(NOW, NOW) == NOW + timedelta(days=30)
    assert next_refresher(NOW - timedelta(days=30), NOW) is None


def test_an_exam_that_has_gone_by_changes_nothing_any_more():
    plan = StudyPlan(exam_on=date(2026, 12, 1))
    assert plan.coming_exam(date(2026, 12, 1)) == date(2026, 12, 1)
    assert plan.coming_exam(date(2026, 12, 2)) is None
    assert StudyPlan().coming_exam(date(2026, 12, 2)) is None
