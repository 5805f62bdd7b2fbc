"""How certificates look: a course's design, changed beside its preview, published as a version."""

import streamlit as st

from base.permissions import Permission
from certs.commands.designs import publish_design
from certs.queries.designs import CourseDesign, course_design, designed_courses
from ui.act import act, look
from ui.certificates.design_draft import DesignDraft, draft_of
from ui.certificates.design_editor import edit_design
from ui.certificates.design_preview import draw_history, draw_preview, staying
from ui.entries import Entry, draw_entries
from ui.nav import link, parameter
from ui.notice import leave_notice, show_notice
from ui.words import plain


def _draw_list() -> None:
    with look(Permission.CERTIFICATE_DESIGN) as tx:
        courses = designed_courses(tx)
    st.title("Certificate designs")
    st.markdown("Each course’s certificates have a design of their own.")
    entries = [
        Entry(
            f"**{plain(one.title)}**",
            "designs",
            {"course": one.slug},
            (f"version {one.version}" if one.version else "Pinpoint’s own design",),
        )
        for one in courses
    ]
    draw_entries(entries, "designs")


def _draw_one(slug: str) -> None:
    with look(Permission.CERTIFICATE_DESIGN) as tx:
        course = course_design(tx, slug)
    st.set_page_config(layout="wide")
    draft = draft_of(course)
    link("All designs", "designs", icon=":material/arrow_back:")
    st.title(f"Certificates of {plain(course.title)}")
    show_notice()
    fields, preview = st.columns([2, 3], gap="large")
    with fields:
        edit_design(draft)
    with preview, staying():
        draw_preview(course, draft)
        _draw_publishing(course, draft)
        draw_history(course)


def _draw_publishing(course: CourseDesign, draft: DesignDraft) -> None:
    changed = draft.whole != course.design
    if changed:
        st.markdown("**Not in use yet.** Certificates issued before keep the look they have.")
        if st.button("Use this design from now on", type="primary", icon=":material/publish:"):
            _publish(course, draft)
    if changed or draft.based_on != course.version:
        if st.button("Start again from the published one", icon=":material/undo:"):
            draft.begin_from(course.version, course.design)
            st.rerun()
    else:
        st.markdown(":green[:material/check_circle:] **In use:** this design draws what is issued.")


def _publish(course: CourseDesign, draft: DesignDraft) -> None:
    version, acting = 0, act()
    with acting as tx:
        version = publish_design(tx, course.slug, draft.based_on, draft.whole)
    if acting.committed:
        draft.based_on = version
        leave_notice(f"Version {version} draws every certificate issued from now on.")
        st.rerun()


wanted = parameter("course")
if wanted:
    _draw_one(wanted)
else:
    _draw_list()
