"""The bare lesson as our server would run it."""

from pathlib import Path

import streamlit as st
from bare_lifespan import tuned

app = st.App(Path(__file__).with_name("lesson_page.py"), lifespan=tuned)
