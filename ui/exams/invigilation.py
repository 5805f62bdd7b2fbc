"""The board of an exam that is being sat, one seat of it, and notes of what happened."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import streamlit as st

from quizbank.attempts import Action
from quizbank.commands.incidents import LONGEST_NOTE
from quizbank.queries.invigilation import Seat, SeatEvent, WatchedWindow
from ui.choosing import pick_or_any
from ui.entries import Entry, draw_entries
from ui.words import count, lasting, moment, plain

_QUIET_AFTER = timedelta(minutes=5)


class _State(StrEnum):
    """Where somebody is; `QUIET` has saved nothing for `_QUIET_AFTER`."""

    SITTING = "Sitting"
    QUIET = "Nothing saved for long"
    BREAK = "On a break"
    ENDED = "Ended"


_HAPPENED = {
    Action.STARTED: "Begun",
    Action.PAUSED: "Break begun",
    Action.RESUMED: "Break over",
    Action.TAKEN_OVER: "Gone on with in another tab or on another device",
    Action.SUBMITTED: "Handed in",
    Action.CLOSED_AT_DEADLINE: "Ended at the deadline",
}


def ask_window(windows: Sequence[WatchedWindow]) -> WatchedWindow | None:
    """Draw whose board is shown; None for every running exam."""
    return st.selectbox(
        "Window",
        [None, *windows],
        format_func=lambda one: (
            f"{one.title}, {moment(one.opens_at)}" if one else "Every running exam"
        ),
        key="watched-window",
    )


def draw_board(seats: Sequence[Seat], names: Mapping[str, str], now: datetime) -> None:
    """Count who is where, and list everybody by name."""
    states = [_state_of(one, now) for one in seats]
    counted = (_State.BREAK, _State.QUIET, _State.ENDED)
    paused, quiet, ended = (states.count(one) for one in counted)
    st.markdown(
        f"**{len(seats) - ended} not ended:** {paused} on a break, {quiet} with nothing saved for "
        f"{lasting(_QUIET_AFTER)} or more; {ended} ended.  \n"
        f":small[As of {now:%H:%M:%S} UTC; renewed by itself. Who reads saves nothing, and is not "
        "gone because of that.]"
    )
    wanted, state = _ask_whom()
    named = sorted(
        ((names.get(one.person_id, "unknown"), one) for one in seats),
        key=lambda pair: (pair[1].closed_at is not None, pair[0].casefold(), pair[1].attempt_id),
    )
    shown = [
        (name, one)
        for name, one in named
        if wanted in name.casefold() and state in {None, _state_of(one, now)}
    ]
    if not shown:
        nobody = "**Nobody fits.** Change the name or the state."
        st.markdown("**Nobody is here.**" if not seats else nobody)
    draw_entries([_entry(name, one, now) for name, one in shown], "seats")


def _ask_whom() -> tuple[str, str | None]:
    """Draw the search of the board; returns a part of the name, and a state or None for any."""
    with st.container(horizontal=True):
        name = st.text_input(
            "Name", key="seat-name", icon=":material/search:", autocomplete="off", width=440
        )
        state = pick_or_any("State", {str(one): str(one) for one in _State}, "seat-state", 240)
    return (name or "").strip().casefold(), state


def draw_seat(one: Seat, now: datetime) -> None:
    """Say where one attempt stands."""
    room = f", {plain(one.window_title)}" if one.window_title else ""
    st.markdown(f"{plain(one.exam_title)}{room}, begun {moment(one.started_at)}.")
    st.markdown(" · ".join(_facts(one, now)))


def draw_events(events: Sequence[SeatEvent]) -> None:
    """List what happened in an attempt, with the times."""
    st.markdown("\n".join(f"- {one.at:%H:%M:%S} UTC: {_HAPPENED[one.action]}" for one in events))


def ask_note(label: str, key: str) -> str | None:
    """Draw the field for a note; returns it once it is sent."""
    with st.form(key, border=True, clear_on_submit=False):
        text = st.text_area(label, max_chars=LONGEST_NOTE)
        sent = st.form_submit_button("Note it", icon=":material/edit_note:")
    st.markdown("A note stays as it is, with your name and the time. The trainee does not see it.")
    return text if sent else None


def _entry(name: str, one: Seat, now: datetime) -> Entry:
    label, parameters = f"**{plain(name)}**", {"attempt": one.attempt_id}
    return Entry(label, "invigilation", parameters, tuple(_facts(one, now)))


def _facts(one: Seat, now: datetime) -> list[str]:
    state = _state_of(one, now)
    facts = [_state_said(one, state, now), f"{one.answered} of {one.questions} answered"]
    if one.closed_at is None and one.deadline:
        # While a break lasts, its rest is in the deadline, but is no time to answer in.
        left = max(one.deadline - max(now, one.paused_until or now), timedelta(0))
        facts.append(f"{count(int(left.total_seconds()) // 60, 'minute')} left")
    if state is _State.SITTING:
        facts.append(f"last saved {_ago(now - one.last_sign)}")
    if one.adjusted:
        facts.append("adjusted time")
    if one.taken_over:
        facts.append(f":orange[:material/tab:] {count(one.taken_over, 'change')} of tab or device")
    if one.late:
        facts.append(f":orange[:material/timer_off:] {count(one.late, 'late answer')}")
    if one.notes:
        facts.append(f":material/edit_note: {count(one.notes, 'note')}")
    return facts


def _state_said(one: Seat, state: _State, now: datetime) -> str:
    if one.closed_at:
        ended = "Ended at its deadline," if one.closed_at == one.deadline else "Handed in at"
        return f":gray[:material/check: {ended} {one.closed_at:%H:%M} UTC]"
    if state is _State.BREAK:
        until = f"until {one.paused_until:%H:%M} UTC at most"
        return f":blue[:material/free_breakfast: **On a break**, {until}]"
    if state is _State.QUIET:
        since = f"since {one.last_sign:%H:%M} UTC, {_ago(now - one.last_sign)}"
        return f":orange[:material/hourglass_empty: **Nothing saved** {since}]"
    return ":green[:material/edit: **Sitting**]"


def _state_of(one: Seat, now: datetime) -> _State:
    if one.closed_at:
        return _State.ENDED
    if one.paused_until is not None and one.paused_until > now:
        return _State.BREAK
    return _State.QUIET if now - one.last_sign >= _QUIET_AFTER else _State.SITTING


def _ago(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    return f"{count(minutes, 'minute')} ago" if minutes else "less than a minute ago"
