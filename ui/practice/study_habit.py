"""Today's goal, the days practised, and the form that sets the goal and the exam's day."""

from datetime import date

import streamlit as st

from courses.commands.practice import set_study_plan
from courses.habit import GOALS, WINDOW_DAYS, Habit, StudyPlan
from ui.act import act
from ui.words import count


def draw_habit(habit: Habit) -> None:
    """Say how today stands against the goal; a day without practice is never mentioned."""
    st.header("Today")
    if habit.reached:
        said = f"{count(habit.today, 'question')} today: your goal of {habit.goal} is reached."
        st.markdown(f":green[:material/check_circle:] {said}")
    else:
        st.markdown(
            f"{habit.today} of {count(habit.goal, 'question')} today, {habit.left} to your goal."
        )
    if habit.days:
        weeks = WINDOW_DAYS // 7
        st.markdown(
            f":material/calendar_month: You practised on {count(habit.days, 'day')} of the last "
            f"{weeks} weeks."
        )


def draw_plan(slug: str, plan: StudyPlan, today: date) -> None:
    """Draw the form that sets the daily goal and the day of the exam."""
    with st.expander("Change your goal or your exam day"), st.form("study-plan"):
        goal = st.selectbox(
            "Questions a day",
            GOALS,
            index=GOALS.index(plan.daily_goal) if plan.daily_goal in GOALS else 0,
        )
        exam_on = st.date_input(
            "Day of your exam, if you know it",
            value=plan.coming_exam(today),
            min_value=today,
            format="YYYY-MM-DD",
            help="Every topic that you practised comes back once more in the days before it.",
        )
        saved = st.form_submit_button("Save")
    if saved:
        acting = act()
        with acting as tx:
            set_study_plan(tx, slug, goal, exam_on)
        if acting.committed:
            st.rerun()
