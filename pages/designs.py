"""How certificates look: a course's design, changed beside its preview, published as a version."""

from dataclasses import replace

import streamlit as st

from base.permissions import Permission
from certs.commands.designs import publish_design
from certs.designs import design_problems
from certs.pdf import certificate_pdf
from certs.picture import picture_of
from certs.queries.designs import CourseDesign, course_design, designed_courses
from ui.act import act, look
from ui.design_draft import DesignDraft, draft_of
from ui.design_editor import edit_design
from ui.entries import Entry, draw_entries
from ui.nav import link, parameter
from ui.notice import leave_notice, show_notice
from ui.words import count, moment, plain

_WIDTH = 1400
# Beside long fields the preview stays in sight; where columns stack it stands after them.
_STAYS = """
<style>
  @media (min-width: 641px) {
    [data-testid="stColumn"]:has(.st-key-design-preview) { align-self: flex-start;
      position: sticky; top: 4.5rem; }
  }
</style>
"""


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
    with preview, st.container(key="design-preview"):
        st.html(_STAYS)
        _draw_preview(course, draft)
        _draw_publishing(course, draft)
        _draw_history(course)


def _draw_preview(course: CourseDesign, draft: DesignDraft) -> None:
    st.subheader("Preview")
    if problems := design_problems(draft.whole):
        for problem in problems:
            st.error(problem, icon=":material/error:")
        return
    sample = certificate_pdf(course.sample, draft.whole)
    st.image(picture_of(sample, _WIDTH), alt="The certificate as it would look")
    st.download_button(
        "Download a sample",
        # On paper a sample must never pass for a certificate.
        certificate_pdf(replace(course.sample, demo=True), draft.whole),
        file_name="sample.pdf",
        mime="application/pdf",
        icon=":material/download:",
        on_click="ignore",
    )


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


def _draw_history(course: CourseDesign) -> None:
    if not course.history:
        return
    with st.expander(f"{count(len(course.history), 'version')} so far"):
        lines = [f"- Version {one.version}, {moment(one.at)}, by {plain(one.by)}"
                 for one in course.history]  # fmt: skip
        st.markdown("\n".join(lines))


wanted = parameter("course")
if wanted:
    _draw_one(wanted)
else:
    _draw_list()
