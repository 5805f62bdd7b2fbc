"""Drawing a decided exam: the verdict, the objectives, what was missed."""

from collections.abc import Mapping

import altair as alt
import pandas as pd
import streamlit as st

from courses.queries.exam_course import CourseOfExam
from quizbank.decisions import Decision
from quizbank.queries.results import Verdict
from ui.nav import link
from ui.words import count, marks, moment

# An objective below this share is named among what to study.
STRONG = 0.8


def draw_verdict(verdict: Verdict) -> None:
    """Say passed or not passed, the marks against the cut, and every critical miss by topic."""
    decision = verdict.decision
    reached = f"{marks(decision.marks)} of {decision.items} marks; the cut score is {decision.cut}."
    if decision.passed:
        st.success(f"**Passed.** {reached}", icon=":material/check_circle:")
    elif decision.reached_cut:
        missed = count(len(decision.critical_misses), "critical question")
        st.error(
            f"**Not passed.** {reached} The marks would have been enough, but {missed} was missed: "
            "in a treatment room that could hurt somebody, so it decides alone."
            if len(decision.critical_misses) == 1
            else f"**Not passed.** {reached} The marks would have been enough, but {missed} were "
            "missed: in a treatment room that could hurt somebody, so they decide alone.",
            icon=":material/cancel:",
        )
    else:
        st.error(f"**Not passed.** {reached}", icon=":material/cancel:")
    st.markdown(f"Ended {moment(verdict.closed_at)}. Not answered: {decision.omitted}.")
    if decision.critical_misses:
        st.markdown("**Critical questions missed**")
        for miss in decision.critical_misses:
            unsafe = " (an unsafe answer was chosen)" if miss.unsafe else ""
            st.markdown(f":red[:material/warning:] {miss.topic} · {miss.objective}{unsafe}")


def draw_objectives(decision: Decision, titles: Mapping[str, str]) -> None:
    """Draw one bar an objective, with the same numbers as a table."""
    frame = pd.DataFrame(
        {
            "Objective": [titles.get(one.objective, one.objective) for one in decision.objectives],
            "Marks": [one.marks for one in decision.objectives],
            "Questions": [one.items for one in decision.objectives],
            "Share": [one.marks / one.items if one.items else 0 for one in decision.objectives],
        }
    )
    chart = (
        alt.Chart(frame)
        .mark_bar(cornerRadiusEnd=3)
        .encode(
            x=alt.X("Share:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"), title=""),
            y=alt.Y("Objective:N", sort=None, title="", axis=alt.Axis(labelLimit=260)),
            tooltip=["Objective", "Marks", "Questions"],
        )
        .properties(height=36 * len(frame) + 30)
    )
    said = "; ".join(
        f"{title} {marks(reached)} of {asked}"
        for title, reached, asked in zip(
            frame["Objective"], frame["Marks"], frame["Questions"], strict=True
        )
    )
    st.altair_chart(chart, alt=f"Marks by objective: {said}.")
    with st.expander("The same as a table"):
        st.table(frame.drop(columns="Share").set_index("Objective"))


def draw_study_list(decision: Decision, course: CourseOfExam) -> None:
    """Link the lessons of every objective that was weak or had a critical miss."""
    missed = {miss.objective for miss in decision.critical_misses}
    weak = {
        one.objective
        for one in decision.objectives
        if one.items and one.marks / one.items < STRONG
    }
    for lesson in course.lessons:
        if missed.union(weak).intersection(lesson.objectives):
            link(lesson.title, "lesson", icon=":material/article:", course=course.slug,
                 lesson=lesson.slug)
