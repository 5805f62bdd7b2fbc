"""When a clinic's certificates end, month by month, and the calendar that programs subscribe to."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

import streamlit as st

from accounts.queries.clinics import Clinic
from certs.rosters.expiries import Expiry
from certs.rosters.verdicts import ENDS_SOON
from ui.words import count, day, plain


def draw_expiries(expiries: Sequence[Expiry], now: datetime) -> None:
    """List the ends, soonest first, by month."""
    if not expiries:
        st.markdown("**No certificate of the staff or of the newest roster is running.**")
        return
    soon = sum(one.expires_at - now <= ENDS_SOON for one in expiries)
    said = f"{soon} within {ENDS_SOON.days} days" if soon else f"none within {ENDS_SOON.days} days"
    st.markdown(f"**{count(len(expiries), 'certificate')}, {said}**")
    for month, ends in groupby(expiries, key=lambda one: f"{one.expires_at:%B %Y}"):
        lines = "\n".join(_line(one, now) for one in ends)
        st.markdown(f"**{month}**\n\n{lines}")


def _line(one: Expiry, now: datetime) -> str:
    soon = one.expires_at - now <= ENDS_SOON
    mark = " :orange[:material/schedule: ends soon]" if soon else ""
    return f"- {day(one.expires_at)}: **{plain(one.name)}**, {plain(one.achievement)}{mark}"


def ask_calendar(clinic: Clinic) -> str:
    """Draw what the calendar is and its buttons; returns `make`, `withdraw` or an empty text."""
    st.markdown(
        "Calendar programs can subscribe to these ends at a secret address. Whoever has the "
        "address sees the names, so keep it within the clinic; a new one ends the old."
    )
    with st.container(horizontal=True):
        label = "Make a new address" if clinic.has_calendar else "Make the address"
        if st.button(label, icon=":material/calendar_add_on:"):
            return "make"
        if clinic.has_calendar and st.button("Withdraw it", icon=":material/link_off:"):
            return "withdraw"
    return ""


def show_calendar_address(address: str) -> None:
    """Show a fresh address; only its digest is kept, so it can't be shown again."""
    st.success(
        "**The calendar has an address.** It is shown **only now**: add it to your calendar "
        "program as a subscription.",
        icon=":material/calendar_month:",
    )
    st.code(address, language=None, wrap_lines=True)
