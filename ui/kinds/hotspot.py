"""A place on a figure: by clicking it, or from the list of what there is to choose."""

from collections.abc import Callable, Sequence

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.item import field_of
from quizbank.kinds.shown import (
    Choice,
    FigureView,
    Prompt,
)
from ui.figures.input import Point, draw_clickable, read_points
from ui.words import plain


def ask(
    prompt: Prompt,
    key: str,
    response: JsonValue,
    save: Callable[[JsonValue], None] | None,
    disabled: bool,
) -> JsonValue:
    """Draw the figure with the list beside it; returns points, regions or None."""
    if prompt.figure is None:
        return None
    given = _Given(key, response, save)
    figure, choices = st.columns([3, 2], gap="medium")
    with figure:
        _draw_figure(prompt, prompt.figure, given, disabled)
    with choices:
        _draw_list(prompt, given, disabled)
    return given.response


class _Given:
    """The answer as it is now, however it was given: the last way used is the one that counts.

    `turn` changes when a click answers, so that the list forgets its choice.
    """

    def __init__(
        self, key: str, response: JsonValue, save: Callable[[JsonValue], None] | None
    ) -> None:
        self.key, self._save = key, save
        self._state = st.session_state.setdefault(f"{key}-given", {"is": response, "turn": 0})

    @property
    def response(self) -> JsonValue:
        return self._state["is"]

    @property
    def turn(self) -> int:
        return self._state["turn"]

    @property
    def regions(self) -> list[str]:
        named = field_of(self.response, "regions")
        return [str(one) for one in named] if isinstance(named, list) else []

    def by_points(self, points: Sequence[Point]) -> None:
        self._state["turn"] += 1
        self._set({"points": [[x, y] for x, y in points]} if points else None)

    def by_list(self, regions: Sequence[str]) -> None:
        self._set({"regions": [*regions]} if regions else None)

    def _set(self, response: JsonValue) -> None:
        self._state["is"] = response
        if self._save:
            self._save(response)


def _draw_figure(prompt: Prompt, figure: FigureView, given: _Given, disabled: bool) -> None:
    places = "the place" if prompt.most == 1 else f"up to {prompt.most} places"
    draw_clickable(
        figure,
        read_points(field_of(given.response, "points"), figure, prompt.most),
        f"{given.key}-figure",
        given.by_points,
        prompt.most,
        hint=f"Click or tap {places}; click again to move the point.",
        disabled=disabled,
    )


def _draw_list(prompt: Prompt, given: _Given, disabled: bool) -> None:
    if prompt.most == 1:
        _draw_radio(prompt.choices, given, disabled)
    else:
        _draw_checkboxes(prompt, given, disabled)


def _draw_radio(choices: Sequence[Choice], given: _Given, disabled: bool) -> None:
    texts = {one.id: one.text for one in choices}
    ids = list(texts)
    standing = next((one for one in given.regions if one in ids), None)
    key = f"{given.key}-list-{given.turn}"

    def changed() -> None:
        chosen = st.session_state.get(key)
        given.by_list([chosen] if chosen else [])

    st.radio(
        "Or choose from the list; it counts the same",
        ids,
        index=ids.index(standing) if standing else None,
        format_func=lambda one: plain(texts[one]),
        key=key,
        on_change=changed,
        disabled=disabled,
    )


def _draw_checkboxes(prompt: Prompt, given: _Given, disabled: bool) -> None:
    keys = {one.id: f"{given.key}-list-{given.turn}-{one.id}" for one in prompt.choices}

    def changed() -> None:
        given.by_list([one for one, key in keys.items() if st.session_state.get(key)])

    st.markdown(f"Or choose up to {prompt.most} from the list; it counts the same")
    for one in prompt.choices:
        standing = one.id in given.regions
        st.checkbox(
            plain(one.text),
            value=standing,
            key=keys[one.id],
            on_change=changed,
            disabled=disabled or (not standing and len(given.regions) >= prompt.most),
            wrap=True,
        )
