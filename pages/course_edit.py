"""A course's outline: modules and lessons in order, new lessons, what must be passed before."""

import streamlit as st

from base.errors import Invalid
from base.permissions import Permission
from courses.commands.course_writing import (
    drop_outline_draft,
    publish_outline,
    save_outline_draft,
)
from courses.commands.lesson_writing import begin_lesson
from courses.outline_edit import as_course
from courses.queries.course_writing import CourseSheet, course_sheet
from courses.queries.outline import CourseSummary, course_list
from ui.act import act, look
from ui.nav import go, link, parameter
from ui.notice import leave_notice, show_notice
from ui.outline_editor import (
    edit_head,
    edit_left_out,
    edit_modules,
    fill_afresh,
    offer_saved,
)
from ui.words import moment


def _choose_course(courses: tuple[CourseSummary, ...], slug: str) -> None:
    titles = {one.slug: one.title for one in courses}
    chosen = st.selectbox(
        "Course", [*titles], index=[*titles].index(slug), format_func=lambda one: titles[one]
    )
    if chosen != slug:
        go("course_edit", course=chosen)


def _draw_standing(sheet: CourseSheet) -> None:
    st.markdown(
        "Every change is kept as a draft. Learners see nothing of it before you publish it."
    )
    if sheet.saved_at:
        said = f"Draft saved on {moment(sheet.saved_at)} by {sheet.saved_by}."
        st.markdown(f":material/cloud_done: {said}")
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


def _draw_publishing(sheet: CourseSheet) -> None:
    problems = _problems(sheet)
    if problems:
        listed = "\n".join(f"- {one}" for one in problems)
        st.warning(f"**Before this can be published**\n\n{listed}", icon=":material/edit:")
    ready = sheet.revision > 0 and not problems and not sheet.overtaken
    with st.container(horizontal=True):
        published = st.button(
            "Publish the outline", type="primary", icon=":material/publish:", disabled=not ready
        )
        dropped = sheet.revision > 0 and st.button("Drop the draft", icon=":material/delete:")
    if not published and not dropped:
        return
    acting = act()
    with acting as tx:
        if published:
            publish_outline(tx, sheet.slug, sheet.revision)
        else:
            drop_outline_draft(tx, sheet.slug, sheet.revision)
    if acting.committed:
        leave_notice("Published. Learners see it now." if published else "The draft is dropped.")
        fill_afresh(sheet)
        st.rerun()


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
offer_saved(sheet)
edit_head(sheet)
st.header("Modules and lessons")
edit_modules(sheet)
edit_left_out(sheet)
st.header("Publish")
_draw_publishing(sheet)
_draw_new_lesson(sheet)
