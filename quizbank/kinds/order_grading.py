"""How much of an order is right: nine ways to say it, under the names that are usual for them."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

Placed = Sequence[str | None]


class Grading(StrEnum):
    """What earns marks in an order.

    Places (`absolute_position`, `relative_to_correct`: one less for every place that it is off),
    neighbours (`relative_…`: the next one, both neighbours, or all that come before and after;
    `include_last` counts the end as what follows the last), or the longest run that is in order
    (`longest_ordered_subset` with gaps, `longest_contiguous_subset` without).
    """

    ALL_OR_NOTHING = "all_or_nothing"
    ABSOLUTE_POSITION = "absolute_position"
    RELATIVE_NEXT_EXCLUDE_LAST = "relative_next_exclude_last"
    RELATIVE_NEXT_INCLUDE_LAST = "relative_next_include_last"
    RELATIVE_ONE_PREVIOUS_AND_NEXT = "relative_one_previous_and_next"
    RELATIVE_ALL_PREVIOUS_AND_NEXT = "relative_all_previous_and_next"
    LONGEST_ORDERED_SUBSET = "longest_ordered_subset"
    LONGEST_CONTIGUOUS_SUBSET = "longest_contiguous_subset"
    RELATIVE_TO_CORRECT = "relative_to_correct"


def share_in_order(right: Sequence[str], placed: Placed, grading: Grading) -> float:
    """Return the share of the mark, 0 to 1, that is 1 exactly when the orders are equal.

    `placed` has a place for every element of `right`, None where it is empty, and no element
    twice.
    """
    match grading:
        case Grading.ALL_OR_NOTHING:
            return float(list(placed) == list(right))
        case Grading.ABSOLUTE_POSITION:
            same = sum(one == other for one, other in zip(right, placed, strict=True))
            return same / len(right)
        case Grading.LONGEST_ORDERED_SUBSET:
            return _run(_longest_ordered(_ranks(right, placed))) / len(right)
        case Grading.LONGEST_CONTIGUOUS_SUBSET:
            return _run(_longest_contiguous(_ranks(right, placed))) / len(right)
        case Grading.RELATIVE_TO_CORRECT:
            return _closeness(right, placed)
        case _:
            asked = set(_relations(right, grading))
            return len(asked.intersection(_relations(placed, grading))) / len(asked)


_Relation = tuple[str, str, str]
# What precedes the first and follows the last; no element's id is empty.
_END = ""


def _relations(placed: Placed, grading: Grading) -> Iterator[_Relation]:
    if grading is Grading.RELATIVE_ALL_PREVIOUS_AND_NEXT:
        for place, one in enumerate(placed):
            yield from (("after", one, other) for other in placed[:place] if one and other)
            yield from (("before", one, other) for other in placed[place + 1 :] if one and other)
        return
    both = grading is Grading.RELATIVE_ONE_PREVIOUS_AND_NEXT
    line = [_END, *placed, _END]
    for place, one in enumerate(placed, start=1):
        before, after = line[place - 1], line[place + 1]
        if one and both and before is not None:
            yield ("after", one, before)
        last = place == len(placed) and grading is Grading.RELATIVE_NEXT_EXCLUDE_LAST
        if one and after is not None and not last:
            yield ("before", one, after)


def _closeness(right: Sequence[str], placed: Placed) -> float:
    furthest = len(right) - 1
    earned = sum(
        furthest - abs(place - placed.index(one))
        for place, one in enumerate(right)
        if one in placed
    )
    return earned / (furthest * len(right))


def _ranks(right: Sequence[str], placed: Placed) -> list[int]:
    rank = {one: place for place, one in enumerate(right)}
    return [rank[one] for one in placed if one]


def _longest_ordered(ranks: Sequence[int]) -> int:
    longest: list[int] = []
    for place, rank in enumerate(ranks):
        before = (longest[at] for at in range(place) if ranks[at] < rank)
        longest.append(1 + max(before, default=0))
    return max(longest, default=0)


def _longest_contiguous(ranks: Sequence[int]) -> int:
    # Of elements that follow each other in the right order, whatever stands between them here.
    length: dict[int, int] = {}
    for rank in ranks:
        length[rank] = length.get(rank - 1, 0) + 1
    return max(length.values(), default=0)


def _run(length: int) -> int:
    # One element alone is always in order; that earns nothing.
    return length if length > 1 else 0
