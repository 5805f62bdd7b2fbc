"""A lesson's text, figures, key points and sources, down the page."""

import streamlit as st

from courses.lessons import FigureBlock
from courses.queries.lesson import LessonView
from ui.figures import draw_facts
from ui.lesson_text import draw_sources, draw_text


def draw_lesson_body(view: LessonView) -> None:
    """Draw all that there is to read."""
    for block in view.blocks:
        if isinstance(block, FigureBlock):
            draw_facts(view.figures[block.name])
        else:
            draw_text(block.text)
    st.header("Key points")
    draw_text("\n".join(f"- {point}" for point in view.key_points))
    draw_sources(view.sources)
    st.info(view.standing_note, icon=":material/health_and_safety:")
