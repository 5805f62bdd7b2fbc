"""Figures on a page: drawn, or with controls where they are there to be explored."""

from collections.abc import Mapping

import streamlit as st

from courses.figures.depth_facts import DepthExplorerFacts
from courses.figures.facts import FigureFacts
from courses.figures.healing_facts import HealingExplorerFacts
from courses.figures.lidocaine_facts import LidocaineFacts
from courses.queries.figures import figure_facts
from ui.act import look
from ui.figures.depth_explorer import draw_depth_explorer
from ui.figures.healing_explorer import draw_healing_explorer
from ui.figures.view import draw_still
from ui.lessons.lidocaine import draw_lidocaine
from ui.nav import link


def draw_figure(slug: str, name: str) -> None:
    """Draw a figure of a course; nothing where the academy has no such figure."""
    with look() as tx:
        facts = figure_facts(tx, slug, name)
    if facts is not None:
        draw_facts(facts, slug, name, "figure")


def draw_facts(
    facts: FigureFacts, slug: str, name: str, key: str, *, in_lesson: bool = False
) -> None:
    """Draw a figure of a course; `key` tells figures of the same kind on one page apart."""
    match facts:
        case DepthExplorerFacts():
            draw_depth_explorer(facts, f"{key}-depth")
        case HealingExplorerFacts():
            draw_healing_explorer(facts, f"{key}-healing")
        case LidocaineFacts():
            draw_lidocaine(facts, slug, name, f"{key}-lidocaine", in_lesson=in_lesson)
        case _:
            draw_still(facts, slug, name)


def draw_ways_to_figures(slug: str, titles: Mapping[str, str], but: str = "") -> None:
    """Link to a course's figures on pages of their own; nothing where there is no other."""
    if not titles.keys() - {but}:
        return
    st.header("Figures to explore")
    for name, title in titles.items():
        if name != but:
            link(title, "explorer", icon=":material/insights:", course=slug, figure=name)


def is_explorer(facts: FigureFacts) -> bool:
    """Tell whether the figure has controls, and so is worth a page of its own."""
    return isinstance(facts, DepthExplorerFacts | HealingExplorerFacts | LidocaineFacts)
