"""The exam screen: one question, its neighbours, what is saved; redrawn as a fragment.

Everything on it is read from the database at each redraw, so that a refresh, another device or a
restarted server shows the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import streamlit as st
from pydantic import JsonValue

from base.clock import utc_now
from base.permissions import Permission
from quizbank.commands.attempts import save_answer, set_flag
from quizbank.kinds.item import (
    field_of,
)
from quizbank.queries.attempts import Sitting, SittingItem, sitting
from ui.act import act, look, show_problem
from ui.clock import draw_clock
from ui.item_form import ask
from ui.words import count

# A command's own run draws within milliseconds; anything older was left by an interrupted run.
_FRESH = timedelta(seconds=1)
# A text of so many characters is not one that is quickly typed again.
_LONG = 40


@dataclass
class Screen:
    """What one tab remembers of an attempt; all of it may be lost without harm.

    `generation` changes the widgets' keys, so that they are filled from the database again.
    `unsaved` is a text that was refused, kept so that it can be copied.
    `fresh` is what this run's command read after it wrote, so that the redraw need not ask again.
    """

    position: int = 1
    revision: int = 0
    generation: int = 0
    saved: str = ""
    problem: str = ""
    unsaved: str = ""
    reviewing: bool = False
    fresh: Sitting | None = None


def screen_of(attempt_id: str) -> Screen:
    """Return this tab's memory of the attempt."""
    key = f"screen-{attempt_id}"
    if key not in st.session_state:
        st.session_state[key] = Screen()
    return st.session_state[key]


@st.fragment
def draw_sitting(attempt_id: str) -> None:
    """Draw the running exam at the question where this tab stands."""
    screen = screen_of(attempt_id)
    now = _take_fresh(screen) or _read(screen, attempt_id)
    if now.ended or (now.deadline and now.now > now.deadline):
        # The page around this fragment submits and shows the result.
        st.rerun()
    _notice_other_tab(screen, now)
    progress = f"{now.questions - len(now.unanswered)} of {now.questions} answered"
    draw_clock(now.deadline, now.now, progress, screen.saved, f"clock-{attempt_id}", _nothing)
    if screen.problem:
        show_problem(screen.problem)
    if screen.unsaved:
        with st.expander("Your text that was not saved, to copy", expanded=True):
            st.code(screen.unsaved, language=None, wrap_lines=True)
    if screen.reviewing:
        _draw_summary(screen, now)
    elif now.item:
        _draw_question(screen, now, now.item)


def _take_fresh(screen: Screen) -> Sitting | None:
    fresh, screen.fresh = screen.fresh, None
    if fresh is None or fresh.item is None or fresh.item.position != screen.position:
        return None
    return fresh if utc_now() - fresh.now < _FRESH else None


def _read(screen: Screen, attempt_id: str) -> Sitting:
    with look(Permission.EXAM_SIT) as tx:
        now = sitting(tx, attempt_id, screen.position)
        if screen.revision == 0 and now.answered and now.unanswered:
            # A new tab, or one that was refreshed, goes on where nothing is answered yet.
            screen.position = now.unanswered[0]
            now = sitting(tx, attempt_id, screen.position)
    return now


def _notice_other_tab(screen: Screen, now: Sitting) -> None:
    if screen.revision == 0:
        screen.revision = now.revision
    elif screen.revision != now.revision:
        screen.revision = now.revision
        screen.generation += 1


def _draw_question(screen: Screen, now: Sitting, item: SittingItem) -> None:
    position = item.position
    key = f"answer-{now.attempt_id}-{position}-{screen.generation}"
    ask(
        item.prompt,
        key,
        item.response,
        lambda response: _save(screen, now, position, response),
        heading=_heading(now, position),
    )
    _draw_way_on(screen, now, position)
    _draw_jump_list(screen, now)


def _heading(now: Sitting, position: int) -> str:
    if position in now.texts:
        return "To read first"
    return f"Question {now.number_of(position)} of {now.questions}"


