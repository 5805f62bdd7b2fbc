"""Where things are looked up: the search, and from each place to the others."""

import streamlit as st

from ui.nav import link

_PLACES = {
    "search": ("Search everything", "search"),
    "glossary": ("Glossary", "dictionary"),
    "reference": ("Contraindications", "rule"),
}


def draw_look_up(here: str) -> None:
    """Draw links to the other places."""
    with st.container(horizontal=True):
        for name, (label, icon) in _PLACES.items():
            if name != here:
                link(label, name, icon=f":material/{icon}:")
