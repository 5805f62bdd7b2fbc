"""Stems that ask nearly the same: found by word runs among many, and by likeness for one."""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from quizbank.linting import Likeness

# Of 100: two stems that share this much differ in a word or two.
_ALIKE = 88
_SHORTEST = 15


def alike(stem: str, others: Mapping[str, str], most: int = 3) -> tuple[Likeness, ...]:
    """Return the items, by id, whose stems are most like this one; none for a stem just begun.

    The likeness is rapidfuzz's ratio of words in any order; pictures and emphasis do not count.
    """
    wanted = _plain(stem)
    if len(wanted) < _SHORTEST:
        return ()
    found = process.extract(
        wanted,
        {item_id: _plain(text) for item_id, text in others.items()},
        scorer=fuzz.token_sort_ratio,
        score_cutoff=_ALIKE,
        limit=most,
    )
    return tuple(Likeness(one, others[one], score / 100) for _, score, one in found)


def _plain(stem: str) -> str:
    return " ".join(re.sub(r"!\[[^\]]*\]\([^)]*\)|[^\w\s]", " ", stem).casefold().split())
