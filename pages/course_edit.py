"""A course's outline: modules and lessons in order, new lessons, what must be passed before."""

import streamlit as st

from base.errors import Invalid
from base.permissions import Permission
from courses.commands.content_reviews import send_content
from courses.commands.course_writing import save_outline_draft
from courses.commands.lesson_writing import begin_lesson
from courses.outline_edit import as_course
from courses.queries.course_writing import CourseSheet, course_sheet
from courses.queries.outline import CourseSummary, course_list
from ui.act import act, look
from ui.changes import run_review
from ui.lessons.content_life import SENT, ask_author, ask_send, draw_state
from ui.lessons.content_preview import draw_outline
from ui.lessons.outline_editor import (
    edit_head,
    edit_left_out,
    edit_modules,
    fill_afresh,
    offer_saved,
)
from ui.nav import go, link, parameter
from ui.notice import show_notice


def _choose_course(courses: tuple[CourseSummary, ...], slug: str) -> None:
    titles = {one.slug: one.title for one in courses}
    chosen = st.selectbox(
        "Course", [*titles], index=[*titles].index(slug), format_func=lambda one: titles[one]
    )
    if chosen != slug:
        go("course_edit", course=chosen)


def _draw_standing(sheet: CourseSheet) -> None:
    st.markdown(
        "Every change is kept as a draft. Learners see nothing of it before somebody else has read "
        "it and published it."
    )
    draw_state(sheet.draft)
    if not sheet.overtaken:
        return
    st.warning(
        "Another outline of this course was published since this draft began.",
        icon=":material/sync_problem:",
    )
    if st.button("Keep this draft and go on from what stands"):
        acting = act()
        with acting as tx:
            save_outline_draft(tx, sheet.slug, sheet.version, sheet.outline, sheet.revision)
        if acting.committed:
            fill_afresh(sheet)
            st.rerun()


def _problems(sheet: CourseSheet) -> tuple[str, ...]:
    try:
        as_course(sheet.course, sheet.outline, dict.fromkeys(sheet.others, ()))
    except Invalid as invalid:
        return tuple(invalid.problems)
    return ()


def _draw_sending(sheet: CourseSheet) -> None:
    problems = _problems(sheet)
    ready = sheet.draft is not None and not problems and not sheet.overtaken
    note = ask_send(problems, ready, f"outline-{sheet.slug}-{sheet.revision}-note")
    if note is not None and sheet.draft:
        change_id = sheet.draft.id
        run_review(lambda tx: send_content(tx, change_id, sheet.revision, note), SENT)
    if sheet.draft:
        ask_author(sheet.draft, lambda: fill_afresh(sheet))


def _draw_new_lesson(sheet: CourseSheet) -> None:
    st.header("New lesson")
    with st.form("new-lesson", border=False):
        title = st.text_input("Title of the new lesson", max_chars=300)
        module = st.selectbox("Module", [one.title for one in sheet.course.modules])
        pressed = st.form_submit_button("Begin to write it", icon=":material/add:")
    if not pressed:
        return
    lesson, acting = "", act()
    with acting as tx:
        lesson = begin_lesson(tx, sheet.slug, title, module)
    if acting.committed:
        go("lesson_edit", course=sheet.slug, lesson=lesson)


with look(Permission.CONTENT_WRITE) as tx:
    courses = course_list(tx)
    first = next((one.slug for one in courses), "")
    sheet = course_sheet(tx, parameter("course", first))

st.title("Courses and their outlines")
show_notice()
_choose_course(courses, sheet.slug)
link("See it as a learner", "course", icon=":material/visibility:", course=sheet.slug)
_draw_standing(sheet)
if sheet.draft and sheet.draft.in_review:
    draw_outline(sheet.outline, sheet.titles)
    ask_author(sheet.draft, lambda: fill_afresh(sheet))
else:
    offer_saved(sheet)
    edit_head(sheet)
    st.header("Modules and lessons")
    edit_modules(sheet)
    edit_left_out(sheet)
    st.header("Publish")
    _draw_sending(sheet)
_draw_new_lesson(sheet)
