"""One lesson: text, figures, key points, sources, then the questions that close it."""

import streamlit as st
from pydantic import JsonValue

from base.permissions import Permission
from courses.commands.study import answer_check, reach_end
from courses.progress import LessonState
from courses.queries.lesson import CheckView, LessonView, lesson_view
from ui.act import act, look
from ui.item_form import ask, show_explanations, show_mark
from ui.lesson_body import draw_lesson_body
from ui.lesson_text import draw_style
from ui.nav import go, link, parameter


def _draw_head(view: LessonView) -> None:
    link(
        f"Back to {view.course_title}",
        "course",
        icon=":material/arrow_back:",
        course=view.course_slug,
    )
    st.title(view.title)
    st.markdown(
        f"Lesson {view.place} of {view.places} · {view.minutes} minutes · {view.state} · "
        f"reviewed {view.reviewed:%-d %B %Y}, next review by {view.review_due:%-d %B %Y}"
    )
    with st.container(border=True):
        st.markdown("**After this lesson you can**")
        st.markdown("\n".join(f"- {goal}" for goal in view.goals))


def _read(view: LessonView) -> None:
    with act() as tx:
        reach_end(tx, view.course_slug, view.slug)


def _answer(view: LessonView, check: CheckView, response: JsonValue) -> None:
    with act() as tx:
        answer_check(tx, view.course_slug, view.slug, check.item_id, response)


def _draw_checks(view: LessonView) -> None:
    st.header("Check yourself")
    if not view.reached_end:
        st.markdown(
            f"{len(view.checks)} questions close this lesson. You may try again as often as you "
            "like; nothing here counts towards the exam."
        )
        st.button("I have read this lesson", type="primary", on_click=_read, args=(view,))
        return
    for number, check in enumerate(view.checks, start=1):
        with st.container(border=True):
            st.subheader(f"Question {number} of {len(view.checks)}")
            _draw_check(view, check)


def _draw_check(view: LessonView, check: CheckView) -> None:
    answer = check.answer
    key = f"check-{view.slug}-{check.item_id}-{answer.number if answer else 0}"
    response = ask(check.prompt, key, answer.response if answer else None)
    if answer is None or response != answer.response:
        st.button(
            "Check my answer",
            key=f"{key}-go",
            disabled=response is None,
            on_click=_answer,
            args=(view, check, response),
        )
        return
    show_mark(answer.mark)
    show_explanations(answer.explanations)
    if not check.done:
        st.markdown("Choose again above and check once more.")


def _draw_end(view: LessonView) -> None:
    if view.state is LessonState.DONE:
        st.success("Lesson done.", icon=":material/check_circle:")
    if view.next:
        kind = "primary" if view.state is LessonState.DONE else "secondary"
        if st.button(f"Next lesson: {view.next.title}", type=kind, icon=":material/arrow_forward:"):
            go("lesson", course=view.course_slug, lesson=view.next.slug)
    if view.previous:
        link(
            f"Previous lesson: {view.previous.title}",
            "lesson",
            icon=":material/arrow_back:",
            course=view.course_slug,
            lesson=view.previous.slug,
        )
    link("Back to the course", "course", icon=":material/list:", course=view.course_slug)


with look(Permission.COURSE_STUDY) as tx:
    view = lesson_view(tx, parameter("course", "microneedling-fundamentals"), parameter("lesson"))

draw_style()
_draw_head(view)
draw_lesson_body(view)
_draw_checks(view)
_draw_end(view)
