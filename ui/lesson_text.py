"""A lesson's text on a page: Markdown with its citations made short, and its list of sources."""

import re
from collections.abc import Sequence

import streamlit as st

from quizbank.sources import Seen, Source

_CITATIONS = re.compile(r"(?:\[(?:S\d{2}|CR|WT|GK)\])+")
_KEY = re.compile(r"S\d{2}|CR|WT|GK")
_WORDS = {"CR": "course rule", "WT": "widely taught", "GK": "general knowledge"}
_SEEN = {
    Seen.ABSTRACT: "We read the abstract.",
    Seen.EXCERPT: "We read an excerpt.",
    Seen.NOT_SEEN: "Known only through others; the original was not seen.",
    Seen.RULE: "",
}


# Quotations are words to say, so they are as dark as the text; narrow columns would make tables
# tall on a phone, so columns keep a width and the table scrolls inside itself.
_STYLE = """
<style>
  [data-testid="stMarkdown"] blockquote, [data-testid="stMarkdown"] blockquote p {
    color: inherit; opacity: 1; }
  @media (max-width: 640px) {
    [data-testid="stMarkdown"] :is(th, td) { min-width: 8.5rem; font-size: 0.9rem; }
  }
</style>
"""


def draw_style() -> None:
    """Set how long texts look; once on a page that draws them."""
    st.html(_STYLE)


def lesson_markdown(text: str) -> str:
    """Return a lesson's Markdown for Streamlit: citations short, no sign of its own taken over."""
    # Lines of a quotation are turns of a talk: each keeps its own line.
    lines = [f"{line}  " if line.startswith(">") else line for line in text.split("\n")]
    return _CITATIONS.sub(_short, _escaped("\n".join(lines)))


def short_keys(keys: Sequence[str]) -> str:
    """Return source keys as the text shows them: `33, 34, course rule`."""
    return ", ".join(_WORDS.get(key) or key.removeprefix("S").lstrip("0") for key in keys)


def draw_text(text: str) -> None:
    """Draw a stretch of a lesson."""
    st.markdown(lesson_markdown(text))


def draw_sources(sources: Sequence[Source]) -> None:
    """List sources under the names that the text gives them, with what was read of each."""
    if not sources:
        return
    with st.expander(f"Sources ({len(sources)})", icon=":material/menu_book:"):
        st.markdown("\n".join(f"- {_entry(source)}" for source in sources))


def _entry(source: Source) -> str:
    said = f"{_escaped(source.citation)} {_SEEN[source.seen]}".strip()
    link = f" [Open the source]({source.link})" if source.link else ""
    return f"**{short_keys([source.key])}** {said}{link}"


def _short(match: re.Match[str]) -> str:
    return rf":small[\[{short_keys(_KEY.findall(match[0]))}\]]"


def _escaped(text: str) -> str:
    # Dollars and colons would begin Streamlit's own formulas, icons and colours.
    return re.sub(r":(?=[a-z-]+(?::|\[))", r"\\:", text.replace("$", r"\$"))
