"""A certificate's design beside its fields: as it would look, and what was published before."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from certs.designs import design_problems
from certs.pdf import certificate_pdf
from certs.picture import picture_of
from certs.queries.designs import CourseDesign
from ui.certificates.design_draft import DesignDraft
from ui.words import count, moment, plain

_WIDTH = 1100
# Beside long fields the preview stays in sight; where columns stack it stands after them.
_STAYS = """
<style>
  @media (min-width: 641px) {
    [data-testid="stColumn"]:has(.st-key-design-preview) { align-self: flex-start;
      position: sticky; top: 4.5rem; }
  }
</style>
"""


@contextmanager
def staying() -> Generator[None]:
    """Keep what is drawn inside in sight while the fields beside it are scrolled."""
    with st.container(key="design-preview"):
        st.html(_STAYS)
        yield


def draw_preview(course: CourseDesign, draft: DesignDraft) -> None:
    """Show the design on a sample, or what keeps it from being used."""
    st.header("Preview")
    design = draft.whole
    if problems := design_problems(design):
        for problem in problems:
            st.error(problem, icon=":material/error:")
        return
    sample = certificate_pdf(course.sample, design)
    st.image(picture_of(sample, _WIDTH), alt="The certificate as it would look")
    st.download_button(
        "Download a sample",
        # On paper a sample must never pass for a certificate.
        lambda: certificate_pdf(replace(course.sample, demo=True), design),
        file_name="sample.pdf",
        mime="application/pdf",
        icon=":material/download:",
        on_click="ignore",
    )


def draw_history(course: CourseDesign) -> None:
    """List the published versions, the newest first."""
    if not course.history:
        return
    with st.expander(f"{count(len(course.history), 'version')} so far"):
        lines = [f"- Version {one.version}, {moment(one.at)}, by {plain(one.by)}"
                 for one in course.history]  # fmt: skip
        st.markdown("\n".join(lines))
