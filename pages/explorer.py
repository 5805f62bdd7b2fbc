"""One figure on a page of its own, and the way to the others of its course."""

import streamlit as st

from base.permissions import Permission
from courses.queries.figures import figure_view
from ui.act import look
from ui.figures.on_page import draw_facts, draw_ways_to_figures
from ui.lessons.text import draw_sources, draw_style
from ui.nav import link, parameter

with look(Permission.COURSE_STUDY) as tx:
    view = figure_view(
        tx,
        parameter("course", "microneedling-fundamentals"),
        parameter("figure", "depth-explorer"),
    )

draw_style()
link(
    f"Back to {view.course_title}", "course", icon=":material/arrow_back:", course=view.course_slug
)
st.title(view.facts.title)
draw_facts(view.facts, view.course_slug, view.name, view.name)
draw_sources(view.sources)
st.info(view.standing_note, icon=":material/health_and_safety:")
draw_ways_to_figures(view.course_slug, view.titles, view.name)
