"""What stands around every page: the demo mark, who is signed in, and small repairs by CSS."""

import streamlit as st

from accounts.queries import is_demo_academy
from base.permissions import Actor
from ui.act import look

# WCAG 2.5.8 wants targets of 24 px; Streamlit's radio labels and small buttons are lower.
# Links in text are told apart by more than colour.
_STYLE = """
<style>
  [data-testid="stRadio"] label, [data-testid="stCheckbox"] label { min-height: 2.25rem; }
  [data-testid="stRadio"] label[data-baseweb="radio"] { padding-block: 0.35rem; }
  [data-testid="stMarkdown"] a { text-decoration: underline; }
  [data-testid="stMarkdown"] table { display: block; overflow-x: auto; }
</style>
"""


def draw_frame() -> Actor:
    """Draw the frame and return who is at the screen."""
    with look() as tx:
        actor, demo = tx.actor, is_demo_academy(tx)
    st.html(_STYLE)
    if demo:
        st.warning(
            "**DEMO academy.** People, results and certificates here are for trying out only.",
            icon=":material/science:",
        )
    return actor
