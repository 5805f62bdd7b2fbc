"""What a search found: a link to each place, and a snippet with the found words marked."""

from html import escape

import streamlit as st

from courses.search import Found, Hit, Kind, Passage
from ui.nav import link
from ui.words import count, plain

_ICONS = {
    Kind.LESSON: ":material/article:",
    Kind.TERM: ":material/dictionary:",
    Kind.ROW: ":material/rule:",
}
_WORDS = {Kind.LESSON: "Lesson", Kind.TERM: "Glossary", Kind.ROW: "Contraindication"}
_STYLE = """
<style>
  .snippet { margin: 0 0 0.75rem; padding-inline-start: 2.25rem; line-height: 1.55;
    overflow-wrap: anywhere; }
  .snippet mark { background: #f6dc9b; color: #0d1722; padding: 0 0.1em; border-radius: 0.15em;
    font-weight: 600; }
</style>
"""


def draw_hits(search: str, found: Found) -> None:
    """Draw how many places were found, and each of the best."""
    st.html(_STYLE)
    if not found.hits:
        st.info(
            f"Nothing holds “{plain(search)}”. Try fewer words, or the beginning of one.",
            icon=":material/search_off:",
        )
        return
    st.markdown(_how_many(found))
    for hit in found.hits:
        _draw_hit(hit)


def _how_many(found: Found) -> str:
    places = count(found.total, "place")
    shown = "" if len(found.hits) == found.total else f" The best {len(found.hits)} are shown."
    if not found.whole:
        return f"Nothing holds all of these words; {places} hold some of them.{shown}"
    return f"{places} found.{shown}"


def _draw_hit(hit: Hit) -> None:
    passage = hit.passage
    title = f"**{plain(passage.title)}**"
    heading = f" › {plain(passage.heading)}" if passage.heading else ""
    label = f"{title}{heading} :gray[{_WORDS[passage.kind]}]"
    _link(label, passage)
    pieces = (
        f"<mark>{escape(piece)}</mark>" if odd % 2 else escape(piece)
        for odd, piece in enumerate(hit.snippet)
    )
    st.html(f'<p class="snippet">{"".join(pieces)}</p>')


def _link(label: str, passage: Passage) -> None:
    icon = _ICONS[passage.kind]
    if passage.kind is Kind.LESSON:
        there = {"course": passage.course, "lesson": passage.lesson}
        link(label, "lesson", icon=icon, **there, at=passage.place)
    elif passage.kind is Kind.TERM:
        link(label, "glossary", icon=icon, at=passage.place)
    else:
        link(label, "reference", icon=icon, at=passage.place)
