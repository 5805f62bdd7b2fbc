"""Things to put into order: a list for each place."""

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
    """Draw one list for each place; returns `{"order": [id or None, ...]}` or None.

    Choosing something that stands at another place swaps the two, so nothing stands twice.
    """
    texts = {choice.id: choice.text for choice in prompt.choices}
    keys = [f"{key}-{place}" for place in range(len(texts))]
    _fill(keys, list(texts), response)
    shown: list[str | None] = []

    def changed(place: int) -> None:
        _swap(keys, place, shown)
        if save:
            save(_response([st.session_state.get(one) for one in keys]))

    st.markdown("Choose what comes first, second and so on; choosing again swaps two places")
    for place, place_key in enumerate(keys):
        shown.append(
            st.selectbox(
                f"Place {place + 1}",
                list(texts),
                index=None,
                format_func=lambda one: texts[one],
                key=place_key,
                on_change=changed,
                args=(place,),
                disabled=disabled,
                placeholder="Choose one",
            )
        )
    return _response(shown)


def _fill(keys: list[str], known: list[str], response: JsonValue) -> None:
    named = field_of(response, "order")
    standing = named if isinstance(named, list) else []
    for place, key in enumerate(keys):
        if key not in st.session_state:
            theirs = standing[place] if place < len(standing) else None
            st.session_state[key] = theirs if theirs in known else None


def _swap(keys: list[str], place: int, shown: list[str | None]) -> None:
    chosen = st.session_state.get(keys[place])
    before = shown[place] if place < len(shown) else None
    for other, key in enumerate(keys):
        if chosen and other != place and st.session_state.get(key) == chosen:
            st.session_state[key] = before


def _response(placed: list[str | None]) -> JsonValue:
    order: list[JsonValue] = [*placed]
    return {"order": order} if any(placed) else None
