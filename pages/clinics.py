"""Every clinic of the academy, for administrators: since when, and how many belong to it."""

import streamlit as st

from accounts.queries.clinics import clinics
from base.permissions import Permission
from ui.act import look
from ui.clinics.all_clinics import draw_clinics

with look(Permission.PERSON_MANAGE) as tx:
    found = clinics(tx)
st.title("Clinics")
draw_clinics(found)
