"""Watching over exams: who is where, and what happened."""

import streamlit as st

from accounts.queries.people import names_of
from base.permissions import Permission
from quizbank.commands.incidents import note_on_attempt, note_on_window
from quizbank.queries.incidents import incidents_in, incidents_of
from quizbank.queries.invigilation import WatchedWindow, events_of, seat, seats, watched_windows
from ui.act import act, look
from ui.exams import invigilation as board
from ui.exams.incidents import draw_incidents
from ui.nav import link, parameter
from ui.notice import leave_notice, show_notice
from ui.words import plain

# A room of 300 costs one query each time, and nobody's fate hangs on a few seconds.
_EVERY_SECONDS = 10


def _draw_board() -> None:
    with look(Permission.EXAM_INVIGILATE) as tx:
        windows = watched_windows(tx)
    st.title("Invigilation")
    show_notice()
    window = board.ask_window(windows)
    _draw_seats(window.id if window else None)
    if window:
        _draw_room(window)


@st.fragment(run_every=_EVERY_SECONDS)
def _draw_seats(window_id: str | None) -> None:
    with look(Permission.EXAM_INVIGILATE) as tx:
        found = seats(tx, window_id)
        names = names_of(tx, [one.person_id for one in found])
        now = tx.now
    board.draw_board(found, names, now)


def _draw_room(window: WatchedWindow) -> None:
    with look(Permission.EXAM_INVIGILATE) as tx:
        incidents = incidents_in(tx, window.id)
    st.header("Notes about the whole room")
    draw_incidents(incidents)
    text = board.ask_note("What happened to everybody", f"note-{len(incidents)}")
    if text is None:
        return
    acting = act()
    with acting as tx:
        note_on_window(tx, window.id, text)
    if acting.committed:
        leave_notice("Noted.")
        st.rerun()


def _draw_seat(attempt_id: str) -> None:
    with look(Permission.EXAM_INVIGILATE) as tx:
        one, events, now = seat(tx, attempt_id), events_of(tx, attempt_id), tx.now
        incidents = incidents_of(tx, attempt_id)
        name = names_of(tx, [one.person_id]).get(one.person_id, "unknown")
    link("The board", "invigilation", icon=":material/arrow_back:")
    st.title(plain(name))
    show_notice()
    board.draw_seat(one, now)
    st.header("What happened")
    board.draw_events(events)
    st.header("Notes")
    draw_incidents(incidents)
    text = board.ask_note("What happened", f"note-{len(incidents)}")
    if text is None:
        return
    acting = act()
    with acting as tx:
        note_on_attempt(tx, attempt_id, text)
    if acting.committed:
        leave_notice("Noted.")
        st.rerun()


attempt = parameter("attempt")
if attempt:
    _draw_seat(attempt)
else:
    _draw_board()
