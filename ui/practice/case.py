"""A case in practice: every step is saved as it is made, as an exam's answers are."""

import streamlit as st
from pydantic import JsonValue

from courses.commands.practice import answer_question
from quizbank.confidence import Confidence
from quizbank.queries.sitting import (
    Sitting,
    SittingItem,
)
from ui.act import act
from ui.kinds.item_form import ask
from ui.sitting.confidence import ask_confidence


def go_through_case(now: Sitting, item: SittingItem, key: str) -> None:
    """Draw the case as far as it has come; its feedback follows once its last stage is done."""
    # Another tab may have gone on: then the fields are filled from what it saved.
    refilled = st.session_state.get(_refilled(now), 0)
    ask(
        item.prompt,
        f"{key}-{refilled}",
        item.response,
        lambda response: _save(now, item.position, response, _said(key)),
    )
    if item.asks_confidence:
        # Sent with the next step of the case; the last one is not taken without it.
        ask_confidence(_sure(key), item.confidence)


def _sure(key: str) -> str:
    return f"{key}-sure"


def _said(key: str) -> Confidence | None:
    said = st.session_state.get(_sure(key))
    return Confidence(said) if said else None


def _save(now: Sitting, position: int, response: JsonValue, said: Confidence | None) -> None:
    # One run may bring two steps, of typing and of a click; the second follows from the first.
    reached = f"practice-revision-{now.attempt_id}"
    revision = max(st.session_state.get(reached, 0), now.revision)
    acting = act()
    with acting as tx:
        st.session_state[reached] = answer_question(
            tx, now.attempt_id, revision, position, response, said
        )
    if not acting.committed:
        st.session_state.pop(reached, None)
        st.session_state[_refilled(now)] = st.session_state.get(_refilled(now), 0) + 1


def _refilled(now: Sitting) -> str:
    return f"practice-refilled-{now.attempt_id}"
