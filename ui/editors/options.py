"""Options with their reasons: text, reason, unsafe; to add, remove and move."""

import streamlit as st

from ui.item_draft import Draft, Fields, empty_option
from ui.item_problems import option_letter


def edit_options(draft: Draft, most: int, several_right: bool) -> None:
    """Draw every option's fields; with `several_right`, each says itself whether it is right."""
    for place, option in enumerate(list(draft.options)):
        with st.container(border=True):
            st.markdown(f"**Option {option_letter(place)}**")
            _edit_texts(draft, place, option)
            if several_right:
                _flag(draft, option, "correct", "Right answer")
            _flag(draft, option, "unsafe", "Unsafe: choosing it would endanger a client")
            _draw_moves(draft, place, option)
    st.button(
        "Add an option",
        key=draft.key("add-option"),
        icon=":material/add:",
        disabled=len(draft.options) >= most,
        on_click=_add,
        args=(draft,),
    )


def _draw_moves(draft: Draft, place: int, option: Fields) -> None:
    letter = option_letter(place)
    with st.container(horizontal=True):
        for way, to in (("up", -1), ("down", 1)):
            st.button(
                f"Move {letter} {way}",
                key=draft.key(f"{way}-{option['id']}"),
                icon=f":material/arrow_{way}ward:",
                type="tertiary",
                disabled=not 0 <= place + to < len(draft.options),
                on_click=_move,
                args=(draft, place, to),
            )
        st.button(
            f"Remove {letter}",
            key=draft.key(f"remove-{option['id']}"),
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove,
            args=(draft, place),
        )


def _edit_texts(draft: Draft, place: int, option: Fields) -> None:
    letter = option_letter(place)
    option["text"] = st.text_area(
        f"Text of option {letter}",
        value=str(option.get("text", "")),
        key=draft.key(f"text-{option['id']}"),
        height="content",
    )
    option["reason"] = st.text_area(
        f"Why option {letter} is right or wrong",
        value=str(option.get("reason", "")),
        key=draft.key(f"reason-{option['id']}"),
        height="content",
    )


def _flag(draft: Draft, option: Fields, field: str, label: str) -> None:
    option[field] = st.checkbox(
        label,
        value=bool(option.get(field)),
        key=draft.key(f"{field}-{option['id']}"),
        wrap=True,
    )


def _add(draft: Draft) -> None:
    draft.options.append(empty_option(draft.options))


def _remove(draft: Draft, place: int) -> None:
    del draft.options[place]


def _move(draft: Draft, place: int, to: int) -> None:
    options = draft.options
    options[place], options[place + to] = options[place + to], options[place]
