"""Rosters: check a list of staff, see what was found, download it, check it again."""

import streamlit as st

from accounts.queries.clinics import Clinic
from base.permissions import Permission
from certs.commands.rosters import CheckedRoster, discard_roster, keep_roster
from certs.queries.roster_check import checked_lines
from certs.queries.rosters import RosterDetail, roster_detail, rosters
from ui.act import act, look
from ui.clinics.choice import choose_clinic
from ui.clinics.receipt_making import make_receipt
from ui.clinics.roster_table import draw_roster, draw_rosters
from ui.clinics.roster_upload import RosterWish, ask_roster
from ui.nav import go, link, parameter
from ui.notice import leave_notice
from ui.words import plain


def _draw_list(clinic: Clinic) -> None:
    if wish := ask_roster():
        _check(clinic, wish)
    st.header("Checked before")
    with look(Permission.CLINIC_USE) as tx:
        found = rosters(tx, clinic.id)
    draw_rosters(found)


def _check(clinic: Clinic, wish: RosterWish) -> None:
    bar = st.progress(0.0, text="Checking …")
    with look(Permission.CLINIC_USE) as tx:
        lines = checked_lines(
            tx,
            clinic.id,
            wish.lines,
            lambda share: bar.progress(share, text=f"Checking: {share:.0%} done"),
        )
    roster_id = ""
    acting = act()
    with acting as tx:
        roster_id = keep_roster(tx, clinic.id, CheckedRoster(wish.title, wish.columns, lines))
    bar.empty()
    if acting.committed:
        leave_notice("Checked, and kept here.")
        go("rosters", roster=roster_id)


def _draw_one(clinic: Clinic, roster_id: str) -> None:
    with look(Permission.CLINIC_USE) as tx:
        roster = roster_detail(tx, clinic.id, roster_id)
    link("All rosters", "rosters", icon=":material/arrow_back:")
    st.header(plain(roster.summary.title))
    draw_roster(roster)
    with st.container(horizontal=True):
        receipt = st.button("Make a receipt", type="primary", icon=":material/receipt_long:")
        again = st.button("Check it again now", icon=":material/refresh:")
        gone = st.button("Forget this roster", icon=":material/delete:")
    if receipt and make_receipt(clinic, roster.summary.id):
        leave_notice("The receipt is made and sealed.")
        go("receipts")
    if again:
        lines = tuple(one.line for one in roster.checked)
        _check(clinic, RosterWish(roster.summary.title, roster.columns, lines))
    if gone:
        _forget(clinic, roster)


@st.dialog("Forget this roster?")
def _forget(clinic: Clinic, roster: RosterDetail) -> None:
    st.markdown(
        "The names and what was found are deleted for good. Receipts that were made of it stay."
    )
    if not st.button("Forget it", type="primary"):
        return
    acting = act()
    with acting as tx:
        discard_roster(tx, clinic.id, roster.summary.id)
    if acting.committed:
        leave_notice("Forgotten.")
        go("rosters")


clinic = choose_clinic("Rosters")
wanted = parameter("roster")
if wanted:
    _draw_one(clinic, wanted)
else:
    _draw_list(clinic)
