"""The questions that close a lesson: any number of tries, and the answer for whoever asks."""

from collections.abc import Callable

import streamlit as st
from pydantic import JsonValue

from courses.queries.lesson import CheckAnswer, CheckView, LessonView
from quizbank.kinds.shown import State
from ui.kinds.item_form import ask, show_explanations, show_mark
from ui.words import count

_REVEALED = "revealed-checks"
Answer = Callable[[str, JsonValue], None]


def revealed_checks() -> frozenset[str]:
    """Return the check questions whose answer the reader asked to see in this session."""
    return frozenset(st.session_state.get(_REVEALED, ()))


def draw_checks(view: LessonView, answer: Answer) -> None:
    """Draw every check question; `answer` is told what was chosen."""
    for number, check in enumerate(view.checks, start=1):
        with st.container(border=True):
            st.subheader(f"Question {number} of {len(view.checks)}")
            _draw_check(view.slug, check, answer)


def checks_ahead(view: LessonView) -> str:
    """Say what comes once the lesson is read."""
    return (
        f"{count(len(view.checks), 'question')} close this lesson. You may try again as often as "
        "you like, and see the answer when you ask; nothing here counts towards the exam."
    )


def _draw_check(slug: str, check: CheckView, answer: Answer) -> None:
    last = check.answer
    key = f"check-{slug}-{check.item_id}-{last.number if last else 0}"
    response = ask(check.prompt, key, last.response if last else None)
    if last is None or response != last.response:
        st.button(
            "Check my answer",
            key=f"{key}-go",
            disabled=response is None,
            on_click=answer,
            args=(check.item_id, response),
        )
        return
    show_mark(last.mark)
    show_explanations(last.explanations)
    if last.mark.state is not State.RIGHT:
        _draw_way_on(check, last, key)


def _draw_way_on(check: CheckView, last: CheckAnswer, key: str) -> None:
    if check.item_id in revealed_checks():
        st.markdown("Now choose the right answer above, to close this question.")
        return
    st.markdown("Choose again above and check once more, or look at the answer.")
    st.button(
        "Show the answer",
        key=f"{key}-show-{last.number}",
        icon=":material/visibility:",
        on_click=_reveal,
        args=(check.item_id,),
    )


def _reveal(item_id: str) -> None:
    st.session_state[_REVEALED] = revealed_checks() | {item_id}
