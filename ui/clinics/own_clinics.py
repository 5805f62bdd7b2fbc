"""The clinics that one belongs to oneself: leaving them, and answering an invitation."""

from collections.abc import Sequence

import streamlit as st

from accounts.clinics import CONSENT
from accounts.commands.clinics import leave_clinic
from accounts.queries.clinics import Invited, OwnMembership
from ui.act import act
from ui.clinics.staff import STANDINGS
from ui.nav import link
from ui.notice import leave_notice
from ui.words import day, plain


def draw_own_clinics(memberships: Sequence[OwnMembership]) -> None:
    """Draw the clinics that one belongs to, each with the way out."""
    for one in memberships:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            said = f"{STANDINGS[one.standing]} since {day(one.accepted_at)}"
            st.markdown(f"**{plain(one.clinic)}** · {said}", width="stretch")
            if st.button(f"Leave {one.clinic}", key=f"leave-{one.id}"):
                _leave(one)
    if not memberships:
        st.markdown("No clinic sees your certificates. One that wants to has to invite you.")
    link("Answer an invitation", "invitation", icon=":material/mail:")


def draw_invited(invited: Invited) -> None:
    """Say who asks for what, before anybody answers."""
    asked = f"**{plain(invited.clinic)}** invites you as: {STANDINGS[invited.standing].lower()}."
    st.markdown(f"{asked}\n\n{CONSENT[invited.standing]}")


@st.dialog("Leave the clinic?")
def _leave(one: OwnMembership) -> None:
    st.markdown(
        f"**{plain(one.clinic)}** no longer sees your certificates. It keeps what it checked "
        "before. To come back you need a new invitation."
    )
    if not st.button("Leave the clinic", type="primary"):
        return
    acting = act()
    with acting as tx:
        leave_clinic(tx, one.id)
    if acting.committed:
        leave_notice("You left the clinic.")
        st.rerun()
