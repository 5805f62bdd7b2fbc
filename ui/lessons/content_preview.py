"""What a change of content says as a whole, for those who read it before it is published."""

from collections.abc import Mapping

import streamlit as st

from courses.lesson_files import fields_of
from courses.outline_edit import DraftOutline
from courses.queries.lesson import LessonView
from courses.queries.lesson_writing import LessonChoices
from courses.screening.case import ScreeningCase
from courses.screening.sheet import case_of, sheet_in
from ui.lessons.draft import LessonDraft
from ui.lessons.preview import draw_lesson_preview
from ui.screening.case_preview import draw_preview
from ui.words import plain


def draw_outline(outline: DraftOutline, titles: Mapping[str, str]) -> None:
    """Draw a course's modules and lessons in their order; `titles` names lessons by slug."""
    st.header(plain(outline.title) or "Without a title")
    st.markdown(plain(outline.summary))
    for number, module in enumerate(outline.modules, start=1):
        st.subheader(f"Module {number}: {plain(module.title)}")
        lessons = [f"- {plain(titles.get(one, one))}" for one in module.lessons]
        st.markdown("\n".join(lessons) or "No lesson yet.")
        if module.after:
            waits = ", ".join(plain(titles.get(one, one)) for one in module.after)
            st.markdown(f"Opens after: {waits}")


def draw_lesson(text: str, choices: LessonChoices, like: LessonView) -> None:
    """Draw the text of a lesson file as learners will see it."""
    fields, body = fields_of(text)
    draw_lesson_preview(LessonDraft("", "", 0, fields, body), choices, like)


def draw_case(text: str) -> None:
    """Draw what is written of a screening case, from its first word to its last."""
    st.header("The case as a whole")
    case = case_of(sheet_in(text))
    if isinstance(case, ScreeningCase):
        draw_preview(case)
    else:
        st.markdown("It is not whole yet: " + " ".join(plain(one) for one in case))
