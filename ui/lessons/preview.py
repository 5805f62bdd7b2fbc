"""A lesson that is being written, as a learner will see it."""

from dataclasses import replace

import streamlit as st

from courses.lesson_html import write_lesson
from courses.lessons import FigureBlock, blocks
from courses.queries.lesson import LessonView
from courses.queries.lesson_writing import LessonChoices
from ui.lessons.body import draw_lesson_body
from ui.lessons.draft import LessonDraft
from ui.lessons.form import counted_minutes
from ui.lessons.text import draw_style


def draw_lesson_preview(draft: LessonDraft, choices: LessonChoices, like: LessonView) -> None:
    """Draw the draft inside the page of a lesson of the same course."""
    view = _view(draft, choices, like)
    st.header("As the learner sees it")
    with st.container(border=True):
        draw_style()
        st.header(view.title or "Without a title")
        st.markdown(f"{view.minutes} minutes")
        st.markdown("**After this lesson you can**")
        st.markdown("\n".join(f"- {goal}" for goal in view.goals) or "- …")
        draw_lesson_body(view)
        st.header("Check yourself")
        stems = {one.item_id: one.stem for one in choices.checks}
        for item_id in draft.listed("checks"):
            st.markdown(f"- {stems.get(item_id, item_id)}")


def _view(draft: LessonDraft, choices: LessonChoices, like: LessonView) -> LessonView:
    figures = choices.known.figures
    cited = set(draft.listed("sources"))
    shown = [
        block
        for block in blocks(draft.body)
        if not isinstance(block, FigureBlock) or block.name in figures
    ]
    return replace(
        like,
        title=draft.words("title"),
        minutes=int(draft.words("minutes") or counted_minutes(draft)),
        goals=tuple(draft.listed("goals")),
        written=write_lesson(shown, draft.listed("key_points"), choices.terms),
        figures={**figures},
        sources=tuple(one for one in choices.sources if one.key in cited),
    )
