"""The form of a text to read."""

import streamlit as st

from ui.bank.item_draft import Draft


def edit(draft: Draft) -> None:  # noqa: ARG001 one signature for all kinds
    """Say what becomes of the text: it has no fields of its own."""
    st.markdown("Learners read this text among the questions. It asks nothing and counts nothing.")
