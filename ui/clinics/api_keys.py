"""A clinic's keys for its own programs on screen: the list, a fresh one, making one."""

from collections.abc import Sequence

import streamlit as st

from certs.queries.api_keys import ApiKey
from ui.words import count, day, plain

_STANDS = ":green[:material/check_circle: works]"


def draw_keys(keys: Sequence[ApiKey]) -> ApiKey | None:
    """Draw the keys; returns the one to revoke, once that is pressed."""
    standing = sum(one.revoked_at is None for one in keys)
    st.markdown(f"**{count(standing, 'key')} that {'works' if standing == 1 else 'work'}**")
    gone = None
    for one in keys:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_facts(one), width="stretch")
            if not one.revoked_at and st.button(f"Revoke {plain(one.label)}", key=f"key-{one.id}"):
                gone = one
    return gone


def show_fresh(key: str) -> None:
    """Show a fresh key; only its digest is kept, so it can't be shown again."""
    st.success(
        "**Made.** Copy the key into your program now: it is shown **only this once**.",
        icon=":material/key:",
    )
    st.code(key, language=None, wrap_lines=True)


def ask_label(key: str) -> str:
    """Draw the form for a new key; returns its name once it is sent."""
    with st.form(key, border=False):
        label = st.text_input(
            "Name of the program that will use it", max_chars=60, autocomplete="off"
        )
        sent = st.form_submit_button("Make a key", type="primary", icon=":material/key:")
    return label or " " if sent else ""


def _facts(one: ApiKey) -> str:
    used = f"{one.used_today:,} of {one.daily_quota:,} certificates asked about today"
    state = (
        f":gray[:material/block: revoked] on {day(one.revoked_at)}"
        if one.revoked_at
        else f"{_STANDS} · {used}"
    )
    made = f"made {day(one.created_at)} · {one.used:,} asked in all"
    return f"**{plain(one.label)}** · {made}  \n{state}"
