"""Drawing a decided exam: the verdict, the objectives, what was missed."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from courses.queries.exam_course import CourseOfExam
from quizbank.decisions import Decision, ObjectiveResult
from quizbank.marking import GivenMark, MarkedEssay
from quizbank.queries.marking import BeingMarked
from quizbank.queries.results import Verdict
from ui.nav import link
from ui.words import count, marks, moment, plain

_BAR_STYLE = """
<style>
  .bars { border-collapse: collapse; width: 100%; font-size: 1rem; }
  .bars caption { caption-side: bottom; text-align: left; padding-top: 0.5rem; font-size: 0.9rem; }
  .bars th, .bars td { text-align: left; font-weight: 400; padding: 0.45rem 0.5rem 0.45rem 0;
    border-bottom: 1px solid rgb(128 128 128 / 0.25); vertical-align: middle; }
  .bars td:last-child { white-space: nowrap; }
  .bars .bar { width: 38%; min-width: 5rem; }
  .bars .track { position: relative; display: block; height: 0.9rem; border-radius: 0.45rem;
    background: rgb(128 128 128 / 0.22); overflow: hidden; }
  .bars .track::after { content: ""; position: absolute; inset-block: 0; left: var(--cut);
    width: 2px; background: currentColor; }
  .bars .track span { display: block; height: 100%; background: #0f7a80; }
</style>
"""
# An objective below this share is named among what to study.
STRONG = 0.8


def draw_verdict(verdict: Verdict, titles: Mapping[str, str]) -> None:
    """Say passed or not passed, the marks against the cut, and every critical miss by topic."""
    decision = verdict.decision
    reached = f"{marks(decision.marks)} of {decision.items} marks; the cut score is {decision.cut}."
    if decision.passed:
        st.success(f"**Passed.** {reached}", icon=":material/check_circle:")
    elif decision.reached_cut:
        missed = count(len(decision.critical_misses), "critical question")
        st.error(
            f"**Not passed.** {reached} The marks alone would have been enough. What decides is "
            f"{missed} missed: in a treatment room that could hurt somebody.",
            icon=":material/cancel:",
        )
    else:
        st.error(f"**Not passed.** {reached}", icon=":material/cancel:")
    st.markdown(f"Ended {moment(verdict.closed_at)}. Not answered: {decision.omitted}.")
    if decision.critical_misses:
        st.markdown("**Critical questions missed**")
        for miss in decision.critical_misses:
            unsafe = " (an unsafe answer was chosen)" if miss.unsafe else ""
            objective = titles.get(miss.objective, miss.objective)
            st.markdown(f":red[:material/warning:] **{miss.topic}** · {objective}{unsafe}")


def draw_waiting(waiting: BeingMarked) -> None:
    """Say that an exam is handed in and that people mark it before there is a result."""
    st.title(f"Handed in: {waiting.rules.title.lower()}")
    st.info("**Handed in; being marked.** There is no result yet.", icon=":material/hourglass_top:")
    st.markdown(
        f"Ended {moment(waiting.closed_at)}. People read what you wrote before the result is "
        "decided; nothing more is needed from you. The result appears on this page, and a "
        "certificate that you have earned under My certificates. Until then no new attempt is "
        "started."
    )
    link("Back to the first page", "home", icon=":material/arrow_back:")


def draw_objectives(decision: Decision, titles: Mapping[str, str]) -> None:
    """Draw a table with one line an objective: title, a bar with the cut marked, the marks."""
    cut = decision.cut / decision.items
    rows = "".join(
        _row(one, titles.get(one.objective, one.objective)) for one in decision.objectives
    )
    st.html(
        f"{_BAR_STYLE}<table class='bars' style='--cut:{cut:.1%}'>"
        f"<caption>Marks by objective. The line on each bar stands at the exam's cut, {cut:.0%}."
        "</caption><thead><tr><th scope='col'>Objective</th><th scope='col'>Share</th>"
        f"<th scope='col'>Marks</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(one: ObjectiveResult, title: str) -> str:
    share = one.marks / one.items if one.items else 0
    return (
        f"<tr><th scope='row'>{escape(title)}</th>"
        f"<td class='bar'><span class='track'><span style='width:{share:.1%}'></span></span></td>"
        f"<td>{marks(one.marks)} of {one.items}</td></tr>"
    )


def draw_essays(essays: Sequence[MarkedEssay]) -> None:
    """Show, to staff, who gave what for each written answer, and what it came to."""
    st.header("Written answers")
    for one in essays:
        part = f", {plain(one.part)}" if one.part else ""
        with st.container(border=True, gap="small"):
            st.markdown(
                f"**Place {one.position} of the form{part}:** {one.fraction:.0%} of the mark"
            )
            for given in one.given:
                st.markdown(_given(given))


def _given(one: GivenMark) -> str:
    points = ", ".join(f"{plain(name)} {number}" for name, number in one.points.items())
    said = f"{plain(one.marker)}, {moment(one.at)}: {one.fraction:.0%} ({points})"
    return f"{said}  \nComment: {plain(one.comment)}" if one.comment else said


def draw_study_list(decision: Decision, course: CourseOfExam) -> None:
    """Link the lessons of every objective that was weak or had a critical miss."""
    missed = {miss.objective for miss in decision.critical_misses}
    weak = {
        one.objective for one in decision.objectives if one.items and one.marks / one.items < STRONG
    }
    for lesson in course.lessons:
        if missed.union(weak).intersection(lesson.objectives):
            link(
                lesson.title,
                "lesson",
                icon=":material/article:",
                course=course.slug,
                lesson=lesson.slug,
            )
