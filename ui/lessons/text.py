"""A lesson's text on a page: how it looks, and its sources, which its citations jump to."""

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from courses.citing import short_key, short_keys
from quizbank.sources import Seen, Source

_SEEN = {
    Seen.ABSTRACT: "We read the abstract.",
    Seen.EXCERPT: "We read an excerpt.",
    Seen.NOT_SEEN: "Known only through others; the original was not seen.",
    Seen.RULE: "",
}
# Narrow columns would make tables tall on a phone, so columns keep a width and the table scrolls
# inside itself. What is jumped to must not end under the bar at the top.
_STYLE = """
<style>
  .lesson { line-height: 1.65; overflow-wrap: break-word; }
  .lesson :is(p, ul, ol, blockquote, details, .table) { margin: 0 0 1rem; }
  .lesson :is(dl, dt, dd) { margin: 0; padding: 0; }
  .lesson li { margin: 0 0 0.35rem; }
  .lesson :is(ul, ol) { padding-inline-start: 1.5rem; }
  .lesson :is(h2, h3, h4) { font-family: var(--heading); font-weight: 600; line-height: 1.25; }
  .lesson h1 { font-family: var(--heading); font-weight: 600; font-size: 2.125rem;
    line-height: 1.2; margin: 0; padding: 1.25rem 0 1rem; }
  .lesson .goals { border: 1px solid rgb(128 128 128 / 0.45); border-radius: 0.5rem;
    padding: 1rem; margin: 0 0 1rem; }
  .lesson .goals p { margin: 0 0 0.75rem; }
  .lesson .goals ul { margin: 0; }
  .lesson .note { border-radius: 0.5rem; padding: 1rem; background: rgb(15 122 128 / 0.14); }
  .lesson h2 { margin: 1.5rem 0 0.75rem; padding: 0; font-size: 1.625rem; }
  .lesson :is(h3, h4) { margin: 1.25rem 0 0.5rem; padding: 0; font-size: 1.3125rem; }
  .lesson a { color: var(--link); }
  .lesson [id] { scroll-margin-top: 5rem; }
  .lesson blockquote { border-inline-start: 4px solid rgb(128 128 128 / 0.45);
    padding: 0.25rem 0 0.25rem 1rem; }
  .lesson blockquote p:last-child { margin: 0; }
  .lesson img { max-width: 100%; height: auto; border-radius: 0.5rem; }
  .lesson .table { overflow-x: auto; }
  .lesson table { border-collapse: collapse; font-size: 0.95rem; line-height: 1.5; }
  .lesson :is(th, td) { border: 1px solid rgb(128 128 128 / 0.45); padding: 0.4rem 0.65rem;
    text-align: start; vertical-align: top; min-width: 6rem; }
  .lesson th { font-weight: 600; background: rgb(128 128 128 / 0.1); }
  .lesson .cite { font-size: 0.85em; white-space: normal; }
  .lesson .cite a { text-decoration: none; padding: 0 0.1em; }
  .lesson a:hover, .lesson .cite a:focus-visible { text-decoration: underline; }
  .lesson .term { cursor: help; text-decoration: underline dotted; text-decoration-thickness: 1.5px;
    text-underline-offset: 0.25em; }
  .lesson :is(.term, a, summary, .table):focus-visible { outline: 2px solid currentColor;
    outline-offset: 2px; border-radius: 2px; }
  .lesson details.ask { border: 1px solid rgb(128 128 128 / 0.45); border-radius: 0.5rem;
    padding: 0.6rem 1rem; }
  .lesson details.ask summary { cursor: pointer; min-height: 1.75rem; }
  .lesson details.ask[open] summary { margin-bottom: 0.5rem; }
  .lesson .sources { list-style: none; padding: 0; font-size: 0.95rem; }
  .lesson .sources li { padding: 0.35rem 0.5rem; border-radius: 0.5rem; }
  .lesson [tabindex="-1"]:focus { outline: none; }
  .lesson .sources b { display: inline-block; min-width: 2rem; }
  .lesson .sources a { margin-inline-start: 0.5rem; white-space: nowrap; }
  .lesson .lit { background: rgb(128 128 128 / 0.22); transition: background 1s; }
  [data-testid="stMarkdown"] blockquote, [data-testid="stMarkdown"] blockquote p {
    color: inherit; opacity: 1; }
  @media (max-width: 640px) {
    [data-testid="stMarkdown"] :is(th, td), .lesson :is(th, td) {
      min-width: 8.5rem; font-size: 0.9rem; }
    .lesson table:has([data-label]) thead { position: absolute; width: 1px; height: 1px;
      overflow: hidden; clip-path: inset(50%); }
    .lesson table:has([data-label]) :is(tbody, tr, td) { display: block; min-width: 0; }
    .lesson table:has([data-label]) tr { border: 1px solid rgb(128 128 128 / 0.45);
      border-top-width: 0; padding: 0.5rem 0.65rem; }
    .lesson table:has([data-label]) tr:first-child { border-top-width: 1px; }
    .lesson table:has([data-label]) { display: block; font-size: 1rem; }
    .lesson table:has([data-label]) td { border: 0; padding: 0.1rem 0; font-size: 0.95rem; }
    .lesson table:has([data-label]) td:first-child { font-weight: 600; font-size: 1rem; }
    .lesson td[data-label]::before { content: attr(data-label) ": "; opacity: 0.8; }
    .lesson td[data-label]:empty { display: none; }
  }
  @media (prefers-reduced-motion: reduce) { .lesson .lit { transition: none; } }
</style>
"""


