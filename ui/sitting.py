"""The exam screen: one question, its neighbours, what is saved; redrawn as a fragment.

Everything on it is read from the database at each redraw, so that a refresh, another device or a
restarted server shows the same.
"""

from datetime import timedelta

import streamlit as st

from base.clock import utc_now
from base.permissions import Permission
from quizbank.queries.sitting import (
    Sitting,
    SittingItem,
    sitting,
)
from ui.act import look, show_problem
from ui.clock import Clock, draw_clock
from ui.confidence import ask_confidence
from ui.item_form import ask
from ui.sitting_break import draw_before_break, draw_break, draw_break_offer
from ui.sitting_screen import (
    Screen,
    flag,
    go_on,
    go_on_here,
    go_to,
    open_here,
    review,
    save,
    say_confidence,
    say_what_stands,
    screen_of,
)
from ui.sitting_summary import draw_summary
from ui.tabs import keep_tab, rename_tab

# A command's own run draws within milliseconds; anything older was left by an interrupted run.
_FRESH = timedelta(seconds=1)
# What cannot be changed is still to be read; Streamlit draws it too faint for that.
_LEGIBLE = "<style> .st-key-frozen :is(label, label *) { color: inherit !important; } </style>"


@st.fragment
def draw_sitting(attempt_id: str) -> None:
    """Draw the running exam at the question where this tab stands."""
    screen = screen_of(attempt_id)
    now = _take_fresh(screen) or _read(screen, attempt_id)
    if now.ended or (now.deadline and now.now > now.deadline):
        # The page around this fragment submits and shows the result.
        st.rerun()
    _notice_other_tab(screen, now)
    tab = keep_tab()
    elsewhere = now.tab not in {None, tab}
    if now.breaks and not elsewhere:
        now = _minding_breaks(screen, now)
        if now.breaks and now.breaks.until:
            _draw_problem(screen)
            draw_break(screen, now)
            return
    _draw_clock(screen, now, tab, elsewhere)
    _draw_problem(screen)
    if elsewhere:
        _draw_elsewhere(screen, now)
        return
    screen.sat_here = True
    if screen.reviewing:
        draw_summary(screen, now)
    elif screen.pausing:
        draw_before_break(screen, now)
    elif now.item:
        _draw_question(screen, now, now.item)


def _minding_breaks(screen: Screen, now: Sitting) -> Sitting:
    """End a break that is used up; open the question that is to be shown."""
    if now.breaks and now.breaks.until and now.breaks.until <= now.now:
        go_on(screen, now)
        now = _take_fresh(screen) or _read(screen, now.attempt_id)
    asked = not (screen.reviewing or screen.pausing)
    if asked and now.breaks and now.breaks.hides and not now.breaks.until:
        now = open_here(screen, now)
    return now


def _draw_clock(screen: Screen, now: Sitting, tab: str, elsewhere: bool) -> None:
    draw_clock(
        Clock(
            attempt=now.attempt_id,
            tab="" if elsewhere else tab,
            deadline=now.deadline,
            now=now.now,
            progress=f"{now.questions - len(now.unanswered)} of {now.questions} answered",
            saved="Nothing is saved from this tab" if elsewhere else screen.saved,
        ),
        on_news=_nothing,
        on_copied=rename_tab,
    )


def _draw_problem(screen: Screen) -> None:
    if screen.problem:
        show_problem(screen.problem)
    if screen.unsaved:
        with st.expander("Your text that was not saved, to copy", expanded=True):
            st.code(screen.unsaved, language=None, wrap_lines=True)


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
    ask(now.item.prompt, key, now.item.response, disabled=True, heading=_heading(now, position))
    with st.container(horizontal=True):
        _draw_step(screen, "Previous", "previous", position - 1, position == 1)
        _draw_step(screen, "Next", "next", position + 1, position == now.size)


def _take_fresh(screen: Screen) -> Sitting | None:
    fresh, screen.fresh = screen.fresh, None
    if fresh is None or fresh.item is None or fresh.item.position != screen.position:
        return None
    return fresh if utc_now() - fresh.now < _FRESH else None


def _read(screen: Screen, attempt_id: str) -> Sitting:
    with look(Permission.EXAM_SIT) as tx:
        now = sitting(tx, attempt_id, screen.position)
        if screen.revision == 0 and (now.answered or now.frozen) and now.first_open:
            # A new tab, or one that was refreshed, goes on where nothing is answered yet.
            screen.position = now.first_open
            now = sitting(tx, attempt_id, screen.position)
    return now


def _notice_other_tab(screen: Screen, now: Sitting) -> None:
    if screen.revision == 0:
        screen.revision = now.revision
        say_what_stands(screen, now)
    elif screen.revision != now.revision:
        screen.revision = now.revision
        screen.generation += 1


def _draw_question(screen: Screen, now: Sitting, item: SittingItem) -> None:
    position = item.position
    key = f"answer-{now.attempt_id}-{position}-{screen.generation}"
    if position in now.frozen:
        _draw_frozen(now, item, key)
    else:
        _draw_answering(screen, now, item, key)
    _draw_way_on(screen, now, position)
    _draw_jump_list(screen, now)
    draw_break_offer(screen, now)


def _draw_answering(screen: Screen, now: Sitting, item: SittingItem, key: str) -> None:
    position = item.position
    ask(
        item.prompt,
        key,
        item.response,
        lambda response: save(screen, now, position, response),
        heading=_heading(now, position),
    )
    if item.asks_confidence:
        ask_confidence(
            f"{key}-sure",
            item.confidence,
            lambda said: say_confidence(screen, now, position, said),
        )


def _draw_frozen(now: Sitting, item: SittingItem, key: str) -> None:
    stands = "it has no answer, and can be given none any more"
    if item.response is not None:
        stands = "your answer stands, and cannot be changed"
    st.info(f"**Seen before your break:** {stands}.", icon=":material/lock:")
    st.html(_LEGIBLE)
    with st.container(key="frozen"):
        heading = _heading(now, item.position)
        ask(item.prompt, key, item.response, disabled=True, heading=heading)


def _heading(now: Sitting, position: int) -> str:
    if position in now.texts:
        return "To read first"
    return f"Question {now.number_of(position)} of {now.questions}"


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
    with st.expander("All questions", key="jump-list", on_change="rerun") as listing:
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


def _nothing() -> None:
    """The clock's rerun is all that is needed: the redraw sees what has changed."""
