"""The bare page as our server would run it."""

from pathlib import Path

import streamlit as st
from bare_lifespan import tuned

app = st.App(Path(__file__).with_name("page.py"), lifespan=tuned)
