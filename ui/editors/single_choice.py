"""The form of a single choice item."""

import streamlit as st

from ui.bank.item_draft import Draft
from ui.bank.item_problems import option_letter
from ui.editors.options import edit_options

_MOST = 20


def edit(draft: Draft) -> None:
    """Draw the options, and one choice for the right one."""
    partly = st.toggle(
        "A wrong option may earn part of the mark",
        value=any(option.get("weight") for option in draft.options),
        key=draft.key("partly"),
        wrap=True,
    )
    label = "Percent of the mark for wrong option" if partly else ""
    edit_options(draft, _MOST, several_right=False, weight=label)
    ids = [str(option["id"]) for option in draft.options]
    standing = [place for place, option in enumerate(draft.options) if option.get("correct")]
    right = st.radio(
        "Right answer",
        ids,
        index=standing[0] if standing else None,
        format_func=lambda one: f"Option {option_letter(ids.index(one))}" if one in ids else one,
        # Streamlit remembers the words of the choice, "Option B", and these move with the order.
        key=draft.key(f"right-{'-'.join(ids)}"),
        horizontal=True,
    )
    for option in draft.options:
        option["correct"] = option["id"] == right
