"""A lesson's text, figures, key points and sources, down the page."""

import streamlit as st

from courses.lesson_html import KEY_POINTS
from courses.lessons import FigureBlock
from courses.queries.lesson import LessonView
from ui.figures.on_page import draw_facts, is_explorer
from ui.lessons.reading_aid import draw_reading_aid
from ui.lessons.text import draw_source_places, draw_written
from ui.nav import link

_KEY_POINTS = f'<h2 id="{KEY_POINTS}">Key points</h2>'


def draw_lesson_body(view: LessonView, at: str = "") -> None:
    """Draw all that there is to read, and go to the place `at` where one is named."""
    written = view.written
    for place, part in enumerate(written.parts):
        if isinstance(part, FigureBlock):
            draw_facts(view.figures[part.name], f"{view.slug}-{place}")
            _draw_way(view, part.name)
        else:
            draw_written(part)
    draw_written(_KEY_POINTS, written.key_points, written.meanings)
    draw_source_places(view.sources)
    draw_reading_aid(at, f"{view.course_slug} {view.slug}")
    st.info(view.standing_note, icon=":material/health_and_safety:")


def _draw_way(view: LessonView, name: str) -> None:
    facts = view.figures[name]
    if is_explorer(facts):
        link(
            f"{facts.title} on a page of its own",
            "explorer",
            icon=":material/open_in_full:",
            course=view.course_slug,
            figure=name,
        )