_LINKS = {False: "#0b5c63", True: "#7fd3d0"}


def draw_style() -> None:
    """Set how long texts look; once on a page that draws them."""
    # Streamlit gives its theme to what it draws itself, and not to HTML.
    link = _LINKS[st.context.theme.type == "dark"]
    fonts = st.get_option("theme.headingFont")
    st.html(f"{_STYLE}<style>.lesson {{ --link: {link}; --heading: {fonts}; }}</style>")


def written_html(*html: str) -> str:
    """Return stretches of a lesson that `courses.lesson_html` wrote, as they look on a page."""
    return f'<div class="lesson">{"".join(html)}</div>'


def draw_written(*html: str) -> None:
    """Draw stretches of a lesson that `courses.lesson_html` wrote."""
    st.html(written_html(*html))


def draw_source_places(sources: Sequence[Source]) -> None:
    """List the sources of a lesson as the places that its citations jump to."""
    st.html(source_places_html(sources))


def source_places_html(sources: Sequence[Source]) -> str:
    """Return the list that `draw_source_places` draws."""
    entries = "".join(map(_place, sources))
    return written_html(f'<h2 id="part-sources">Sources</h2><ul class="sources">{entries}</ul>')


def standing_note_html(note: str) -> str:
    """Return what is said of every lesson: who reviews it, and what comes before it."""
    return written_html(f'<p class="note">{escape(note)}</p>')


def draw_sources(sources: Sequence[Source]) -> None:
    """List sources under the names that a text gives them, with what was read of each, folded."""
    if not sources:
        return
    with st.expander(f"Sources ({len(sources)})", icon=":material/menu_book:"):
        st.markdown("\n".join(f"- {_entry(source)}" for source in sources))


def _place(source: Source) -> str:
    link = ""
    if source.link:
        said = f"Open source {short_key(source.key)} in a new tab"
        link = (
            f'<a href="{escape(source.link)}" target="_blank" rel="noopener noreferrer" '
            f'aria-label="{said}">Open the source</a>'
        )
    back = (
        f'<a class="back" href="#cited-{source.key}" '
        f'aria-label="Back to the text from source {short_key(source.key)}">Back to the text</a>'
    )
    citation = escape(f"{source.citation} {_SEEN[source.seen]}".strip())
    return (
        f'<li id="source-{source.key}" tabindex="-1"><b>{short_key(source.key)}</b> '
        f"{citation}{link}{back}</li>"
    )


def _entry(source: Source) -> str:
    said = f"{_escaped(source.citation)} {_SEEN[source.seen]}".strip()
    link = f" [Open the source]({source.link})" if source.link else ""
    return f"**{short_keys([source.key])}** {said}{link}"


def _escaped(text: str) -> str:
    # Dollars and colons would begin Streamlit's own formulas, icons and colours.
    return re.sub(r":(?=[a-z-]+(?::|\[))", r"\\:", text.replace("$", r"\$"))
