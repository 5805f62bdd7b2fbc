"""One lesson: text, figures, key points, sources, own notes, then the questions that close it."""

from html import escape

import streamlit as st
from pydantic import JsonValue

from base.permissions import Permission
from courses.commands.reading import bookmark
from courses.commands.study import answer_check, reach_end
from courses.progress import LessonState
from courses.queries.lesson import LessonView, lesson_view
from ui.act import act, look
from ui.lessons.body import draw_lesson_body
from ui.lessons.checks import checks_ahead, draw_checks, revealed_checks
from ui.lessons.head import lesson_head_html
from ui.lessons.own_note import draw_own_note
from ui.lessons.text import draw_style, written_html
from ui.nav import go, link, parameter
from ui.screening.offer import draw_screening_link


def _draw_tools(view: LessonView) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        link(
            f"Back to {view.course_title}",
            "course",
            icon=":material/arrow_back:",
            course=view.course_slug,
        )
        st.button(
            "Take the bookmark out" if view.bookmarked else "Bookmark",
            icon=":material/bookmark_added:" if view.bookmarked else ":material/bookmark:",
            on_click=_bookmark,
            args=(view, not view.bookmarked),
        )


def _bookmark(view: LessonView, wanted: bool) -> None:
    with act() as tx:
        bookmark(tx, view.course_slug, view.slug, wanted)


def _read(view: LessonView) -> None:
    with act() as tx:
        reach_end(tx, view.course_slug, view.slug)


def _draw_questions(view: LessonView) -> None:
    def answer(item_id: str, response: JsonValue) -> None:
        with act() as tx:
            answer_check(tx, view.course_slug, view.slug, item_id, response)

    if view.reached_end:
        st.header("Ask yourself")
        draw_checks(view, answer)
        return
    st.html(written_html(f"<h2>Ask yourself</h2><p>{escape(checks_ahead(view))}</p>"))
    st.button("I have read this lesson", type="primary", on_click=_read, args=(view,))


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
    if view.clients:
        draw_screening_link(view.course_slug)
    link("Back to the course", "course", icon=":material/list:", course=view.course_slug)


slug, lesson = parameter("course", "microneedling-fundamentals"), parameter("lesson")
with look(Permission.COURSE_STUDY) as tx:
    view = lesson_view(tx, slug, lesson, revealed_checks())

draw_style()
_draw_tools(view)
notes = written_html("<h2>My notes</h2>")
draw_lesson_body(view, parameter("at"), above=lesson_head_html(view), below=notes)
draw_own_note(view)
_draw_questions(view)
_draw_end(view)
