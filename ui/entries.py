"""A long list as links with a line of facts each, in short pages; reads well on a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from ui.nav import link

PER_PAGE = 20
# Links cut their text at one line by themselves; a name must be readable to the end.
_STYLE = """
<style>
  [class*="st-key-entries-"] > div {
    padding-block: .5rem .75rem;
    border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  }
  [class*="st-key-entries-"] [data-testid="stPageLink-NavLink"] { padding: .35rem 0; }
  [class*="st-key-entries-"] [data-testid="stPageLink-NavLink"] p {
    white-space: normal; overflow: visible; text-overflow: clip; line-height: 1.45;
  }
  [class*="st-key-entries-"] [data-testid="stPageLink-NavLink"] :is(strong, p:hover) {
    text-decoration: underline; text-underline-offset: .2em; text-decoration-thickness: 1px;
  }
</style>
"""


@dataclass(frozen=True)
class Entry:
    """One thing in a list: its name and what else to know about it, as Markdown.

    `parameters` of its page's address; None where there is nothing more to open.
    """

    label: str
    page: str
    parameters: Mapping[str, str] | None
    facts: tuple[str, ...] = ()


def draw_entries(entries: Sequence[Entry], key: str) -> None:
    """Draw the entries, `PER_PAGE` at a time, with the page numbers below."""
    if not entries:
        return
    st.html(_STYLE)
    body = st.container(key=f"entries-{key}", gap=None)
    pages = -(-len(entries) // PER_PAGE)
    place = 1
    if pages > 1:
        # The number of pages is in the key, so that another search begins on the first one.
        place = st.pagination(pages, key=f"{key}-page-{pages}")
    with body:
        for entry in entries[(place - 1) * PER_PAGE : place * PER_PAGE]:
            _draw(entry)


def short(text: str, longest: int = 110) -> str:
    """Return the text on one line, cut at a word where it is longer."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def _draw(entry: Entry) -> None:
    with st.container(gap=None):
        if entry.parameters is None:
            st.markdown(entry.label)
        else:
            link(entry.label, entry.page, **entry.parameters)
        st.markdown(f":small[{' · '.join(entry.facts)}]")
