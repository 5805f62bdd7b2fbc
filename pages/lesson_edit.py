"""Write a lesson: its fields, its text with the problems at their lines, how learners see it."""

import streamlit as st

from base.lined_yaml import Problem
from base.permissions import Permission
from courses.lesson_check import lesson_problems
from courses.lesson_files import completed
from courses.lessons import read_lesson
from courses.queries.lesson import lesson_view
from courses.queries.lesson_writing import LessonChoices, LessonSheet, lesson_choices, lesson_sheet
from courses.queries.outline import course_outline
from ui.act import look
from ui.lesson_draft import LessonDraft, is_unsaved, lesson_draft, note_drawn
from ui.lesson_form import (
    edit_fields,
    edit_standing,
    field_problems,
    offer_picture,
    picture_line,
)
from ui.lesson_preview import draw_lesson_preview
from ui.lesson_saving import autosave, drop, offer_saved, publish
from ui.lesson_versions import draw_versions
from ui.lesson_writing import Choices, ask_lesson_text, lesson_text_in
from ui.nav import go, link, parameter
from ui.notice import show_notice
from ui.words import plain


def _text_problems(draft: LessonDraft, sheet: LessonSheet) -> list[Problem]:
    """Return what is wrong with the lesson, by the line of its text; 0 or less is above it."""
    read = read_lesson(sheet.lesson, completed(draft.text()))
    found = [*read.problems, *lesson_problems(read, choices.known, today)]
    return [Problem(one.line - read.body_line + 1, one.message, one.severity) for one in found]


def _choices(draft: LessonDraft, known: LessonChoices) -> Choices:
    pictures = known.pictures | draft.pictures
    return {
        "Pictures": [(words, picture_line(one, words)) for one, words in pictures.items()],
        "Figures": [(name, f"{{{{figure: {name}}}}}") for name in sorted(known.known.figures)],
        "Sources": [(f"{one.key} · {one.citation[:60]}", f"[{one.key}]") for one in known.sources],
    }


def _draw_text(draft: LessonDraft, problems: list[Problem]) -> None:
    key = draft.key("text")

    def changed() -> None:
        draft.body = lesson_text_in(key) or ""

    ask_lesson_text(draft.body, key, problems, _choices(draft, choices), draft.chosen, changed)


def _draw_publishing(draft: LessonDraft, sheet: LessonSheet, problems: list[str]) -> None:
    if problems:
        listed = "\n".join(f"- {one}" for one in problems)
        st.warning(f"**Before this can be published**\n\n{listed}", icon=":material/edit:")
    ready = not problems and draft.revision > 0 and not is_unsaved(draft)
    with st.container(horizontal=True):
        label = f"Publish as version {sheet.version + 1}"
        icon = ":material/publish:"
        published = st.button(label, type="primary", icon=icon, disabled=not ready)
        dropped = draft.revision > 0 and st.button("Drop this draft", icon=":material/delete:")
    st.markdown(
        "Learners who finished the lesson stay done, unless its checks change. Once published "
        "here, the course's file does not overwrite it."
    )
    if published and publish(draft, sheet):
        st.rerun()
    if dropped and drop(draft, sheet):
        go("course_edit", course=sheet.course_slug)


slug, wanted = parameter("course", "microneedling-fundamentals"), parameter("lesson")
with look(Permission.CONTENT_WRITE) as tx:
    sheet, choices, today = lesson_sheet(tx, slug, wanted), lesson_choices(tx, slug), tx.now.date()
    shown = wanted if sheet.in_outline else course_outline(tx, slug).lessons[0].slug
    like = lesson_view(tx, slug, shown)

st.set_page_config(layout="wide")
link(f"Outline of {sheet.course_title}", "course_edit", icon=":material/arrow_back:", course=slug)
draft, head = lesson_draft(sheet, today), st.empty()
show_notice()
above = st.container()
form, preview = st.columns([3, 2], gap="large")
with form:
    edit_fields(draft, choices)
    st.header("Text")
    text_problems = _text_problems(draft, sheet)
    _draw_text(draft, [one for one in text_problems if one.line > 0])
    offer_picture(draft)
    st.header("Sources, review and minutes")
    edit_standing(draft, choices)
note_drawn(draft)
head.title(f"Write: {plain(draft.words('title')) or 'new lesson'}")
with above:
    offer_saved(draft, sheet, today)
with form:
    autosave(draft, sheet)
    fields = field_problems(draft)
    # Where the fields are no lesson yet, the form says so in its own words.
    others = [] if fields else [one.message for one in text_problems if one.severity == "error"]
    _draw_publishing(draft, sheet, [*fields, *others])
    draw_versions(draft, sheet)
with preview:
    draw_lesson_preview(draft, choices, like)
