"""One question of practice: answered, checked, and explained before the next one comes."""

from collections.abc import Callable

import streamlit as st
from pydantic import JsonValue

from base.permissions import Permission
from courses.commands.practice import answer_question
from quizbank.confidence import Confidence
from quizbank.queries.bank import sources
from quizbank.queries.sitting import (
    Sitting,
    SittingItem,
)
from ui.act import act, look
from ui.kinds.item_form import ask, show_explanations, show_mark, show_written, stem_of
from ui.lessons.text import draw_sources
from ui.practice.case import go_through_case
from ui.results.debrief import draw_debrief
from ui.sitting.confidence import ask_confidence


def draw_practice_question(now: Sitting, item: SittingItem, go_on: Callable[[], None]) -> None:
    """Draw the question with its feedback once it is answered; `go_on` draws the way on."""
    if item.position in now.texts:
        ask(item.prompt, "", heading="To read first")
        go_on()
        return
    st.header(f"Question {now.number_of(item.position)} of {now.questions}")
    if item.feedback is None:
        _draw_open(now, item)
        return
    st.markdown(stem_of(item.prompt))
    show_written(item.prompt, item.response)
    show_mark(item.feedback.mark)
    if item.confidence:
        st.markdown(f"You said: {item.confidence}.")
    if item.feedback.debrief:
        draw_debrief(item.feedback.debrief)
    else:
        show_explanations(item.feedback.explanations)
    with look(Permission.COURSE_STUDY) as tx:
        cited = sources(tx, item.feedback.sources)
    draw_sources(cited)
    go_on()


def _draw_open(now: Sitting, item: SittingItem) -> None:
    key = f"practice-{now.attempt_id}-{item.position}"
    if item.prompt.kind == "case":
        go_through_case(now, item, key)
        return
    response = ask(item.prompt, key)
    said = ask_confidence(f"{key}-sure", None) if item.asks_confidence else None
    st.button(
        "Check my answer",
        type="primary",
        disabled=response is None or (item.asks_confidence and said is None),
        on_click=_answer,
        args=(now, item.position, response, said),
    )


def _answer(now: Sitting, position: int, response: JsonValue, said: Confidence | None) -> None:
    with act() as tx:
        answer_question(tx, now.attempt_id, now.revision, position, response, said)
