"""The entry script, run at every rerun: who is it, which page. It draws the frame and no more."""

import sys
from pathlib import Path

# Streamlit puts the entry script's own folder on the path; the house is one floor up.
_HOUSE = str(Path(__file__).resolve().parent.parent)
if _HOUSE not in sys.path:
    sys.path.insert(0, _HOUSE)

import streamlit as st  # noqa: E402 after the path is set

from ui.address_bar import keep_address  # noqa: E402 after the path is set
from ui.frame import draw_frame  # noqa: E402 after the path is set
from ui.nav import menu_for  # noqa: E402 after the path is set

st.set_page_config(page_title="Pinpoint", page_icon=Path(__file__).with_name("icon.png"))
st.logo(Path(__file__).with_name("icon.png"), size="large")
visitor, waiting = draw_frame()
menu = menu_for(visitor, waiting)
page = st.navigation(menu, position="top")
keep_address()
page.run()
