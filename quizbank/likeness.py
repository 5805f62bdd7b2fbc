"""Stems that ask nearly the same: one against a bank, and any two among many.

Likeness is rapidfuzz's ratio of words in any order; pictures, emphasis and capitals do not count.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from rapidfuzz import fuzz, process

from quizbank.linting import Likeness

# Of 100: two stems that share this much differ in a word or two.
_ALIKE = 88
_UNLIKE = 40
_SHORTEST = 15


def alike(stem: str, others: Mapping[str, str], most: int = 3) -> tuple[Likeness, ...]:
    """Return the items, by id, whose stems are most like this one; none for a stem just begun."""
    wanted = _plain(stem)
    if len(wanted) < _SHORTEST:
        return ()
    plain = {item_id: _plain(text) for item_id, text in others.items()}
    return tuple(
        Likeness(item_id, others[item_id], share) for item_id, share in _like(wanted, plain, most)
    )


def alike_pairs(stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of every two stems that are alike, however short.

    The time grows with the square of their number: 4,000 take about two seconds.
    """
    plain: dict[int, str] = {}
    for place, stem in enumerate(map(_plain, stems)):
        yield from ((earlier, place) for earlier, _ in sorted(_like(stem, plain, None)))
        plain[place] = stem


def unlike(one: str, other: str) -> bool:
    """Tell whether two stems have so little in common that they hardly ask the same."""
    return fuzz.token_sort_ratio(_plain(one), _plain(other)) < _UNLIKE


_Name = TypeVar("_Name", str, int)


def _like(
    wanted: str, plain: Mapping[_Name, str], most: int | None
) -> Iterator[tuple[_Name, float]]:
    """Yield the names of those that are like the wanted stem, and how much, the likest first."""
    found = process.extract(
        wanted, plain, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE, limit=most
    )
    return ((name, score / 100) for _, score, name in found)


def _plain(stem: str) -> str:
    return " ".join(re.sub(r"!\[[^\]]*\]\([^)]*\)|[^\w\s]", " ", stem).casefold().split())
