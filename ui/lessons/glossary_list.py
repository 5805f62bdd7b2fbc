"""The glossary from A to Z, with its sources below."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from courses.citing import folded
from courses.handbook import Term
from courses.lesson_html import write_texts
from ui.lessons.text import draw_written

_STYLE = """
<style>
  .letters { display: flex; flex-wrap: wrap; gap: 0.25rem; list-style: none;
    padding: 0 !important; }
  .letters li { margin: 0 !important; }
  .letters a { display: inline-block; min-width: 2rem; min-height: 2rem; line-height: 2rem;
    text-align: center; border-radius: 0.35rem; border: 1px solid rgb(128 128 128 / 0.45); }
  .lesson .terms dt { font-weight: 600; margin: 0.9rem 0 0.15rem; }
  .lesson .terms dt span { font-weight: 400; }
  .lesson .terms dd { margin: 0; }
  .lesson .terms dd p { margin: 0; }
</style>
"""


def matching(terms: Sequence[Term], search: str) -> list[Term]:
    """Return the terms in alphabetical order that hold these words in name or meaning."""
    wanted = folded(search).split()
    held = {one.term: folded(" ".join((*one.spellings, one.meaning))) for one in terms}
    found = (one for one in terms if all(word in held[one.term] for word in wanted))
    return sorted(found, key=lambda one: folded(one.term))


def draw_terms(terms: Sequence[Term]) -> None:
    """Draw terms that are in alphabetical order, under their letters."""
    meanings = write_texts([one.cited_meaning for one in terms])
    entries = zip(terms, meanings, strict=True)
    grouped = groupby(entries, lambda entry: _letter(entry[0]))
    letters = [(letter, list(group)) for letter, group in grouped]
    ways = "".join(f'<li><a href="#letter-{one}">{one}</a></li>' for one, _ in letters)
    lists = "".join(_section(letter, group) for letter, group in letters)
    draw_written(f'{_STYLE}<ul class="letters">{ways}</ul>{lists}')


def _letter(term: Term) -> str:
    first = folded(term.term)[:1].upper()
    return first if "A" <= first <= "Z" else "0-9"


def _section(letter: str, entries: Sequence[tuple[Term, str]]) -> str:
    said = "".join(_entry(term, html) for term, html in entries)
    return f'<h2 id="letter-{letter}">{letter}</h2><dl class="terms">{said}</dl>'


def _entry(term: Term, meaning: str) -> str:
    also = f" <span>(also {escape(', '.join(term.also))})</span>" if term.also else ""
    return f'<dt id="{term.place}">{escape(term.term)}{also}</dt><dd>{meaning}</dd>'
