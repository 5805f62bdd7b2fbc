"""Keeping the browser's address true, so that a reload, Back and a copied address lead here."""

import streamlit as st

_SHOWN = "address-shown"


def keep_address() -> None:
    """Write the page's parameters to the address bar.

    Streamlit leaves the address as it was when a link leads to the same page with others.
    """
    standing = st.query_params.to_dict()
    if st.session_state.get(_SHOWN) != standing:
        st.session_state[_SHOWN] = standing
        st.query_params.from_dict(standing)
