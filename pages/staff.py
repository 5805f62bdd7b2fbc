"""A clinic's staff: who consented to be seen, and inviting more."""

import streamlit as st

from accounts.commands.clinics import end_membership, invite_member
from accounts.queries.clinics import Clinic, ClinicMember, clinic_members
from base.permissions import Permission
from ui.act import act, look
from ui.clinics import staff as table
from ui.clinics.choice import add_clinic, ask_name, choose_clinic
from ui.notice import leave_notice
from ui.words import plain

_CODE = "clinic-code"


def _invite(clinic: Clinic, invitation: table.Invitation) -> None:
    code = ""
    acting = act()
    with acting as tx:
        code = invite_member(
            tx, clinic.id, invitation.email, invitation.standing, invitation.staff_number
        )
    if acting.committed:
        st.session_state[_CODE] = (code, invitation)
        st.rerun()


@st.dialog("Take out of the clinic?")
def _take_out(clinic: Clinic, member: ClinicMember) -> None:
    if member.consented:
        st.markdown(
            f"The clinic no longer sees the certificates of {plain(table.called(member))}, and "
            "sends no reminders about them. What was checked before stays as it was."
        )
    else:
        st.markdown("The invitation stops working. You can invite the same person again.")
    if not st.button("Take out" if member.consented else "Withdraw", type="primary"):
        return
    acting = act()
    with acting as tx:
        end_membership(tx, clinic.id, member.id)
    if acting.committed:
        leave_notice("Done.")
        st.rerun()


clinic = choose_clinic("Staff")
with look(Permission.CLINIC_USE) as tx:
    members = clinic_members(tx, clinic.id)

if gone := table.draw_members(members):
    _take_out(clinic, gone)
st.header("Invite somebody")
if fresh := st.session_state.pop(_CODE, None):
    table.show_code(*fresh)
st.markdown(
    "They are asked for their consent. Until they give it, the clinic sees nothing of them; they "
    "can take it back at any time."
)
# The form is a new one after each invitation, so that what was typed stays only where it failed.
if invitation := table.ask_invitation(f"invite-{clinic.id}-{len(members)}"):
    _invite(clinic, invitation)
with st.expander("Make another clinic", icon=":material/add_business:"):
    if name := ask_name("another-clinic"):
        add_clinic(name)
