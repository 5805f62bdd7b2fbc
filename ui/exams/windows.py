"""Exam windows on screen: the list, a new one, how one stands."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import streamlit as st

from quizbank.commands.windows import LONGEST_PASSWORD, LONGEST_TITLE, WindowPlan
from quizbank.queries.windows import PlannedWindow, WindowedExam
from ui.entries import Entry, draw_entries
from ui.local_time import here_and_utc
from ui.words import count, moment, plain

_STATES = {
    "cancelled": ":gray[:material/event_busy: **Cancelled**]",
    "over": ":gray[:material/event_available: Over]",
    "open": ":green[:material/meeting_room: **Open now**]",
    "planned": ":blue[:material/event: Planned]",
}


def draw_windows(windows: Sequence[PlannedWindow], now: datetime) -> None:
    """List the windows, the latest first."""
    if not windows:
        st.markdown("**No window is planned yet.**")
    draw_entries([_entry(one, now) for one in windows], "windows")


def ask_plan(exams: Sequence[WindowedExam], now: datetime) -> WindowPlan | None:
    """Draw the form for a new window; returns it once it is sent. Times are in UTC."""
    begin = (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    with st.form("window", border=False):
        exam = st.selectbox("Exam", exams, format_func=lambda one: one.title)
        title = st.text_input("Title, such as the room", max_chars=LONGEST_TITLE)
        st.markdown(f"Times are in UTC. It is now {here_and_utc(now)}.")
        opens = st.datetime_input("Opens, in UTC", begin, key="window-opens")
        closes = st.datetime_input("Closes, in UTC", begin + timedelta(hours=3), key="window-ends")
        password = st.text_input(
            "Password to read out in the room, if there is one",
            max_chars=LONGEST_PASSWORD,
            autocomplete="off",
        )
        invited = st.checkbox("Only for people who are invited, by name or with a code")
        sent = st.form_submit_button("Plan the window", type="primary")
    if not sent:
        return None
    return WindowPlan(
        exam.exam_id,
        title,
        opens.replace(tzinfo=UTC),
        closes.replace(tzinfo=UTC),
        password,
        invited,
    )


def ask_times(window: PlannedWindow, now: datetime) -> tuple[datetime, datetime] | None:
    """Draw the form for a window's times, only its end where it is open; returns them once sent."""
    is_open = state_of(window, now) == "open"
    opens = window.opens_at
    with st.form("window-times", border=False):
        st.markdown(f"Times are in UTC. It is now {here_and_utc(now)}.")
        if is_open:
            st.markdown(
                "Everybody who sits in it may go on longer, as far as their own time lasts."
            )
        else:
            said = st.datetime_input("Opens, in UTC", _plain(opens), key="moved-opens")
            opens = said.replace(tzinfo=UTC)
        closes = st.datetime_input("Closes, in UTC", _plain(window.closes_at), key="moved-ends")
        name = "Set this end" if is_open else "Move the window"
        sent = st.form_submit_button(name, type="primary")
    return (opens, closes.replace(tzinfo=UTC)) if sent else None


def _plain(instant: datetime) -> datetime:
    # Fields hold instants without a zone.
    return instant.astimezone(UTC).replace(tzinfo=None)


def draw_window(window: PlannedWindow, now: datetime) -> None:
    """Say what a window is, and how many are in it."""
    state = state_of(window, now)
    facts = [_STATES[state], plain(window.exam_title), f"planned by {plain(window.created_by)}"]
    st.markdown(" · ".join(facts))
    st.markdown(
        f"Opens {here_and_utc(window.opens_at)}.  \nCloses {here_and_utc(window.closes_at)}; "
        "nobody sits longer, whatever time they are granted."
    )
    if window.password:
        st.markdown(f"**Password:** {plain(window.password)}")
    st.markdown(f"{window.running} sitting now, {window.ended} handed in.")


def state_of(window: PlannedWindow, now: datetime) -> str:
    """Return "cancelled", "over", "open" or "planned"."""
    if window.cancelled_at:
        return "cancelled"
    if window.closes_at <= now:
        return "over"
    return "open" if window.opens_at <= now else "planned"


def _entry(one: PlannedWindow, now: datetime) -> Entry:
    facts = [
        _STATES[state_of(one, now)],
        plain(one.exam_title),
        f"{moment(one.opens_at)} to {moment(one.closes_at)}",
    ]
    if one.password:
        facts.append("password")
    if one.invited_only:
        facts.append(f"invited only: {one.invited} by name, {count(one.codes, 'code')} made")
    facts.append(count(one.running + one.ended, "attempt"))
    return Entry(f"**{plain(one.title)}**", "windows", {"window": one.id}, tuple(facts))
