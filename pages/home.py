"""The first page: what this is, and the way in; for who is signed in, what comes next."""

from datetime import datetime

import streamlit as st

from accounts.queries.people import is_demo_academy
from base.permissions import Actor, Permission
from certs.queries.own import valid_courses
from courses.queries.outline import CourseOutline, course_list, course_outline
from courses.queries.practice import refresher_opens
from courses.queries.source_changes import OwnUpdate, own_updates
from ui.act import look
from ui.figures.on_page import draw_figure
from ui.lessons.course_outline import draw_ways_on
from ui.lessons.text import draw_style
from ui.lessons.update_quizzes import draw_updates
from ui.nav import link
from ui.practice.refresher import draw_refresher
from ui.welcome import draw_checking, draw_demo_ways, draw_ways_in
from ui.words import plain


def _draw_welcome(demo: bool) -> None:
    st.set_page_config(layout="wide")
    words, figure = st.columns([10, 9], gap="large")
    with words:
        st.title("Microneedling, taught and examined with care")
        st.markdown(
            "Learn needling from sourced lessons. Practise with a reason for every answer. Prove "
            "it in an exam that a clinic can trust, and hold a certificate that anyone can check "
            "in seconds."
        )
        draw_ways_in()
        if demo:
            st.header("Look around without signing up")
            draw_demo_ways()
    with figure:
        draw_style()
        draw_figure("microneedling-fundamentals", "skin-section")


def _draw_own_start(
    visitor: Actor,
    outlines: list[CourseOutline],
    refreshers: dict[str, datetime | None],
    updates: tuple[OwnUpdate, ...],
) -> None:
    st.title(f"Welcome, {plain(visitor.name)}")
    draw_updates(updates)

    def offer_refresher(outline: CourseOutline) -> None:
        if outline.slug in refreshers:
            draw_refresher(outline.slug, refreshers[outline.slug])

    draw_ways_on(outlines, offer_refresher, tell=False)
    with st.container(horizontal=True):
        if visitor.may(Permission.ITEM_READ):
            link("Open the item bank", "bank", icon=":material/quiz:")
        if visitor.may(Permission.RESULT_READ):
            link("See results", "results", icon=":material/bar_chart:")
        if visitor.may(Permission.PERSON_MANAGE):
            link("Manage people", "people", icon=":material/group:")
    draw_checking()


with look() as tx:
    visitor, demo = tx.actor, is_demo_academy(tx)
    outlines: list[CourseOutline] = []
    if visitor.may(Permission.COURSE_STUDY):
        outlines = [course_outline(tx, course.slug) for course in course_list(tx)]
    refreshers: dict[str, datetime | None] = {}
    if visitor.may(Permission.CREDENTIAL_OWN):
        refreshers = {slug: refresher_opens(tx, slug) for slug in valid_courses(tx)}
    updates = own_updates(tx) if visitor.may(Permission.EXAM_SIT) else ()

if visitor.person_id is None:
    _draw_welcome(demo)
else:
    _draw_own_start(visitor, outlines, refreshers, updates)
