"""A bare Streamlit page: a title, a text, a radio group, one button; no database."""

import streamlit as st

OPTIONS = ["The dermis", "The epidermis", "The stratum corneum", "The hypodermis"]

st.title("Final exam")
st.write("Which layer holds most collagen?")
st.radio("Choose one answer", OPTIONS, index=None, key="answer")
st.button("Next")
