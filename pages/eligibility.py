"""Who may do this: which of a clinic's staff is covered for a treatment."""

import streamlit as st

from base.permissions import Permission
from certs.queries.eligibility import staff_covered
from ui.act import look
from ui.certificates.eligibility import ask_treatment, draw_answers
from ui.clinics.choice import choose_clinic

_ASKED = "treatment-asked"

clinic = choose_clinic("Who may do this?")
with look(Permission.CLINIC_USE) as tx:
    today = tx.now.date()
st.markdown("Name a treatment, and see whose certificates cover it.")
if treatment := ask_treatment(today):
    # Kept, so that turning the list's pages asks the same again.
    st.session_state[_ASKED] = treatment
if asked := st.session_state.get(_ASKED):
    with look(Permission.CLINIC_USE) as tx:
        answers = staff_covered(tx, clinic.id, asked)
    draw_answers(asked, answers)
