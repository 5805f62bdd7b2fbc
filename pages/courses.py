"""Every course: what it is about, how far one is, and what comes next in it."""

import streamlit as st

from base.permissions import Permission
from courses.queries.outline import course_list, course_outline
from ui.act import look
from ui.course_outline import draw_awaited, draw_continue, progress_words
from ui.nav import link
from ui.words import count

with look(Permission.COURSE_STUDY) as tx:
    outlines = [course_outline(tx, one.slug) for one in course_list(tx)]

st.title("Courses")
for outline in outlines:
    with st.container(border=True):
        st.header(outline.title)
        st.markdown(outline.summary)
        lessons, minutes = len(outline.lessons), sum(one.minutes for one in outline.lessons)
        st.progress(outline.share, text=progress_words(outline))
        draw_awaited(outline)
        draw_continue(outline)
        link(
            f"See its {count(lessons, 'lesson')}, about {count(minutes, 'minute')}",
            "course",
            icon=":material/menu_book:",
            course=outline.slug,
        )
