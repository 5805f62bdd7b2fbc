"""The course: where the learner stands, what comes next, and every lesson."""

import streamlit as st

from base.permissions import Permission
from certs.queries.own import valid_courses
from courses.queries.calibration import course_calibration
from courses.queries.figures import figure_titles
from courses.queries.outline import course_outline
from courses.queries.practice import refresher_opens
from courses.queries.reading import marked_lessons
from courses.queries.screening import screening_offer
from ui.act import look
from ui.figures.on_page import draw_ways_to_figures
from ui.lessons.course_outline import (
    draw_continue,
    draw_exam,
    draw_first_look,
    draw_modules,
    draw_practice,
    progress_words,
)
from ui.lessons.marked_lessons import draw_marked_lessons
from ui.nav import link, parameter
from ui.practice.refresher import draw_refresher
from ui.results.calibration import draw_course_calibration
from ui.screening.offer import draw_screening

with look(Permission.COURSE_STUDY) as tx:
    outline = course_outline(tx, parameter("course", "microneedling-fundamentals"))
    figures = figure_titles(tx, outline.slug)
    marked = marked_lessons(tx, outline.slug)
    how_sure = course_calibration(tx, outline.slug) if outline.exam else None
    clients = screening_offer(tx, outline.slug)
    refreshed = valid_courses(tx) if tx.actor.may(Permission.CREDENTIAL_OWN) else ()
    opens = refresher_opens(tx, outline.slug) if refreshed else None
    writes = tx.actor.may(Permission.CONTENT_WRITE)

st.title(outline.title)
st.markdown(outline.summary)
st.progress(outline.share, text=progress_words(outline))
if writes:
    link("Edit the course", "course_edit", icon=":material/edit_note:", course=outline.slug)
draw_continue(outline)
draw_first_look(outline)
draw_modules(outline)
draw_ways_to_figures(outline.slug, figures)
draw_marked_lessons(outline.slug, marked)
st.header("Practice and exam")
draw_practice(outline)
if outline.slug in refreshed:
    draw_refresher(outline.slug, opens)
if clients:
    draw_screening(outline.slug, clients)
draw_exam(outline)
if how_sure:
    draw_course_calibration(how_sure)
st.info(
    f"{outline.standing_note} Reviewed {outline.reviewed:%-d %B %Y}; "
    f"next review by {outline.review_due:%-d %B %Y}.",
    icon=":material/health_and_safety:",
)
