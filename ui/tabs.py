"""Which of a person's tabs this is: a name that stays with it through reloads and restarts."""

import streamlit as st

from base.ids import new_id

_TAB = "tab"
_LONGEST = 32


def own_tab() -> str:
    """Return this tab's name: what the session knows, what its address says, or a new one."""
    if _TAB not in st.session_state:
        st.session_state[_TAB] = st.query_params.get(_TAB, "")[:_LONGEST] or new_id()
    return st.session_state[_TAB]


def keep_tab() -> str:
    """Return this tab's name, and write it to its address, where a reload finds it again."""
    tab = own_tab()
    if st.query_params.get(_TAB) != tab:
        st.query_params[_TAB] = tab
    return tab


def rename_tab() -> None:
    """Give this tab a name of its own: the browser copied it, address and all."""
    st.session_state[_TAB] = new_id()
