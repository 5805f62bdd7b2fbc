"""What a clinic's staff may do, when their certificates end, and the calendar of it."""

import streamlit as st

from accounts.commands.clinics import make_calendar_address, withdraw_calendar_address
from accounts.queries.clinics import Clinic
from base.permissions import Permission
from certs.queries.expiries import competence, expiries
from ui.act import act, look
from ui.clinics.calendar import ask_calendar, draw_expiries, show_calendar_address
from ui.clinics.choice import choose_clinic
from ui.clinics.competence_matrix import draw_certificates, draw_sites
from ui.notice import leave_notice

_ADDRESS = "calendar-address"


def _make_address(clinic: Clinic) -> None:
    address = ""
    acting = act()
    with acting as tx:
        token = make_calendar_address(tx, clinic.id)
        address = f"{tx.config.public_url}/calendar/{token}.ics"
    if acting.committed:
        st.session_state[_ADDRESS] = address
        st.rerun()


def _withdraw_address(clinic: Clinic) -> None:
    acting = act()
    with acting as tx:
        withdraw_calendar_address(tx, clinic.id)
    if acting.committed:
        leave_notice("Withdrawn. The old address shows nothing any more.")
        st.rerun()


st.set_page_config(layout="wide")
clinic = choose_clinic("Competence")
with look(Permission.CLINIC_USE) as tx:
    people, ends, now = competence(tx, clinic.id), expiries(tx, clinic.id), tx.now

st.header("Who holds what")
draw_certificates(people, now)
st.header("How deep, where")
draw_sites(people)
st.header("What ends when")
st.markdown(
    "Of the staff who consented, and of the newest roster. Whoever looks after the clinic gets a "
    "mail 90, 30 and 7 days before, and so do the staff about their own."
)
draw_expiries(ends, now)
st.header("Calendar")
if address := st.session_state.pop(_ADDRESS, ""):
    show_calendar_address(address)
asked = ask_calendar(clinic)
if asked == "make":
    _make_address(clinic)
elif asked == "withdraw":
    _withdraw_address(clinic)
