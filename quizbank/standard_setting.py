"""The modified Angoff study: raters judge items, and their judgements add up to a cut score.

Every rater says, item by item, how likely a borderline candidate (one who just deserves to pass)
answers it right. A rater's cut is the sum over the items; the study's is the mean over the
raters. In the second round raters see the spread of the first. (Angoff 1971; Livingston and
Zieky 1982, "Passing Scores".)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import mean, stdev

# By rater, by position of the item: how likely a borderline candidate answers it right, 0 to 1.
Ratings = Mapping[str, Mapping[int, float]]

# Raters who differ by more than this talk about the item before the second round.
FAR_APART = 0.3
FEWEST_RATERS = 2


@dataclass(frozen=True)
class ItemSpread:
    """How the raters judged one item; `deviation` is the sample's, 0 with one rater."""

    position: int
    raters: int
    mean: float
    deviation: float
    lowest: float
    highest: float

    @property
    def far_apart(self) -> bool:
        """Whether the raters should talk about it."""
        return self.highest - self.lowest > FAR_APART


@dataclass(frozen=True)
class RaterCut:
    """The cut score, in marks, that one rater's judgements add up to."""

    rater: str
    cut: float


@dataclass(frozen=True)
class CutScore:
    """What a round of a study says: in marks of the items judged.

    `error` is the standard error of the mean over the raters, None with fewer than two.
    """

    items: int
    raters: tuple[RaterCut, ...]
    spreads: tuple[ItemSpread, ...]
    mean: float
    deviation: float | None
    error: float | None

    def scaled(self, form_items: int) -> float:
        """Return the mean as marks of a form of so many items."""
        return self.mean / self.items * form_items

    def suggested(self, form_items: int) -> int:
        """Return the whole number of marks of a form at or above the mean.

        Rounded up, because half a mark less would pass somebody below the borderline.
        """
        return ceil(round(self.scaled(form_items), 9))


def whole(ratings: Mapping[int, float], positions: Sequence[int]) -> bool:
    """Tell whether a rater has judged every item."""
    return all(position in ratings for position in positions)


def cut_score(ratings: Ratings, positions: Sequence[int]) -> CutScore | None:
    """Return what the raters who judged every item say; None while nobody has."""
    finished = {
        rater: judged for rater, judged in sorted(ratings.items()) if whole(judged, positions)
    }
    if not finished or not positions:
        return None
    cuts = [sum(judged[position] for position in positions) for judged in finished.values()]
    several = len(cuts) >= FEWEST_RATERS
    deviation = stdev(cuts) if several else None
    return CutScore(
        items=len(positions),
        raters=tuple(RaterCut(rater, cut) for rater, cut in zip(finished, cuts, strict=True)),
        spreads=tuple(_spread(position, finished) for position in positions),
        mean=mean(cuts),
        deviation=deviation,
        error=None if deviation is None else deviation / sqrt(len(cuts)),
    )


def _spread(position: int, ratings: Ratings) -> ItemSpread:
    judged = [one[position] for one in ratings.values()]
    return ItemSpread(
        position=position,
        raters=len(judged),
        mean=mean(judged),
        deviation=stdev(judged) if len(judged) > 1 else 0.0,
        lowest=min(judged),
        highest=max(judged),
    )
