"""The academy's clinics on screen."""

from collections.abc import Sequence

import streamlit as st

from accounts.queries.clinics import ClinicSummary
from ui.entries import Entry, draw_entries
from ui.words import count, day, plain


def draw_clinics(found: Sequence[ClinicSummary]) -> None:
    """Count the clinics, and list them by name."""
    if found:
        st.markdown(f"**{count(len(found), 'clinic')}**")
    else:
        st.markdown("**No clinic yet.**")
    st.markdown(
        "Somebody with the role Clinic makes one and invites its staff, who consent themselves. "
        "Give the role under People. What a clinic sees stays with those who look after it."
    )
    draw_entries([_entry(one) for one in found], "clinics")


def _entry(one: ClinicSummary) -> Entry:
    belong = "1 person belongs to it" if one.members == 1 else f"{one.members} people belong to it"
    return Entry(
        f"**{plain(one.name)}**", "clinics", None, (belong, f"since {day(one.created_at)}")
    )
