"""Who is invited to a window: by name, and by codes that are shown once."""

from collections.abc import Mapping, Sequence

import streamlit as st

from accounts.queries.people import Person, learners, names_of
from base.permissions import Permission
from quizbank.commands.windows import MOST_CODES, invite, make_codes, withdraw_invitation
from quizbank.queries.windows import Invitation, PlannedWindow, invitations_to
from ui.act import act, look
from ui.notice import leave_notice
from ui.words import count, moment, plain

_CODES = "fresh-codes"


def manage_invitations(window: PlannedWindow) -> None:
    """Show who is invited to a window, and invite others."""
    st.header("Who is invited")
    search = st.text_input("Search people", icon=":material/search:", autocomplete="off")
    with look(Permission.EXAM_SCHEDULE) as tx:
        standing = invitations_to(tx, window.id)
        invited = frozenset(one.person_id for one in standing if one.person_id)
        names = names_of(tx, list(invited))
        found = learners(tx, search or "")
    if people := _ask_people(found, invited):
        _invite(window, people)
    if number := _ask_codes():
        _make_codes(window, number)
    if codes := st.session_state.pop(_CODES, None):
        _draw_codes(codes, window)
    if gone := _draw_invited(standing, names):
        _withdraw(gone.id)


def _invite(window: PlannedWindow, people: tuple[str, ...]) -> None:
    acting = act()
    with acting as tx:
        invite(tx, window.id, people)
    if acting.committed:
        leave_notice("Invited.")
        st.rerun()


def _make_codes(window: PlannedWindow, number: int) -> None:
    codes: tuple[str, ...] = ()
    acting = act()
    with acting as tx:
        codes = make_codes(tx, window.id, number)
    if acting.committed:
        st.session_state[_CODES] = codes
        st.rerun()


def _withdraw(invitation_id: str) -> None:
    acting = act()
    with acting as tx:
        withdraw_invitation(tx, invitation_id)
    if acting.committed:
        leave_notice("Withdrawn. An attempt that has begun goes on.")
        st.rerun()


def _ask_people(found: Sequence[Person], invited: frozenset[str]) -> tuple[str, ...]:
    choices = [one for one in found if one.id not in invited]
    chosen = st.multiselect(
        "People to invite",
        choices,
        format_func=lambda one: f"{one.name} ({one.email})",
        placeholder="Choose one or more",
        key=f"invite-{len(invited)}",
    )
    sent = st.button("Invite them", disabled=not chosen, icon=":material/person_add:")
    return tuple(one.id for one in chosen) if sent else ()


def _ask_codes() -> int | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.number_input("Codes to make", 1, MOST_CODES, 10, key="codes", width=180)
        sent = st.button("Make the codes", icon=":material/confirmation_number:")
    return int(number) if sent else None


def _draw_codes(codes: Sequence[str], window: PlannedWindow) -> None:
    # Only their digests are kept, so they can't be shown again.
    st.success(
        f"**{count(len(codes), 'code')} made.** They are shown **only now**: download them, and "
        "give each person one.",
        icon=":material/confirmation_number:",
    )
    st.download_button(
        "Download the codes",
        "\n".join([f"{window.title}, {moment(window.opens_at)}", "", *codes, ""]),
        file_name="codes.txt",
        mime="text/plain",
        icon=":material/download:",
        on_click="ignore",
    )
    st.code("\n".join(codes), language=None)


def _draw_invited(invitations: Sequence[Invitation], names: Mapping[str, str]) -> Invitation | None:
    withdrawn = None
    unused = sum(one.by_code and one.person_id is None for one in invitations)
    if unused:
        st.markdown(f"**{count(unused, 'code')}** not used yet.")
    for one in invitations:
        if one.person_id is None:
            continue
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            how = f"by code, {moment(one.used_at)}" if one.used_at else "by name"
            name = names.get(one.person_id, "unknown")
            st.markdown(f"**{plain(name)}** · {how}", width="stretch")
            if st.button(f"Withdraw {name}", key=f"withdraw-{one.id}"):
                withdrawn = one
    return withdrawn
