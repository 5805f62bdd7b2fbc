"""Breaks on screen: what is left, what a break closes, and the calm page while it lasts."""

import streamlit as st

from quizbank.queries.sitting import Sitting
from ui.sitting.break_clock import draw_break_clock
from ui.sitting.tab_state import Screen, go_on, plan_break, start_break
from ui.words import count, lasting, moment


def draw_break_offer(screen: Screen, now: Sitting) -> None:
    """Say what is left for breaks, and offer one; nothing where the exam has none."""
    if now.breaks is None:
        return
    if not now.breaks.left:
        st.markdown("No time is left for breaks.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Take a break",
            key="to-break",
            icon=":material/free_breakfast:",
            on_click=plan_break,
            args=(screen, True),
        )
        st.markdown(f"{lasting(now.breaks.left)} left for breaks.", width="content")


def draw_before_break(screen: Screen, now: Sitting) -> None:
    """Say what the break closes, before it begins."""
    st.header("Before your break")
    if now.breaks is None:
        return
    st.markdown(
        f"It may last up to **{lasting(now.breaks.left)}**. The exam’s clock rests until you go "
        "on, and no question is shown."
    )
    closing = sorted((now.breaks.seen - now.texts) - now.frozen)
    st.info(
        f"**{count(len(closing), 'question')} that you have seen will be closed** "
        f"({now.numbers(closing)}): the answers stand as they are, and can be read, not changed.",
        icon=":material/lock:",
    )
    open_ones = [place for place in now.unanswered if place in closing]
    if open_ones:
        st.warning(
            f"**Without a whole answer:** {now.numbers(open_ones)}. Answer them before the break; "
            "after it you cannot.",
            icon=":material/help:",
        )
    if now.breaks.closes_at and now.deadline and now.deadline >= now.breaks.closes_at:
        st.warning(
            f"**The window closes at {moment(now.breaks.closes_at)}.** A break does not move "
            "that, so it takes from your time.",
            icon=":material/timer_off:",
        )
    with st.container(horizontal=True):
        st.button(
            "Back to the questions",
            key="no-break",
            icon=":material/arrow_back:",
            on_click=plan_break,
            args=(screen, False),
        )
        st.button(
            "Start the break", key="break", type="primary", on_click=start_break, args=(screen, now)
        )


def draw_break(screen: Screen, now: Sitting) -> None:
    """Draw the page of a running break: its clock, and the way on."""
    if now.breaks is None or now.breaks.until is None:
        return
    st.header("You are on a break")
    key = f"break-{now.attempt_id}-{now.revision}"
    draw_break_clock(key, now.breaks.until, now.now, _nothing)
    st.markdown(
        "Your answers are saved, and the exam’s clock rests. The break ends by itself; then the "
        "clock goes on, whether you are back or not."
    )
    st.button(
        "Go on",
        key="go-on",
        type="primary",
        icon=":material/play_arrow:",
        on_click=go_on,
        args=(screen, now),
    )


def _nothing() -> None:
    """The clock's rerun is all that is needed: the redraw sees that the break is over."""
