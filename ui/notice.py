"""A sentence that outlives one redraw: what a command did, shown on the next screen, once."""

import streamlit as st

_KEY = "notice"


def leave_notice(sentence: str) -> None:
    """Keep a sentence for the next screen."""
    st.session_state[_KEY] = sentence


def show_notice() -> None:
    """Show the sentence that was kept, if any."""
    sentence = st.session_state.pop(_KEY, "")
    if sentence:
        st.success(sentence, icon=":material/check_circle:")
