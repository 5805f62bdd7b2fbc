"""Full-text search: every word of the lessons, the glossary and the contraindications.

Accents and capitals make no difference, and the beginning of a word finds it. A passage counts for
more where its title holds the word, where the word is rare, and where it stands whole.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log

from courses.citing import folded

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)?")
_LONGEST_QUERY = 200
_MOST_WORDS = 12
_TITLE, _HEADING, _BY_HEART = 6.0, 4.0, 4.0
_WHOLE = 2.0
# How soon the same word again says nothing more (BM25's k1), and what length takes away (its b).
_ENOUGH, _LENGTH = 1.2, 0.6
_SNIPPET = 28
_BEFORE = 6


class Kind(StrEnum):
    """What a passage is part of."""

    LESSON = "lesson"
    TERM = "term"
    ROW = "row"


@dataclass(frozen=True)
class Passage:
    """A stretch of text that can be found and gone to.

    `course` and `lesson` are empty but for lessons; `place` is the id of the element to go to.
    `by_heart` are words that people look for it by and that it need not hold itself.
    """

    kind: Kind
    title: str
    heading: str
    words: str
    place: str
    course: str = ""
    lesson: str = ""
    by_heart: str = ""


@dataclass(frozen=True)
class Hit:
    """A passage that was found, and a snippet: pieces of text, every second one a found word."""

    passage: Passage
    snippet: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Found:
    """The best hits, how many there were, and whether each holds all words that were asked for."""

    hits: tuple[Hit, ...]
    total: int
    whole: bool


class Index:
    """Every word of the passages, and where it stands."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = tuple(passages)
        weights: dict[str, dict[int, float]] = defaultdict(dict)
        lengths: list[int] = []
        for place, passage in enumerate(self._passages):
            counted = _weighed(passage)
            lengths.append(len(_words(passage.words)) + 1)
            for word, weight in counted.items():
                weights[word][place] = weight
        self._weights: Mapping[str, Mapping[int, float]] = dict(weights)
        self._vocabulary = sorted(weights)
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        self._length = [1 - _LENGTH + _LENGTH * one / mean for one in lengths]

    def search(self, query: str, limit: int = 30) -> Found:
        """Return what holds every word of the query; where nothing does, what holds most."""
        asked = list(dict.fromkeys(_words(query[:_LONGEST_QUERY])))[:_MOST_WORDS]
        scores = [self._scores(word) for word in asked]
        places = _common(scores)
        whole = bool(places)
        if not whole:
            places = set[int]().union(*scores)
        ranked = sorted(
            places,
            key=lambda place: (
                -sum(place in one for one in scores),
                -sum(one.get(place, 0.0) for one in scores),
                place,
            ),
        )
        hits = (self._hit(place, asked, scores) for place in ranked[:limit])
        return Found(tuple(hits), len(ranked), whole)

    def _scores(self, asked: str) -> dict[int, float]:
        """Return how well each passage answers one word: the best word that begins with it."""
        best: dict[int, float] = {}
        for word in self._beginning_with(asked):
            holding = self._weights[word]
            rare = log(1 + len(self._passages) / len(holding)) * (_WHOLE if word == asked else 1.0)
            for place, weight in holding.items():
                score = rare * weight / (weight + _ENOUGH * self._length[place])
                best[place] = max(best.get(place, 0.0), score)
        return best

    def _beginning_with(self, asked: str) -> Iterator[str]:
        for place in range(bisect_left(self._vocabulary, asked), len(self._vocabulary)):
            if not self._vocabulary[place].startswith(asked):
                return
            yield self._vocabulary[place]

    def _hit(self, place: int, asked: Sequence[str], scores: Sequence[Mapping[int, float]]) -> Hit:
        passage = self._passages[place]
        score = sum(one.get(place, 0.0) for one in scores)
        return Hit(passage, snippet(passage.words, asked), score)


def snippet(text: str, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the stretch of a text that holds most of the words asked for.

    Pieces by turns: text, found word, text, found word, ..., text.
    """
    spans = [found.span() for found in _WORD.finditer(text)]
    matches = [_matching(text[start:end], asked) for start, end in spans]
    first = _densest(matches)
    begin, end = max(0, first - _BEFORE), min(len(spans), first - _BEFORE + _SNIPPET)
    end = max(end, min(len(spans), _SNIPPET))
    if not spans:
        return (text,)
    pieces = ["… " if begin else ""]
    rest = spans[begin][0] if begin else 0
    for place in range(begin, end):
        if matches[place]:
            start, stop = spans[place]
            pieces[-1] += text[rest:start]
            pieces += [text[start:stop], ""]
            rest = stop
    pieces[-1] += f"{text[rest : spans[end - 1][1]]} …" if end < len(spans) else text[rest:]
    return tuple(pieces)


def _densest(matches: Sequence[str]) -> int:
    """Return where the stretch with most different words begins; 0 where none matches."""
    here = [place for place, match in enumerate(matches) if match]
    best, first = 0, 0
    for place in here:
        held = len({one for one in matches[place : place + _SNIPPET - _BEFORE] if one})
        if held > best:
            best, first = held, place
    return first


def _matching(word: str, asked: Sequence[str]) -> str:
    plain = folded(word)
    return next((one for one in asked if plain.startswith(one)), "")


def _weighed(passage: Passage) -> Mapping[str, float]:
    counted: dict[str, float] = defaultdict(float)
    for word in _words(passage.words):
        counted[word] += 1
    for text, weight in (
        (passage.title, _TITLE),
        (passage.heading, _HEADING),
        (passage.by_heart, _BY_HEART),
    ):
        for word in set(_words(text)):
            counted[word] += weight
    return counted


def _words(text: str) -> list[str]:
    return [folded(word) for word in _WORD.findall(text)]


def _common(scores: Sequence[Mapping[int, float]]) -> set[int]:
    common = set(scores[0]) if scores else set[int]()
    for one in scores:
        common &= one.keys()
    return common
