"""A screening case as somebody is changing it: kept in this browser's session until published."""

import streamlit as st

from courses.queries.screening_cases import CasesCourse
from courses.screening.case import ScreeningCase
from courses.screening.sheet import CaseSheet, case_of
from ui.screening_case_form import Known, edit_case
from ui.screening_case_preview import draw_preview
from ui.words import plain

_BEGAN = "case-began-"


def draw_draft(
    course: CasesCourse, standing: CaseSheet, newest: int
) -> tuple[ScreeningCase | None, int]:
    """Draw a case to write and to look at; return it once it is whole, and what it began from.

    What somebody began to write stays while others publish.
    """
    case_id = standing.fields["id"]
    version, sheet = st.session_state.setdefault(f"{_BEGAN}{case_id}", (newest, standing))
    if version != newest:
        st.warning(f"Version {newest} stands since you began. Copy what you wrote, then go on.")
        st.button(f"Begin again from version {newest}", on_click=begin_afresh)
    writing, preview = st.tabs(["Write", "Preview"])
    with writing:
        known = Known(course.objectives, course.sources)
        case = case_of(edit_case(sheet, known, f"case-{case_id}-{version}"))
    if isinstance(case, ScreeningCase):
        with preview:
            draw_preview(case)
        return case, version
    preview.markdown("The preview comes once the case is whole.")
    st.warning(
        "Before this can be published:\n\n" + "\n".join(f"- {plain(one)}" for one in case),
        icon=":material/edit_note:",
    )
    return None, version


def begin_afresh() -> None:
    """Forget what was begun, so that fields are filled from what stands."""
    for name in [one for one in st.session_state if str(one).startswith(_BEGAN)]:
        del st.session_state[name]
