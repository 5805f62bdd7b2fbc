"""A lesson's text, figures, key points and sources, down the page."""

import streamlit as st

from courses.lesson_html import KEY_POINTS
from courses.lessons import FigureBlock
from courses.queries.lesson import LessonView
from ui.figures.on_page import draw_facts, is_explorer
from ui.figures.view import still_html
from ui.lessons.reading_aid import draw_reading_aid
from ui.lessons.text import source_places_html, standing_note_html, written_html
from ui.nav import link

_KEY_POINTS = f'<h2 id="{KEY_POINTS}">Key points</h2>'


def draw_lesson_body(view: LessonView, at: str = "", above: str = "", below: str = "") -> None:
    """Draw all that there is to read, and go to the place `at` where one is named.

    `above` and `below` are HTML to stand around it.
    """
    written = view.written
    # What stands together is one element: each more makes a reader wait.
    together = [above] if above else []
    for place, part in enumerate(written.parts):
        if isinstance(part, str):
            together.append(written_html(part))
        elif is_explorer(view.figures[part.name]):
            if together:
                st.html("".join(together))
                together.clear()
            _draw_explorer(view, part, place)
        else:
            together.append(still_html(view.figures[part.name], view.course_slug, part.name))
    points = written_html(_KEY_POINTS, written.key_points, written.meanings)
    sources, note = source_places_html(view.sources), standing_note_html(view.standing_note)
    st.html("".join([*together, points, sources, note, below]))
    draw_reading_aid(at, f"{view.course_slug} {view.slug}")


def _draw_explorer(view: LessonView, block: FigureBlock, place: int) -> None:
    facts = view.figures[block.name]
    draw_facts(facts, view.course_slug, block.name, f"{view.slug}-{place}", in_lesson=True)
    link(
        f"{facts.title} on a page of its own",
        "explorer",
        icon=":material/open_in_full:",
        course=view.course_slug,
        figure=block.name,
    )
