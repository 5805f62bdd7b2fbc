"""Finds stems that ask nearly the same: no practice item may give an exam item away."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[a-z0-9]+")
_RUN = 3
# A run of words that this many stems share is a turn of phrase, not a likeness.
_COMMON = 40
ALIKE = 0.6


def near_equal(stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of places whose stems share at least `ALIKE` of their runs of three words.

    Likeness is the number of shared runs by the number of runs in either (Jaccard).
    """
    runs = [_runs(stem) for stem in stems]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, own in enumerate(runs):
        shared: dict[int, int] = defaultdict(int)
        for run in own:
            if len(holders[run]) < _COMMON:
                for earlier in holders[run]:
                    shared[earlier] += 1
                holders[run].append(place)
        for earlier, count in sorted(shared.items()):
            if count / (len(own) + len(runs[earlier]) - count) >= ALIKE:
                yield earlier, place


def _runs(stem: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(stem.casefold())
    if len(words) <= _RUN:
        return frozenset({tuple(words)})
    return frozenset(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
