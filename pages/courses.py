"""Every course: what it is about, how far one is, and what comes next in it."""

import streamlit as st

from base.permissions import Permission
from courses.queries.outline import CourseOutline, course_list, course_outline
from ui.act import look
from ui.lessons.course_outline import draw_ways_on
from ui.nav import link
from ui.words import count

with look(Permission.COURSE_STUDY) as tx:
    outlines = [course_outline(tx, one.slug) for one in course_list(tx)]


def _link_lessons(outline: CourseOutline) -> None:
    lessons, minutes = len(outline.lessons), sum(one.minutes for one in outline.lessons)
    link(
        f"See its {count(lessons, 'lesson')}, about {count(minutes, 'minute')}",
        "course",
        icon=":material/menu_book:",
        course=outline.slug,
    )


st.title("Courses")
draw_ways_on(outlines, _link_lessons, tell=True)
