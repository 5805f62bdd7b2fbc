"""Exam windows: plan one, invite people or make codes, move it, cancel it."""

from datetime import datetime

import streamlit as st

from base.permissions import Permission
from quizbank.commands import windows as commands
from quizbank.queries.windows import (
    PlannedWindow,
    planned_window,
    planned_windows,
    windowed_exams,
)
from ui.act import act, look
from ui.exams import windows as table
from ui.exams.window_invitations import manage_invitations
from ui.nav import go, link, parameter
from ui.notice import leave_notice, show_notice
from ui.words import count, plain


def _draw_list() -> None:
    with look(Permission.EXAM_SCHEDULE) as tx:
        windows, exams, now = planned_windows(tx), windowed_exams(tx), tx.now
    st.title("Exam windows")
    show_notice()
    if not exams:
        st.markdown(
            "No exam is sat in windows only. An exam’s blueprint says so under “Sitting it”."
        )
        link("Exams", "exams", icon=":material/arrow_forward:")
    elif st.button("Plan a window", type="primary", icon=":material/event:"):
        _plan(now)
    table.draw_windows(windows, now)


@st.dialog("Plan a window", on_dismiss="rerun")
def _plan(now: datetime) -> None:
    with look(Permission.EXAM_SCHEDULE) as tx:
        exams = windowed_exams(tx)
    plan = table.ask_plan(exams, now)
    if plan is None:
        return
    made = ""
    acting = act()
    with acting as tx:
        made = commands.plan_window(tx, plan)
    if acting.committed:
        leave_notice("Planned.")
        go("windows", window=made)


def _draw_one(window_id: str) -> None:
    with look(Permission.EXAM_SCHEDULE) as tx:
        window, now = planned_window(tx, window_id), tx.now
    link("All windows", "windows", icon=":material/arrow_back:")
    st.title(plain(window.title))
    show_notice()
    table.draw_window(window, now)
    if table.state_of(window, now) in {"open", "planned"}:
        if window.invited_only:
            manage_invitations(window)
        st.header("Change it")
        later = table.state_of(window, now) == "open"
        if st.button("Let it close later" if later else "Move it", icon=":material/update:"):
            _move(window, now)
        if st.button("Cancel this window", icon=":material/event_busy:"):
            _cancel(window)


@st.dialog("When is it?")
def _move(window: PlannedWindow, now: datetime) -> None:
    times = table.ask_times(window, now)
    if times is None:
        return
    moved, acting = 0, act()
    with acting as tx:
        moved = commands.move_window(tx, window.id, *times)
    if acting.committed:
        more = f" {count(moved, 'attempt')} in it may go on longer." if moved else ""
        leave_notice(f"Moved.{more}")
        st.rerun()


@st.dialog("Cancel this window?")
def _cancel(window: PlannedWindow) -> None:
    st.markdown(
        "Nobody can begin in it any more, and its invitations and codes stop working. "
        f"Who is sitting in it now ({window.running}) goes on to their own deadline."
    )
    if not st.button("Cancel the window", type="primary"):
        return
    acting = act()
    with acting as tx:
        commands.cancel_window(tx, window.id)
    if acting.committed:
        leave_notice("Cancelled.")
        st.rerun()


wanted = parameter("window")
if wanted:
    _draw_one(wanted)
else:
    _draw_list()
