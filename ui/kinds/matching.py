"""Premises to match: a list of the choices for each."""

from collections.abc import Callable

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.item import field_of
from quizbank.kinds.shown import Prompt
from ui.words import plain


def ask(
    prompt: Prompt,
    key: str,
    response: JsonValue,
    save: Callable[[JsonValue], None] | None,
    disabled: bool,
) -> JsonValue:
    """Draw one list for each premise; returns `{"pairs": {premise id: choice id}}` or None."""
    texts = {choice.id: choice.text for choice in prompt.choices}
    ids = list(texts)
    named = field_of(response, "pairs")
    standing = named if isinstance(named, dict) else {}

    def changed() -> None:
        if save:
            chosen = {one.id: st.session_state.get(f"{key}-{one.id}") for one in prompt.premises}
            save(_response(chosen))

    st.markdown("Choose what belongs to each")
    chosen: dict[str, str | None] = {}
    for premise in prompt.premises:
        theirs = standing.get(premise.id)
        chosen[premise.id] = st.selectbox(
            plain(premise.text),
            ids,
            index=ids.index(theirs) if isinstance(theirs, str) and theirs in ids else None,
            format_func=lambda one: texts[one],
            key=f"{key}-{premise.id}",
            on_change=changed,
            disabled=disabled,
            placeholder="Choose one",
        )
    return _response(chosen)


def _response(chosen: dict[str, str | None]) -> JsonValue:
    pairs: dict[str, JsonValue] = {premise: one for premise, one in chosen.items() if one}
    return {"pairs": pairs} if pairs else None
