"""Finding the words of the glossary in a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from courses.handbook import Term


@dataclass(frozen=True)
class Gloss:
    """A word of a text as it is written there, and the term that explains it."""

    word: str
    term: Term


@dataclass
class Glosser:
    """Finds each term once in a section; `used` holds every term found so far, in order."""

    terms: Sequence[Term]
    used: dict[str, Term] = field(default_factory=dict[str, Term])
    _seen: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        """Prepare one pattern for all spellings; the longest wins, as "facial skin" over "skin"."""
        spelled = {word: term for term in self.terms for word in term.spellings}
        self._exact = {word: term for word, term in spelled.items() if is_short_form(word)}
        self._folded = {
            word.casefold(): term for word, term in spelled.items() if word not in self._exact
        }
        longest_first = sorted(spelled, key=len, reverse=True)
        words = "|".join(map(_pattern, longest_first)) or r"(?!)"
        # A plural is the word too; so is one in front of a hyphen, but not a part of a word.
        self._pattern = re.compile(rf"(?<![\w-])({words})(s|es)?(?![\w])")

    def begin_section(self) -> None:
        """Let terms be explained again."""
        self._seen.clear()

    def split(self, text: str) -> Iterator[str | Gloss]:
        """Yield the text in pieces, with the first word of each term in this section marked."""
        rest = 0
        for found in self._pattern.finditer(text):
            term = self._exact.get(found[1]) or self._folded.get(found[1].casefold())
            if term is None or term.term in self._seen:
                continue
            self._seen.add(term.term)
            self.used[term.term] = term
            yield text[rest : found.start()]
            yield Gloss(found[0], term)
            rest = found.end()
        yield text[rest:]


def is_short_form(word: str) -> bool:
    """Tell whether a spelling is a short form such as PIH, which only capitals make."""
    return sum(letter.isupper() for letter in word) > 1


def _pattern(word: str) -> str:
    spaced = r"\s+".join(map(re.escape, word.split()))
    return spaced if is_short_form(word) else f"(?i:{spaced})"
