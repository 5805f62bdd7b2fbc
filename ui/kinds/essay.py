"""A text of some length, typed."""

from collections.abc import Callable

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.essay import count_words
from quizbank.kinds.item import Prompt, field_of
from ui.words import count

_LONGEST = 40_000


def ask(
    prompt: Prompt,
    key: str,
    response: JsonValue,
    save: Callable[[JsonValue], None] | None,
    disabled: bool,
) -> JsonValue:
    """Draw a field that begins with the template; returns `{"text": "The skin …"}` or None."""

    def changed() -> None:
        if save:
            save(_response(prompt, st.session_state.get(key)))

    typed = st.text_area(
        "Your text",
        value=str(field_of(response, "text") or prompt.template),
        key=key,
        height=280,
        on_change=changed,
        disabled=disabled,
        max_chars=_LONGEST,
    )
    st.markdown(length_words(prompt, count_words(typed or "")))
    return _response(prompt, typed)


def length_words(prompt: Prompt, words: int) -> str:
    """Say how many words there are, and how many there should be."""
    said = count(words, "word")
    wanted = wanted_words(prompt.min_words, prompt.max_words)
    return f"{said}; {wanted}." if wanted else f"{said}."


def wanted_words(fewest: int | None, most: int | None) -> str:
    """Say how many words a text should have, or nothing where it does not matter."""
    if fewest and most:
        return f"{fewest} to {most} are expected"
    if fewest:
        return f"{fewest} or more are expected"
    return f"{most} at most are expected" if most else ""


def _response(prompt: Prompt, typed: str | None) -> JsonValue:
    text = typed or ""
    return {"text": text} if text.split() not in ([], prompt.template.split()) else None
