"""The exam screen: one question, its neighbours, what is saved; redrawn as a fragment.

Everything on it is read from the database at each redraw, so that a refresh, another device or a
restarted server shows the same.
"""

import streamlit as st

from quizbank.queries.sitting import Sitting
from ui.kinds.item_form import ask
from ui.sitting.on_break import draw_before_break, draw_break, draw_break_offer
from ui.sitting.question import (
    draw_bar,
    draw_problem,
    draw_question,
    heading_of,
    is_elsewhere,
    is_over,
    standing,
)
from ui.sitting.summary import draw_summary
from ui.sitting.tab_state import (
    Screen,
    flag,
    go_on,
    go_on_here,
    go_to,
    open_here,
    review,
    screen_of,
)
from ui.tabs import keep_tab
from ui.typed import find_typed

_LIST = "jump-list"


@st.fragment
def draw_sitting(attempt_id: str) -> None:
    """Draw the running exam at the question where this tab stands."""
    screen = screen_of(attempt_id)
    now = standing(screen, attempt_id)
    if is_over(now):
        # The page around this fragment submits and shows the result.
        st.rerun()
    tab = keep_tab()
    if is_elsewhere(now, tab):
        draw_bar(screen, now, tab)
        _draw_elsewhere(screen, now)
        return
    now = _minding_breaks(screen, now)
    if not screen.sat_here:
        _find_typed(screen, now)
    screen.sat_here = True
    if now.breaks and now.breaks.until:
        draw_problem(screen)
        draw_break(screen, now)
    elif screen.reviewing or screen.pausing:
        draw_bar(screen, now, tab)
        (draw_summary if screen.reviewing else draw_before_break)(screen, now)
    else:
        draw_bar(screen, now, tab)
        if now.item:
            draw_question(screen, now, now.item)
            _draw_way(screen, now, now.item.position)


def _find_typed(screen: Screen, now: Sitting) -> None:
    """Go on at the question where this tab keeps a text that was never saved."""

    def found(position: int) -> None:
        if 1 <= position <= now.size:
            go_to(screen, position)

    find_typed(now.attempt_id, found)


def _minding_breaks(screen: Screen, now: Sitting) -> Sitting:
    """End a break that is used up; open the question that is to be shown."""
    if now.breaks and now.breaks.until and now.breaks.until <= now.now:
        go_on(screen, now)
        now = standing(screen, now.attempt_id)
    asked = not (screen.reviewing or screen.pausing)
    if asked and now.breaks and now.breaks.hides and not now.breaks.until:
        now = open_here(screen, now)
    return now


def _draw_way(screen: Screen, now: Sitting, position: int) -> None:
    _draw_way_on(screen, now, position)
    _draw_jump_list(screen, now)
    draw_break_offer(screen, now)


def _draw_elsewhere(screen: Screen, now: Sitting) -> None:
    """Say that another tab has the exam, and offer to go on here; who sat here may still read."""
    read = " Below you can read your answers, not change them." if screen.sat_here else ""
    if not screen.problem:
        st.warning(
            "**This exam is open in another tab or on another device.** Answers are taken from "
            f"one place at a time. Nothing is lost, and the clock goes on.{read}",
            icon=":material/tab:",
        )
    st.button(
        "Go on here",
        key="go-on-here",
        type="primary",
        icon=":material/login:",
        on_click=go_on_here,
        args=(screen, now.attempt_id),
    )
    if not screen.sat_here or now.item is None:
        return
    position = now.item.position
    key = f"read-{now.attempt_id}-{position}-{now.revision}"
    ask(now.item.prompt, key, now.item.response, disabled=True, heading=heading_of(now, position))
    with st.container(horizontal=True):
        _draw_step(screen, "Previous", "previous", position - 1, position == 1)
        _draw_step(screen, "Next", "next", position + 1, position == now.size)


def _draw_way_on(screen: Screen, now: Sitting, position: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw_step(screen, "Previous", "previous", position - 1, position == 1)
        if position < now.size:
            _draw_step(screen, "Next", "next", position + 1)
        else:
            st.button(
                "Review and submit",
                key="to-review",
                type="primary",
                on_click=review,
                args=(screen, True),
            )
        if position not in now.texts | now.frozen:
            flagged = position in now.flagged
            st.button(
                "Remove flag" if flagged else "Flag for later",
                key="flag",
                icon=":material/flag:",
                on_click=flag,
                args=(screen, now, position, not flagged),
            )


def _draw_step(screen: Screen, name: str, key: str, target: int, disabled: bool = False) -> None:
    forward = key == "next"
    st.button(
        name,
        key=key,
        icon=":material/arrow_forward:" if forward else ":material/arrow_back:",
        type="primary" if forward and not disabled else "secondary",
        on_click=go_to,
        args=(screen, target),
        disabled=disabled,
    )


def _draw_jump_list(screen: Screen, now: Sitting) -> None:
    # Drawn only while it is open: forty questions are much to send with every answer.
    with st.expander("All questions", key=_LIST, on_change="rerun") as listing:
        if listing.open:
            _draw_questions(screen, now)


def _draw_questions(screen: Screen, now: Sitting) -> None:
    key = f"jump-{now.attempt_id}-{screen.generation}"
    st.session_state[key] = screen.position

    def jump() -> None:
        chosen = st.session_state.get(key)
        if chosen:
            go_to(screen, chosen)

    st.pills(
        "Go to question (✓ answered, ⚑ flagged" + (", ⊘ closed)" if now.frozen else ")"),
        list(range(1, now.size + 1)),
        format_func=lambda place: _label(place, now),
        key=key,
        on_change=jump,
    )
    st.button("Review and submit", key="review", on_click=review, args=(screen, True))


def _label(place: int, now: Sitting) -> str:
    if place in now.texts:
        return "To read" if len(now.texts) == 1 else f"To read {place}"
    answered = " ✓" if place in now.answered else ""
    flagged = " ⚑" if place in now.flagged else ""
    closed = " ⊘" if place in now.frozen else ""
    return f"{now.number_of(place)}{answered}{flagged}{closed}"
