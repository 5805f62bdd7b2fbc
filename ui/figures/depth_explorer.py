"""The depth explorer: choose a site, a source and a needle's length, and see what is known."""

from functools import partial

import streamlit as st

from courses.figures.depth_facts import DepthExplorerFacts
from courses.figures.depth_model import (
    Shown,
    dermis_words,
    epidermis_words,
    exceeds,
    inserted_words,
    live_words,
    reach_words,
    shown,
    verdict_words,
)
from courses.figures.figure import draw_depth
from courses.figures.palette import DARK, LIGHT
from courses.figures.parts import lowered
from ui.figures.spoken import say
from ui.figures.view import draw_picture, draw_table, is_dark


def draw_depth_explorer(facts: DepthExplorerFacts, key: str) -> None:
    """Draw controls, drawing and words; nothing is recommended, and nothing is kept."""
    st.session_state.setdefault(f"{key}-length", facts.lengths.first)
    _explore(facts, key)
    draw_table(facts)


@st.fragment
def _explore(facts: DepthExplorerFacts, key: str) -> None:
    now = _choose(facts, key)
    say(live_words(now), f"{key}-said")
    icon = ":material/block:" if exceeds(now) else ":material/rule:"
    st.markdown(f"{icon} **{now.length:.2f} mm.** {verdict_words(now)}")
    draw_picture(draw_depth(now, DARK if is_dark() else LIGHT))
    st.markdown(
        f"- **Skin:** epidermis {epidermis_words(now)}; dermis {dermis_words(now)}.\n"
        f"- **Reached:** {reach_words(now)}\n"
        f"- **At full length:** {lowered(inserted_words(now).removeprefix('At full length '))}\n"
        f"- **Your limit:** {facts.margin}"
    )


def _choose(facts: DepthExplorerFacts, key: str) -> Shown:
    sites = {one.id: one.name for one in facts.sites}
    views = {one.id: one.label for one in facts.views}
    with st.container(border=True):
        left, right = st.columns(2)
        site = left.selectbox(
            "Site", list(sites), format_func=lambda one: sites[one], key=f"{key}-site"
        )
        view = right.selectbox(
            "Measured by", list(views), format_func=lambda one: views[one], key=f"{key}-view"
        )
        length = st.slider(
            "Needle length in mm",
            facts.lengths.shortest,
            facts.lengths.longest,
            step=facts.lengths.step,
            format="%.2f",
            key=f"{key}-length",
        )
        _draw_buttons(facts, key, length)
    return shown(facts, site, view, length)


def _draw_buttons(facts: DepthExplorerFacts, key: str, length: float) -> None:
    lengths, step = facts.lengths, facts.lengths.step
    place = f"{key}-length"
    with st.container(horizontal=True):
        for words, to in (("Shorter", length - step), ("Longer", length + step)):
            st.button(
                words,
                key=f"{key}-{words.lower()}",
                on_click=partial(_set, place, lengths.nearest(to)),
            )
        for one in lengths.buttons:
            st.button(f"{one:g} mm", key=f"{key}-{one:g}", on_click=partial(_set, place, one))


def _set(place: str, length: float) -> None:
    st.session_state[place] = length
