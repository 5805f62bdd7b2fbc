"""Drawing a course: its modules and lessons with their state, the practice and exam cards."""

from collections.abc import Callable, Sequence

import streamlit as st

from courses.practice_choice import Mode
from courses.progress import LessonProgress, LessonState, StepKind, foremost
from courses.queries.outline import CourseOutline
from quizbank.exams import Refusal
from quizbank.queries.exams import refusal_sentence
from quizbank.rule_words import rule_in_words
from ui.nav import go, link
from ui.results.certain_mistakes import draw_put_right
from ui.words import count, day

_STATES = {
    LessonState.DONE: (":material/check_circle:", "done"),
    LessonState.STARTED: (":material/timelapse:", "started"),
    LessonState.NOT_STARTED: (":material/radio_button_unchecked:", "not started"),
}
_NO_RESULT_YET = {Refusal.BEING_MARKED, Refusal.TO_BE_RELEASED}
PREVIEW = "You preview this course: your role studies it, but does not sit the quiz or the exam."


def progress_words(outline: CourseOutline) -> str:
    """Say how far the learner is, in words."""
    done = f"{outline.lessons_done} of {count(len(outline.lessons), 'lesson')} done"
    if not outline.minutes_left:
        return f"{done}. All lessons are read."
    return f"{done}, about {count(outline.minutes_left, 'minute')} of reading left."


def draw_ways_on(
    outlines: Sequence[CourseOutline], draw_below: Callable[[CourseOutline], None], tell: bool
) -> None:
    """Draw a card for each course, the way on in the foremost of them standing out.

    `tell` adds what each course is about.
    """
    foremost_one = foremost([(one.next, one.begun) for one in outlines])
    for place, outline in enumerate(outlines):
        with st.container(border=True):
            st.header(outline.title)
            if tell:
                st.markdown(outline.summary)
            st.progress(outline.share, text=progress_words(outline))
            if outline.exam_after:
                st.markdown(f":material/lock: {outline.exam_after}")
            draw_awaited(outline)
            draw_continue(outline, first=place == foremost_one)
            draw_below(outline)


def draw_continue(outline: CourseOutline, first: bool = True) -> None:
    """Draw the one button that leads to what comes next, and follow it.

    It stands out where it is the `first` thing to do on its page.
    """
    step = outline.next
    begins = step.kind is StepKind.LESSON and not outline.begun
    label = f"{'Begin' if begins else 'Continue'}: {step.title}"
    if step.kind is StepKind.CERTIFICATE:
        label = f"See {step.title}"
    key = f"continue-{outline.slug}"
    kind = "primary" if first else "secondary"
    if not st.button(label, key=key, type=kind, icon=":material/arrow_forward:"):
        return
    if step.kind is StepKind.LESSON:
        go("lesson", course=outline.slug, lesson=step.lesson)
    elif step.kind is StepKind.CERTIFICATE:
        go("certificates")
    elif step.kind is StepKind.REMEDIATION:
        go("remediation", exam=outline.exam_id)
    elif step.kind is StepKind.REVIEW:
        go("practice", course=outline.slug, mode=Mode.DUE)
    else:
        go(step.kind.value, course=outline.slug)


def draw_first_look(outline: CourseOutline) -> None:
    """Offer whoever begins to see first what they know; nothing later."""
    offer = outline.practice
    begun = outline.lessons_done or offer is None or offer.attempts_used or offer.running
    if not begun:
        label = "Or see first what you know already: ten questions"
        link(label, "practice", icon=":material/explore:", course=outline.slug)


def draw_modules(outline: CourseOutline) -> None:
    """List every module's lessons."""
    st.header("Lessons")
    number = 0
    for module in outline.modules:
        st.subheader(module.title)
        if module.needs:
            st.markdown(f":material/lock: {module.needs}")
        for lesson in module.lessons:
            number += 1
            _draw_lesson(outline.slug, number, lesson)


def _draw_lesson(slug: str, number: int, lesson: LessonProgress) -> None:
    icon, word = _STATES[lesson.state]
    # Spaces that do not break keep the minutes and the state whole on a phone.
    state = f"{lesson.minutes} min, {word}".replace(" ", "\u00a0")
    label = f"**{number}. {lesson.title}** :gray[{state}]"
    link(label, "lesson", icon=icon, course=slug, lesson=lesson.slug)


def draw_practice(outline: CourseOutline) -> None:
    """Show what practice is, and the way to it and to one's progress."""
    offer = outline.practice
    with st.container(border=True):
        st.subheader("Practice")
        st.markdown(
            "By objective, by weakness, what you missed or what is due: a few questions at a "
            "time, a reason after every answer. Nothing counts, and no exam question appears."
        )
        if offer is None:
            st.markdown(PREVIEW)
            return
        label = "Go on with your practice" if offer.running else "Practise"
        _way(label, ":material/exercise:", "practice", course=outline.slug)
        link("See your progress", "progress", icon=":material/trending_up:", course=outline.slug)


def draw_exam(outline: CourseOutline) -> None:
    """Show what the exam is, what it still needs, and the way to it."""
    rules, offer = outline.exam_rules, outline.exam
    with st.container(border=True):
        st.subheader(rules.title)
        st.markdown(
            f"{count(rules.size, 'question')} in {count(rules.minutes or 0, 'minute')}. "
            f"{rule_in_words(rules, outline.objective_titles)}"
        )
        waits = offer is not None and offer.refusal in _NO_RESULT_YET
        refused = refusal_sentence(offer) if offer and offer.refusal else ""
        needs = refused if waits else outline.exam_needs or refused
        if offer is None:
            st.markdown(PREVIEW)
        elif offer.running:
            _way("Go on with the exam", ":material/timer:", "exam", course=outline.slug)
        elif offer.refusal is Refusal.PASSED:
            _way("Passed: see your certificate", ":material/verified:", "certificates")
            if offer.opens_at:
                st.markdown(f"You can sit it again, to renew, from {day(offer.opens_at)} on.")
        elif offer.refusal is Refusal.REMEDIATE:
            draw_put_right(offer, first=False)
        elif needs:
            st.markdown(f":material/{'hourglass_top' if waits else 'lock'}: {needs}")
        else:
            _way("Read the rules and start", ":material/flag:", "exam", course=outline.slug)
        if offer and offer.last:
            link("Your last exam", "result", icon=":material/fact_check:", attempt=offer.last)


def draw_awaited(outline: CourseOutline) -> None:
    """Say, where an exam is handed in and has no result yet, what happens to it."""
    offer = outline.exam
    if offer and offer.refusal in _NO_RESULT_YET:
        st.markdown(f":material/hourglass_top: {refusal_sentence(offer)}")


def _way(label: str, icon: str, page: str, **parameters: str) -> None:
    if st.button(label, icon=icon):
        go(page, **parameters)
