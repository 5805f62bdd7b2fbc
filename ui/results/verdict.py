"""Drawing a decided exam: the verdict, the objectives, what was missed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from courses.queries.exam_course import CourseOfExam
from quizbank.decisions import Reason
from quizbank.disclosure import ShownResult
from quizbank.exams import ExamRules, Release
from quizbank.marking import GivenMark, MarkedEssay
from quizbank.queries.own_results import HandedIn, OwnVerdict
from quizbank.review_windows import OF_QUESTIONS
from quizbank.rule_words import failure_in_words, number, rule_applied
from ui.nav import link
from ui.words import moment, plain

# An objective below this share is named among what to study.
STRONG = 0.8


def draw_verdict(
    result: ShownResult, rules: ExamRules, closed_at: datetime, titles: Mapping[str, str]
) -> None:
    """Say passed or not, every part of the rule that failed it, and what was missed by topic."""
    reached = ""
    if result.marks is not None:
        reached = f" {number(result.marks)} of {result.items} marks; the cut score is {result.cut}."
    if result.passed:
        st.success(f"**Passed.**{reached}", icon=":material/check_circle:")
    else:
        st.error(f"**Not passed.**{reached}{_enough(result)}", icon=":material/cancel:")
        st.markdown("**What failed**")
        st.markdown("\n".join(f"- {failure_in_words(one, titles)}" for one in result.failures))
    omitted = "" if result.omitted is None else f" Not answered: {result.omitted}."
    st.markdown(f"Ended {moment(closed_at)}.{omitted}")
    if result.dropped:
        one = result.dropped == 1
        said = "1 question does" if one else f"{result.dropped} questions do"
        st.info(
            f"{said} not count for anybody any more, because {'its' if one else 'their'} key was "
            "wrong. The cut score came down with it.",
            icon=":material/key:",
        )
    for miss in result.critical_misses:
        unsafe = ", and an unsafe answer was chosen" if miss.unsafe else ""
        said = f"critical question missed{unsafe}"
        st.markdown(_missed(miss.topic, titles.get(miss.objective, miss.objective), said))
    for answer in result.unsafe_answers:
        title = titles.get(answer.objective, answer.objective)
        st.markdown(_missed(answer.topic, title, "unsafe answer chosen"))
    said = rule_applied(rules, result.items, result.cut, titles)
    st.markdown(f"**The rule.** {said}")


def _enough(result: ShownResult) -> str:
    by_marks = any(one.reason is Reason.CUT for one in result.failures)
    known = result.marks is not None and not by_marks
    return " The marks alone would have been enough." if known else ""


def _missed(topic: str, objective: str, said: str) -> str:
    return f":red[:material/warning:] **{topic}** · {objective} · {said}"


def draw_waiting(waiting: HandedIn) -> None:
    """Say that an exam is handed in, and what happens before there is a result."""
    st.title(f"Handed in: {waiting.rules.title.lower()}")
    if waiting.decided:
        st.info(
            "**Handed in; your result will be released by the academy.**",
            icon=":material/hourglass_top:",
        )
        happens = "The academy looks at every result before it is told"
    else:
        st.info(
            "**Handed in; being marked.** There is no result yet.", icon=":material/hourglass_top:"
        )
        happens = "People read what you wrote before the result is decided"
        if waiting.rules.release is not Release.IMMEDIATE:
            happens += " and released by the academy"
    st.markdown(
        f"Ended {moment(waiting.closed_at)}. {happens}; nothing more is needed from you. "
        "The result appears on this page, and a certificate that you have earned under My "
        "certificates. Until then no new attempt is started."
    )
    link("Back to the first page", "home", icon=":material/arrow_back:")


def draw_way_to_answers(verdict: OwnVerdict) -> None:
    """Lead to one's own answers where they may be seen again; else say why they are not."""
    if verdict.seen.parts & OF_QUESTIONS:
        link(
            "See your answers",
            "attempt_review",
            icon=":material/quiz:",
            attempt=verdict.attempt_id,
        )
    else:
        st.caption("Exam questions are used again, so they and their answers are not shown.")


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


def draw_study_list(result: ShownResult, course: CourseOfExam) -> None:
    """Link the lessons of every objective that was weak or failed the attempt; else say nothing."""
    missed = {miss.objective for miss in result.critical_misses}
    missed |= {one.objective for one in result.failures if one.objective}
    weak = {
        one.objective
        for one in result.objectives or ()
        if one.items and one.marks / one.items < STRONG
    }
    missed |= weak | {one.objective for one in result.unsafe_answers}
    lessons = [one for one in course.lessons if missed.intersection(one.objectives)]
    if lessons:
        st.header("What to study next")
    for lesson in lessons:
        link(
            lesson.title,
            "lesson",
            icon=":material/article:",
            course=course.slug,
            lesson=lesson.slug,
        )
