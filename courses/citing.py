"""Citations in a text, `[S33]` and its like, and what they are called on a page."""

import re
from collections.abc import Sequence
from unicodedata import normalize

# One group, so that a text splits into words, citations, words, citations, ..., words.
CITATIONS = re.compile(r"((?:\[(?:S\d{2}|CR|WT|GK)\])+)")
KEY = re.compile(r"S\d{2}|CR|WT|GK")
_BEFORE = re.compile(rf"\s*{CITATIONS.pattern}")
_IN_WORDS = {"CR": "course rule", "WT": "widely taught", "GK": "general knowledge"}


def short_key(key: str) -> str:
    """Return a source key as the text shows it: `33`, or `course rule`."""
    return _IN_WORDS.get(key) or key.removeprefix("S").lstrip("0")


def short_keys(keys: Sequence[str]) -> str:
    """Return source keys as the text shows them: `33, 34, course rule`."""
    return ", ".join(map(short_key, keys))


def without_citations(text: str) -> str:
    """Return a text without its citations, as a search or a list shows it."""
    return _BEFORE.sub("", text)


def folded(text: str) -> str:
    """Return a text in lower case without accents, to compare by."""
    letters = normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")
