"""A bare Streamlit page that shows a lesson's Markdown and nothing else."""

from pathlib import Path

import streamlit as st

st.markdown(Path(__file__).with_name("lesson.md").read_text(encoding="utf-8"))
