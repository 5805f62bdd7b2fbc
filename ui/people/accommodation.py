"""What somebody is granted at every exam: granting it, its history, one's own in words."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from base.permissions import Permission
from quizbank.commands.accommodations import MOST_PAUSE_MINUTES, MOST_TIME, grant_accommodation
from quizbank.queries.accommodations import Accommodation, accommodations_of
from quizbank.sittings import Adjustment
from ui.act import act, look
from ui.notice import leave_notice
from ui.words import as_typed, count, day, plain

# Headings, text and buttons are all measured in the page's own unit, so that one line enlarges all.
_LARGER = "<style> html { font-size: 130% !important; } </style>"


@dataclass(frozen=True)
class _Grant:
    """What is to be granted, and why."""

    adjustment: Adjustment
    reason: str


def manage_accommodations(person_id: str) -> None:
    """Show what a person is granted, and grant something else."""
    with look(Permission.ACCOMMODATION_GRANT) as tx:
        history = accommodations_of(tx, person_id)
    _draw_history(history)
    number = history[0].number if history else 0
    grant = _ask_grant(history[0].adjustment if history else Adjustment(), number)
    if grant is None:
        return
    acting = act()
    with acting as tx:
        grant_accommodation(tx, person_id, grant.adjustment, grant.reason, number)
    if acting.committed:
        leave_notice("Granted, from the next start on.")
        st.rerun()


def adjustment_words(adjustment: Adjustment) -> str:
    """Return what is granted: "1.5 times the time, pauses of 10 minutes in all"."""
    said: list[str] = []
    if adjustment.time_factor > 1:
        said.append(f"{adjustment.time_factor:g} times the time")
    if adjustment.pause_minutes:
        said.append(f"pauses of {count(adjustment.pause_minutes, 'minute')} in all")
    if adjustment.larger_text:
        said.append("larger text")
    return (", ".join(said) or "no adjustment").capitalize()


def enlarge(adjustment: Adjustment) -> None:
    """Enlarge everything on the page for who is granted larger text."""
    if adjustment.larger_text:
        st.html(_LARGER)


def _draw_history(history: Sequence[Accommodation]) -> None:
    st.markdown(
        "They hold at every exam from the next start on. The reason is seen by administrators "
        "only; instructors and results show none of it, and invigilators see “adjusted time”."
    )
    if not history:
        st.markdown("**Nothing is granted.**")
        return
    st.markdown(f"**{adjustment_words(history[0].adjustment)}**")
    _draw_grant(history[0])
    if len(history) > 1:
        with st.expander(f"Before: {count(len(history) - 1, 'grant')}"):
            for one in history[1:]:
                st.markdown(f"**{adjustment_words(one.adjustment)}**")
                _draw_grant(one)


def _ask_grant(standing: Adjustment, number: int) -> _Grant | None:
    # A form of its own for every grant: the reason of the last one is not the reason of the next.
    with st.form(f"accommodation-{number}", border=True):
        with st.container(horizontal=True):
            factor = st.number_input(
                "Time, as a factor", 1.0, MOST_TIME, float(standing.time_factor), 0.05, width=220
            )
            minutes = st.number_input(
                "Pauses, minutes in all",
                0,
                MOST_PAUSE_MINUTES,
                standing.pause_minutes,
                5,
                width=220,
            )
        larger = st.checkbox("Larger text in exams and practice", value=standing.larger_text)
        reason = st.text_area(
            "Reason, for administrators only", max_chars=1_000, key=f"accommodation-reason-{number}"
        )
        sent = st.form_submit_button("Grant it", type="primary")
    adjustment = Adjustment(round(factor, 2), int(minutes), larger)
    return _Grant(adjustment, reason) if sent else None


def _draw_grant(one: Accommodation) -> None:
    st.markdown(f"Granted on {day(one.at)} by {plain(one.granted_by)}. {as_typed(one.reason)}")
