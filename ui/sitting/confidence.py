"""Asking how sure an answer is, in one row beneath it."""

from collections.abc import Callable

import streamlit as st

from quizbank.confidence import Confidence

QUESTION = "How sure are you?"


def ask_confidence(
    key: str, standing: Confidence | None, save: Callable[[Confidence], None] | None = None
) -> Confidence | None:
    """Draw the choice, and return it; `save` is called whenever the person changes it.

    Once said it can be changed and not taken back. `key` must differ for every question and
    whenever `standing` must be read afresh.
    """

    def changed() -> None:
        chosen = st.session_state.get(key)
        if save and chosen:
            save(Confidence(chosen))

    return st.segmented_control(
        QUESTION,
        list(Confidence),
        format_func=lambda one: str(one).capitalize(),
        default=standing,
        required=True,
        key=key,
        on_change=changed if save else None,
    )
