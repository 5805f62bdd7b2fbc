"""A few words, typed."""

from collections.abc import Callable

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.item import field_of
from quizbank.kinds.shown import Prompt

_LONGEST = 400


def ask(
    prompt: Prompt,  # noqa: ARG001 one signature for all kinds
    key: str,
    response: JsonValue,
    save: Callable[[JsonValue], None] | None,
    disabled: bool,
) -> JsonValue:
    """Draw a field; returns `{"text": "dermis"}` or None."""

    def changed() -> None:
        if save:
            save(_response(st.session_state.get(key)))

    typed = st.text_input(
        "Your answer (a few words)",
        value=str(field_of(response, "text") or ""),
        key=key,
        on_change=changed,
        disabled=disabled,
        placeholder="No answer" if disabled else None,
        max_chars=_LONGEST,
        autocomplete="off",
    )
    return _response(typed)


def _response(typed: str | None) -> JsonValue:
    return {"text": typed.strip()} if typed and typed.strip() else None
