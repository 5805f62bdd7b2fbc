"""What a change does to an item, field by field."""

from collections.abc import Sequence

import streamlit as st

from quizbank.item_diff import FieldChange
from ui.bank.item_problems import place_in_words
from ui.diff import draw_diff


def draw_changes(changes: Sequence[FieldChange], is_new: bool) -> None:
    """Draw every field that differs, with what was removed and what was added marked in words."""
    if is_new:
        st.markdown("A new item: all of it is new.")
    elif not changes:
        st.markdown("Nothing differs from the published version.")
    else:
        draw_diff([(place_in_words(one.path), one.pieces) for one in changes])
