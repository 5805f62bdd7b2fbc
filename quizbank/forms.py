"""Forms: what a blueprint asks for, and what a seed decides; the same seed decides alike."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from quizbank.exams import Cell

# Enough candidates that every item has near the same chance, few enough that the size of the
# bank does not matter: a draw reads one window of the index, not the bank.
SMALLEST_WINDOW = 64
KEY_SPACE = 2**63


class Placed(Protocol):
    """What decides which cells an item fits."""

    @property
    def objective(self) -> str: ...  # noqa: D102 said above
    @property
    def level(self) -> str: ...  # noqa: D102 said above
    @property
    def kind(self) -> str: ...  # noqa: D102 said above
    @property
    def critical(self) -> bool: ...  # noqa: D102 said above
    @property
    def tags(self) -> Sequence[str] | frozenset[str]: ...  # noqa: D102 said above


@dataclass(frozen=True)
class Quota:
    """How many items to draw for one cell, critical or not."""

    cell: Cell
    critical: bool
    count: int

    @property
    def window(self) -> int:
        """How many candidates to draw from."""
        return max(SMALLEST_WINDOW, 4 * self.count)

    @property
    def name(self) -> str:
        """The cell in words, "MF-01 (apply; single choice or number; eye)"."""
        parts = [
            self.cell.level.value if self.cell.level else "",
            " or ".join(kind.replace("_", " ") for kind in sorted(self.cell.kinds)),
            " and ".join(sorted(self.cell.tags)),
        ]
        said = "; ".join(part for part in parts if part)
        return f"{self.cell.objective} ({said})" if said else self.cell.objective

    def takes(self, item: Placed) -> bool:
        """Tell whether this item may fill one of its places."""
        cell = self.cell
        return (
            # A text to read fills no place of a question.
            item.kind != "description"
            and item.critical == self.critical
            and item.objective == cell.objective
            and (cell.level is None or item.level == cell.level)
            and (not cell.kinds or item.kind in cell.kinds)
            and set(cell.tags).issubset(item.tags)
        )


def quotas(cells: Sequence[Cell]) -> tuple[Quota, ...]:
    """Split every cell into its critical and its other items."""
    split = [
        quota
        for cell in cells
        for quota in (
            Quota(cell, True, cell.critical),
            Quota(cell, False, cell.count - cell.critical),
        )
    ]
    return tuple(quota for quota in split if quota.count)


def draw_key(item_id: str) -> int:
    """Return the item's place, 0 to 2**63 - 1, on the ring from which windows are cut."""
    return int.from_bytes(hashlib.sha256(item_id.encode()).digest()[:8]) >> 1


def window_start(seed: int, quota: Quota) -> int:
    """Return where on the ring this draw's window begins."""
    return _random(seed, "window", quota.name, quota.critical).randrange(KEY_SPACE)


def shuffled(seed: int, what: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the ids in an order that the seed and `what` decide."""
    order = list(ids)
    _random(seed, "order", what).shuffle(order)
    return tuple(order)


def _random(seed: int, *parts: object) -> random.Random:
    # Each use has its own stream, so that one more draw changes no other.
    return random.Random("/".join(str(part) for part in (seed, *parts)))  # noqa: S311 fairness, not secrecy
