"""Write a lesson: its fields, its text with the problems at their lines, how learners see it."""

import streamlit as st

from base.permissions import Permission
from courses.queries.content_drafts import SavedDraft
from courses.queries.lesson import lesson_view
from courses.queries.lesson_writing import LessonSheet, lesson_choices, lesson_sheet
from courses.queries.outline import course_outline
from ui.act import look
from ui.lessons.content_life import ask_author, ask_send, draw_state
from ui.lessons.content_saving import Saving
from ui.lessons.draft import LessonDraft, lesson_draft, lesson_saving, load
from ui.lessons.preview import draw_lesson_preview
from ui.lessons.versions import draw_versions
from ui.lessons.workbench import draw_workbench
from ui.nav import go, link, parameter
from ui.notice import show_notice
from ui.words import plain


def _draw_sending(
    draft: LessonDraft, sheet: LessonSheet, saving: Saving, problems: list[str]
) -> None:
    ready = not problems and draft.revision > 0 and not draft.is_unsaved()
    note = ask_send(problems, ready, draft.key("note"))
    st.markdown(
        "Learners who finished the lesson stay done, unless its checks change. Once published "
        "here, the course's file does not overwrite it."
    )
    if note is not None and saving.send(note):
        st.rerun()
    # It may have been saved for the first time just now.
    with look(Permission.CONTENT_WRITE) as tx:
        saved = saving.find(tx)
    if saved:
        ask_author(saved, lambda: _let_go(draft, sheet))


def _let_go(draft: LessonDraft, sheet: LessonSheet) -> None:
    draft.forget()
    if not sheet.versions:
        go("course_edit", course=sheet.course_slug)


def _draw_writing(draft: LessonDraft, sheet: LessonSheet) -> None:
    above, saving = st.container(), lesson_saving(draft, sheet, today)
    form, preview = st.columns([3, 2], gap="large")
    with form:
        problems = draw_workbench(draft, sheet.lesson, choices, today)
    head.title(f"Write: {plain(draft.words('title')) or 'new lesson'}")
    with above:
        saving.offer_saved()
        draw_state(sheet.draft)
    with form:
        saving.autosave()
        _draw_sending(draft, sheet, saving, problems)
        draw_versions(draft, sheet)
    with preview:
        draw_lesson_preview(draft, choices, like)


def _draw_in_review(draft: LessonDraft, sheet: LessonSheet, saved: SavedDraft) -> None:
    if not draft.is_current(sheet):
        load(draft, sheet, today)
    head.title(f"In review: {plain(draft.words('title'))}")
    draw_state(saved)
    ask_author(saved, draft.forget)
    draw_lesson_preview(draft, choices, like)
    draw_versions(draft, sheet)


slug, wanted = parameter("course", "microneedling-fundamentals"), parameter("lesson")
with look(Permission.CONTENT_WRITE) as tx:
    sheet, choices, today = lesson_sheet(tx, slug, wanted), lesson_choices(tx, slug), tx.now.date()
    shown = wanted if sheet.in_outline else course_outline(tx, slug).lessons[0].slug
    like = lesson_view(tx, slug, shown)

st.set_page_config(layout="wide")
link(f"Outline of {sheet.course_title}", "course_edit", icon=":material/arrow_back:", course=slug)
draft, head = lesson_draft(sheet, today), st.empty()
show_notice()
if sheet.draft and sheet.draft.in_review:
    _draw_in_review(draft, sheet, sheet.draft)
else:
    _draw_writing(draft, sheet)
