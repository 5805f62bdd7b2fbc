"""Forms: which items one learner gets, in which order; the same seed gives the same form."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

from quizbank.exams import Cell

# Enough candidates that every item has near the same chance, few enough that the size of the
# bank does not matter: a draw reads one window of the index, not the bank.
SMALLEST_WINDOW = 64
KEY_SPACE = 2**63


@dataclass(frozen=True)
class Quota:
    """How many items to draw of one objective, critical or not."""

    objective: str
    critical: bool
    count: int

    @property
    def window(self) -> int:
        """How many candidates to draw from."""
        return max(SMALLEST_WINDOW, 4 * self.count)


def quotas(cells: Sequence[Cell]) -> tuple[Quota, ...]:
    """Split every cell into its critical and its other items."""
    split = [
        quota
        for cell in cells
        for quota in (
            Quota(cell.objective, True, cell.critical),
            Quota(cell.objective, False, cell.count - cell.critical),
        )
    ]
    return tuple(quota for quota in split if quota.count)


def draw_key(item_id: str) -> int:
    """Return the item's place, 0 to 2**63 - 1, on the ring from which windows are cut."""
    return int.from_bytes(hashlib.sha256(item_id.encode()).digest()[:8]) >> 1


def window_start(seed: int, quota: Quota) -> int:
    """Return where on the ring this draw's window begins."""
    return _random(seed, "window", quota.objective, quota.critical).randrange(KEY_SPACE)


def choose(seed: int, quota: Quota, candidates: Sequence[str]) -> tuple[str, ...]:
    """Return `quota.count` of the candidates, each set equally likely."""
    rng = _random(seed, "choose", quota.objective, quota.critical)
    return tuple(rng.sample(sorted(candidates), quota.count))


def shuffled(seed: int, what: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the ids in an order that the seed and `what` decide."""
    order = list(ids)
    _random(seed, "order", what).shuffle(order)
    return tuple(order)


def _random(seed: int, *parts: object) -> random.Random:
    # Each use has its own stream, so that one more draw changes no other.
    return random.Random("/".join(str(part) for part in (seed, *parts)))  # noqa: S311 fairness, not secrecy
