"""A long list as links with a line of facts each, in short pages; reads well on a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from ui.nav import link

PER_PAGE = 20


@dataclass(frozen=True)
class Entry:
    """One thing in a list: its link, and what else to know about it, both as Markdown."""

    label: str
    page: str
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    facts: tuple[str, ...] = ()


def draw_entries(entries: Sequence[Entry], key: str) -> None:
    """Draw the entries, `PER_PAGE` at a time, with the page numbers below."""
    if not entries:
        return
    body = st.container(gap="xsmall")
    pages = -(-len(entries) // PER_PAGE)
    place = 1
    if pages > 1:
        # The number of pages is in the key, so that another search begins on the first one.
        place = st.pagination(pages, key=f"{key}-page-{pages}")
    with body:
        for entry in entries[(place - 1) * PER_PAGE : place * PER_PAGE]:
            _draw(entry)


def _draw(entry: Entry) -> None:
    with st.container(border=True, gap=None):
        link(entry.label, entry.page, **entry.parameters)
        st.markdown(" · ".join(entry.facts))


def short(text: str, longest: int = 110) -> str:
    """Return the text on one line, cut at a word where it is longer."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
