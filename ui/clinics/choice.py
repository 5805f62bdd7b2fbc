"""Which of one's clinics a page is about; who has none makes one here."""

import streamlit as st

from accounts.clinics import LONGEST_NAME
from accounts.commands.clinics import make_clinic
from accounts.queries.clinics import Clinic, my_clinics
from base.permissions import Permission
from ui.act import act, look
from ui.notice import leave_notice, show_notice
from ui.words import plain


def choose_clinic(title: str) -> Clinic:
    """Draw the page's title and the choice of the clinic, and return it.

    Who looks after none is asked to make one, and the page ends there.
    """
    with look(Permission.CLINIC_USE) as tx:
        own = {one.id: one for one in my_clinics(tx)}
    st.title(title)
    show_notice()
    if not own:
        _ask_first()
        st.stop()
    if len(own) == 1:
        (clinic,) = own.values()
        st.markdown(f"**{plain(clinic.name)}**")
        return clinic
    chosen = st.selectbox(
        "Clinic",
        list(own),
        format_func=lambda one: own[one].name,
        key="clinic",
        width=360,
        persist_state="session",
    )
    return own[chosen]


def _ask_first() -> None:
    st.markdown(
        "You look after no clinic yet. Make one, then invite its staff: whoever consents is seen "
        "here with their certificates."
    )
    if name := ask_name("first-clinic"):
        add_clinic(name)


def ask_name(key: str) -> str:
    """Draw the form for a new clinic's name; returns it once it is sent."""
    with st.form(key, border=False):
        name = st.text_input("Name of the clinic", max_chars=LONGEST_NAME, autocomplete="off")
        sent = st.form_submit_button("Make the clinic", type="primary")
    return name or " " if sent else ""


def add_clinic(name: str) -> None:
    """Make a clinic, and show the page again with it."""
    acting = act()
    with acting as tx:
        make_clinic(tx, name)
    if acting.committed:
        leave_notice("Made. You look after it.")
        st.rerun()
