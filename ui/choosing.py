"""Choosing one of several, or none of them in particular."""

from collections.abc import Mapping

import streamlit as st

_ANY = "any"


def pick_or_any(label: str, words: Mapping[str, str], key: str, width: int) -> str | None:
    """Ask for one of these, told in their words; None for any. It lasts through other pages."""
    chosen = st.selectbox(
        label,
        [_ANY, *words],
        format_func=lambda one: words.get(one, "Any"),
        key=key,
        persist_state="session",
        width=width,
    )
    return None if chosen == _ANY else chosen
