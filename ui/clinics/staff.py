"""A clinic's people on screen: who consented, who is invited, and inviting more."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from accounts.clinics import LONGEST_NUMBER, Standing
from accounts.queries.clinics import ClinicMember
from ui.addresses import address
from ui.words import count, day, plain

STANDINGS = {Standing.STAFF: "Staff", Standing.MANAGER: "Manager"}
_MEANINGS = {
    Standing.STAFF: "their certificates are seen by the clinic",
    Standing.MANAGER: "looks after the clinic; needs the role Clinic",
}
_CONSENTED = ":green[:material/check_circle: consented]"
_INVITED = ":blue[:material/mail: invited]"


@dataclass(frozen=True)
class Invitation:
    """Whom to invite, and as what."""

    email: str
    standing: Standing
    staff_number: str


def ask_invitation(key: str) -> Invitation | None:
    """Draw the form to invite somebody; returns it once it is sent."""
    with st.form(key, border=False):
        email = st.text_input("E-mail", type="email", autocomplete="off")
        standing = st.radio(
            "As",
            list(Standing)[::-1],
            format_func=lambda one: f"{STANDINGS[one]}: {_MEANINGS[one]}",
        )
        number = st.text_input(
            "Staff number, if the clinic has one", max_chars=LONGEST_NUMBER, autocomplete="off"
        )
        sent = st.form_submit_button("Invite", type="primary", icon=":material/person_add:")
    return Invitation(email, standing or Standing.STAFF, number) if sent else None


def show_code(code: str, invitation: Invitation) -> None:
    """Show a fresh code; only its digest is kept, so it can't be shown again."""
    st.success(
        f"**Invited.** A mail to {address(invitation.email)} is on its way with this code. You can "
        "hand it over as well: it is shown **only now**.",
        icon=":material/mail:",
    )
    st.code(code, language=None)


def draw_members(members: Sequence[ClinicMember]) -> ClinicMember | None:
    """Draw everybody of the clinic; returns whom to take out, once that is pressed."""
    consented = sum(one.consented for one in members)
    waiting = len(members) - consented
    invited = f", {count(waiting, 'invitation')} not answered yet" if waiting else ""
    people = "1 person belongs" if consented == 1 else f"{consented} people belong"
    st.markdown(f"**{people} to the clinic{invited}**")
    gone = None
    for one in members:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_facts(one), width="stretch")
            label = "Take out" if one.consented else "Withdraw"
            if st.button(f"{label} {called(one)}", key=f"end-{one.id}"):
                gone = one
    return gone


def called(member: ClinicMember) -> str:
    """Return the name of a member, or the e-mail of somebody invited."""
    return member.name or member.email


def _facts(one: ClinicMember) -> str:
    number = f" · number {plain(one.staff_number)}" if one.staff_number else ""
    name = f"**{plain(one.name)}**" if one.name else f"**{address(one.email)}**"
    if one.accepted_at:
        state = f"{_CONSENTED} on {day(one.accepted_at)}"
    else:
        state = f"{_INVITED} on {day(one.invited_at)}"
    mail = f"  \n{address(one.email)}" if one.name else ""
    return f"{name} · {STANDINGS[one.standing]}{number}{mail}  \n{state}"
