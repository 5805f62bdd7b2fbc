"""Several options: a checkbox each."""

from collections.abc import Callable

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.item import field_of
from quizbank.kinds.shown import Prompt

_HINT = "Choose all that apply"


def ask(
    prompt: Prompt,
    key: str,
    response: JsonValue,
    save: Callable[[JsonValue], None] | None,
    disabled: bool,
) -> JsonValue:
    """Draw the options as checkboxes; returns `{"options": [id, ...]}` or None."""
    named = field_of(response, "options")
    standing = named if isinstance(named, list) else []

    def changed() -> None:
        if save:
            ticked = [one.id for one in prompt.choices if st.session_state.get(f"{key}-{one.id}")]
            save(_response(ticked))

    if _HINT.casefold() not in prompt.stem.casefold():
        st.markdown(_HINT)
    ticked = [
        choice.id
        for choice in prompt.choices
        if st.checkbox(
            choice.text,
            value=choice.id in standing,
            key=f"{key}-{choice.id}",
            on_change=changed,
            disabled=disabled,
            wrap=True,
        )
    ]
    return _response(ticked)


def _response(ticked: list[str]) -> JsonValue:
    chosen: list[JsonValue] = [*ticked]
    return {"options": chosen} if chosen else None
