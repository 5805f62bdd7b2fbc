"""The question on the exam's screen, and the bar above it: all that an answer changes.

It is no fragment of its own: a text that is saved on leaving it, and a button that leads on, came
as two runs, and the question of one stood above the buttons of the other.
"""

from datetime import timedelta

import streamlit as st

from base.clock import utc_now
from base.permissions import Permission
from quizbank.queries.sitting import Sitting, SittingItem, sitting
from ui.act import look, show_problem
from ui.kinds.item_form import ask
from ui.sitting.clock import Clock, draw_clock
from ui.sitting.confidence import ask_confidence
from ui.sitting.tab_state import Screen, save, say_confidence, say_what_stands
from ui.tabs import rename_tab
from ui.typed import typed_key

# A command's own run draws within milliseconds; anything older was left by an interrupted run.
_FRESH = timedelta(seconds=1)
# What cannot be changed is still to be read; Streamlit draws it too faint for that, and a closed
# field like an open one.
_CLOSED = """
<style>
  .st-key-frozen :is(label, label *) { color: inherit !important; }
  .st-key-frozen :is([data-testid$="InputRootElement"], [data-testid$="AreaRootElement"]) {
    border-style: dashed; background: none; }
</style>
"""


def standing(screen: Screen, attempt_id: str) -> Sitting:
    """Return where the exam stands: as this run's own command read it, or read now."""
    now = _take_fresh(screen) or _read(screen, attempt_id)
    _notice_other_tab(screen, now)
    return now


def is_over(now: Sitting) -> bool:
    """Tell whether the page around must show the result."""
    return now.ended or bool(now.deadline and now.now > now.deadline)


def is_elsewhere(now: Sitting, tab: str) -> bool:
    """Tell whether another tab than this one has the exam."""
    return now.tab not in {None, tab}


def draw_bar(screen: Screen, now: Sitting, tab: str) -> None:
    """Draw the clock, and what went wrong last."""
    _draw_clock(screen, now, tab)
    draw_problem(screen)


def draw_problem(screen: Screen) -> None:
    """Say what went wrong last, and keep a text that was refused for copying."""
    if screen.problem:
        show_problem(screen.problem)
    if screen.unsaved:
        with st.expander("Your text that was not saved, to copy", expanded=True):
            st.code(screen.unsaved, language=None, wrap_lines=True)


def heading_of(now: Sitting, position: int) -> str:
    """Return what stands above the question."""
    if position in now.texts:
        return "To read first"
    return f"Question {now.number_of(position)} of {now.questions}"


def _take_fresh(screen: Screen) -> Sitting | None:
    fresh, screen.fresh = screen.fresh, None
    if fresh is None or fresh.item is None or fresh.item.position != screen.position:
        return None
    return fresh if utc_now() - fresh.now < _FRESH else None


def _read(screen: Screen, attempt_id: str) -> Sitting:
    with look(Permission.EXAM_SIT) as tx:
        now = sitting(tx, attempt_id, screen.position)
        if screen.revision == 0 and now.was_at:
            # A new tab, one that was refreshed, or a restarted server goes on where one was.
            screen.position = now.was_at
            now = sitting(tx, attempt_id, screen.position)
    return now


def _notice_other_tab(screen: Screen, now: Sitting) -> None:
    if screen.revision == 0:
        screen.revision = now.revision
        say_what_stands(screen, now)
    elif screen.revision != now.revision:
        screen.revision = now.revision
        screen.generation += 1


def _draw_clock(screen: Screen, now: Sitting, tab: str) -> None:
    elsewhere = is_elsewhere(now, tab)
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


def draw_question(screen: Screen, now: Sitting, item: SittingItem) -> None:
    """Draw the question to answer, or as it stands where a break has closed it."""
    key = typed_key(now.attempt_id, item.position, screen.generation)
    if item.position in now.frozen:
        _draw_frozen(now, item, key)
    else:
        _draw_answering(screen, now, item, key)


def _draw_answering(screen: Screen, now: Sitting, item: SittingItem, key: str) -> None:
    position = item.position
    ask(
        item.prompt,
        key,
        item.response,
        lambda response: save(screen, now, position, response),
        heading=heading_of(now, position),
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
    st.html(_CLOSED)
    with st.container(key="frozen"):
        heading = heading_of(now, item.position)
        ask(item.prompt, key, item.response, disabled=True, heading=heading)


def _nothing() -> None:
    """The clock's rerun is all that is needed: the redraw sees what has changed."""