def _draw_way_on(screen: Screen, now: Sitting, position: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Previous",
            key="previous",
            icon=":material/arrow_back:",
            on_click=_go_to,
            args=(screen, position - 1),
            disabled=position == 1,
        )
        if position < now.size:
            name, key, icon = "Next", "next", ":material/arrow_forward:"
            follow, target = _go_to, position + 1
        else:
            name, key, icon = "Review and submit", "to-review", None
            follow, target = _review, True
        st.button(name, key=key, icon=icon, type="primary", on_click=follow, args=(screen, target))
        if position not in now.texts:
            flagged = position in now.flagged
            st.button(
                "Remove flag" if flagged else "Flag for later",
                key="flag",
                icon=":material/flag:",
                on_click=_flag,
                args=(screen, now, position, not flagged),
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
            _go_to(screen, chosen)

    st.pills(
        "Go to question (✓ answered, ⚑ flagged)",
        list(range(1, now.size + 1)),
        format_func=lambda place: _label(place, now),
        key=key,
        on_change=jump,
    )
    st.button("Review and submit", key="review", on_click=_review, args=(screen, True))


def _label(place: int, now: Sitting) -> str:
    if place in now.texts:
        return "To read" if len(now.texts) == 1 else f"To read {place}"
    answered = " ✓" if place in now.answered else ""
    flagged = " ⚑" if place in now.flagged else ""
    return f"{now.number_of(place)}{answered}{flagged}"


def _draw_summary(screen: Screen, now: Sitting) -> None:
    st.header("Before you submit")
    untouched = [place for place in now.unanswered if place not in now.begun]
    if untouched:
        without = count(len(untouched), "question")
        st.warning(
            f"**{without} without an answer:** {_numbers(now, untouched)}. "
            "An unanswered question earns nothing.",
            icon=":material/help:",
        )
    if now.begun:
        are = "Question {} is" if len(now.begun) == 1 else "Questions {} are"
        st.warning(
            f"**{are.format(_numbers(now, now.begun))} begun:** the stages you answered count, "
            "the others earn nothing.",
            icon=":material/hourglass_bottom:",
        )
    if not now.unanswered:
        st.success(f"All {now.questions} questions are answered.", icon=":material/check_circle:")
    if now.flagged:
        st.info(f"**Flagged for later:** {_numbers(now, now.flagged)}.", icon=":material/flag:")
    st.markdown("After you submit, answers cannot be changed any more.")
    with st.container(horizontal=True):
        st.button(
            "Back to the questions",
            key="back",
            icon=":material/arrow_back:",
            on_click=_review,
            args=(screen, False),
        )
        if st.button("Submit the exam", key="submit", type="primary"):
            st.session_state["submit-now"] = now.attempt_id
            st.rerun()


def _numbers(now: Sitting, places: Iterable[int]) -> str:
    return ", ".join(str(now.number_of(place)) for place in sorted(places))


def _go_to(screen: Screen, position: int) -> None:
    screen.position, screen.reviewing = position, False
    screen.problem = screen.unsaved = ""


def _review(screen: Screen, reviewing: bool) -> None:
    screen.reviewing = reviewing
    screen.problem = ""


def _save(screen: Screen, now: Sitting, position: int, response: JsonValue) -> None:
    after, screen.problem, screen.unsaved = None, "", ""
    acting = act(lambda sentence: _refuse(screen, sentence, response))
    with acting as tx:
        save_answer(tx, now.attempt_id, screen.revision, position, response)
        after = sitting(tx, now.attempt_id, position)
    if after and acting.committed:
        what = "saved" if response is not None else "taken back"
        question = f"question {after.number_of(position)}"
        # Long texts are saved while they are written: screen readers hear it once a minute.
        time = f"{after.now:%H:%M}" if _is_long(response) else f"{after.now:%H:%M:%S}"
        said = f"✓ Answer to {question} {what} at {time} UTC"
        _show_saved(screen, after, said)


def _flag(screen: Screen, now: Sitting, position: int, flagged: bool) -> None:
    after, screen.problem = None, ""
    acting = act(lambda sentence: _tell(screen, sentence))
    with acting as tx:
        set_flag(tx, now.attempt_id, screen.revision, position, flagged)
        after = sitting(tx, now.attempt_id, position)
    if after and acting.committed:
        what = "flagged" if flagged else "no longer flagged"
        _show_saved(screen, after, f"Question {after.number_of(position)} {what}")


def _show_saved(screen: Screen, after: Sitting, saved: str) -> None:
    screen.revision, screen.fresh, screen.saved = after.revision, after, saved


def _refuse(screen: Screen, sentence: str, response: JsonValue) -> None:
    text = field_of(response, "text")
    if _is_long(response) and isinstance(text, str):
        screen.unsaved = text
    _tell(screen, sentence)


def _is_long(response: JsonValue) -> bool:
    text = field_of(response, "text")
    return isinstance(text, str) and len(text) > _LONG


def _tell(screen: Screen, sentence: str) -> None:
    screen.problem, screen.saved = sentence, "Not saved"
    screen.generation += 1


def _nothing() -> None:
    """The clock's rerun is all that is needed: the redraw sees that time is up."""
