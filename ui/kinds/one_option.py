"""One option of several: single choice, and true or false."""

from collections.abc import Callable

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.item import field_of
from quizbank.kinds.shown import Prompt


def ask(
    prompt: Prompt,
    key: str,
    response: JsonValue,
    save: Callable[[JsonValue], None] | None,
    disabled: bool,
) -> JsonValue:
    """Draw the options as a radio group; returns `{"option": id}` or None."""
    texts = {choice.id: choice.text for choice in prompt.choices}
    ids = list(texts)
    standing = field_of(response, "option")

    def changed() -> None:
        if save:
            save(_response(st.session_state.get(key)))

    chosen = st.radio(
        "Choose one answer",
        ids,
        index=ids.index(standing) if standing in ids else None,
        format_func=lambda one: texts[one],
        key=key,
        on_change=changed,
        disabled=disabled,
    )
    return _response(chosen)


def _response(chosen: str | None) -> JsonValue:
    return {"option": chosen} if chosen else None
