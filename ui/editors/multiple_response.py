"""The form of a multiple response item."""

import streamlit as st

from quizbank.kinds.multiple_response import Rule
from ui.editors.options import edit_options
from ui.item_draft import Draft

_MOST = 12
_RULES = {
    Rule.NET_CORRECT.value: "Right choices minus wrong ones, never below zero",
    Rule.ALL_OR_NOTHING.value: "All or nothing: exactly the right ones, or no mark",
}


def edit(draft: Draft) -> None:
    """Draw the options, each right or wrong, and how several choices make one mark."""
    edit_options(draft, _MOST, several_right=True)
    rules = list(_RULES)
    standing = draft.text("rule")
    draft.fields["rule"] = st.radio(
        "Marking",
        rules,
        index=rules.index(standing) if standing in rules else 0,
        format_func=lambda one: _RULES[one],
        key=draft.key("rule"),
    )
