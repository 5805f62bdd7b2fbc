"""Answering the invitation of a clinic: what it would see, and yes or no."""

import streamlit as st

from accounts.commands.clinics import accept_invitation, decline_invitation
from accounts.queries.clinics import invitation_by_code
from base.permissions import Permission
from ui.act import act, look
from ui.clinics.own_clinics import draw_invited
from ui.nav import go, parameter
from ui.notice import leave_notice


def _answer(code: str, accepts: bool) -> None:
    acting = act()
    with acting as tx:
        command = accept_invitation if accepts else decline_invitation
        command(tx, code)
    if acting.committed:
        said = "You belong to the clinic now." if accepts else "Declined. The clinic sees nothing."
        leave_notice(said)
        go("account")


with look(Permission.ACCOUNT_OWN):
    st.title("Invitation of a clinic")
code = st.text_input(
    "Code of the invitation",
    value=parameter("code"),
    max_chars=40,
    autocomplete="off",
    placeholder="K7M2P-9QX4T",
    width=320,
)
if not code:
    st.markdown("The code stands in the clinic’s mail, or the clinic hands it to you.")
    st.stop()
with look(Permission.ACCOUNT_OWN) as tx:
    invited = invitation_by_code(tx, code)
draw_invited(invited)
with st.container(horizontal=True):
    yes = st.button("Accept", type="primary", icon=":material/check:")
    no = st.button("Decline", icon=":material/close:")
if yes or no:
    _answer(code, yes)
