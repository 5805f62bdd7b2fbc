"""What answering at random earns on average, by kind of item."""

from collections.abc import Callable, Sequence
from itertools import permutations
from math import comb
from typing import Any

from quizbank.items import Item
from quizbank.kinds.case import Case
from quizbank.kinds.cloze import Cloze
from quizbank.kinds.cloze_gaps import ChoiceGap
from quizbank.kinds.description import Description
from quizbank.kinds.hotspot import Hotspot
from quizbank.kinds.item import Option
from quizbank.kinds.matching import Matching, PairRule
from quizbank.kinds.multiple_response import MultipleResponse, Rule, share_chosen
from quizbank.kinds.order_grading import share_in_order
from quizbank.kinds.ordering import Ordering
from quizbank.kinds.single_choice import SingleChoice, worth

# 720 orders and 4,096 sets of options are counted through; more would take too long.
_MOST_ORDERED, _MOST_WEIGHED = 6, 12


def guess_score(item: Item) -> float | None:
    """Return the mean mark of answers at random, each as likely as any other; 0 where one types.

    As Moodle defines it, with kinds that Moodle leaves out; None where it is not known. Nobody is
    taken to choose nothing, or more places than are asked for.
    """
    how = _HOW.get(item.kind)
    return how(item) if how else 0.0


def _of_one(item: SingleChoice) -> float:
    return _mean([worth(one) for one in item.options])


def _of_several(item: MultipleResponse) -> float | None:
    return _of_sets(item.options, item.rule)


def _of_pairs(item: Matching) -> float:
    each = 1 / len(item.choices)
    return each ** len(item.premises) if item.rule is PairRule.ALL_OR_NOTHING else each


def _of_stages(item: Case) -> float | None:
    asked = [one.item for one in item.stages if not isinstance(one.item, Description)]
    scores = [guess_score(one) for one in asked]
    known = [one for one in scores if one is not None]
    return _mean(known) if len(known) == len(scores) else None


def _of_sets(options: Sequence[Option], rule: Rule) -> float | None:
    """Return the mean over every set of options but the empty one."""
    keys = [one for one in options if one.correct]
    wrong = [one for one in options if not one.correct]
    if rule is Rule.WEIGHTS:
        return _of_weighed_sets(options)
    earned = sum(
        comb(len(keys), right)
        * comb(len(wrong), others)
        * share_chosen(options, [*keys[:right], *wrong[:others]], rule)
        for right in range(len(keys) + 1)
        for others in range(len(wrong) + 1)
        if right + others
    )
    return earned / (2 ** len(options) - 1)


def _of_weighed_sets(options: Sequence[Option]) -> float | None:
    if len(options) > _MOST_WEIGHED:
        return None
    sets = range(1, 2 ** len(options))
    return _mean(
        [
            share_chosen(
                options,
                [one for place, one in enumerate(options) if number >> place & 1],
                Rule.WEIGHTS,
            )
            for number in sets
        ]
    )


def _of_orders(item: Ordering) -> float | None:
    right = item.option_ids()
    if len(right) > _MOST_ORDERED:
        return None
    return _mean([share_in_order(right, list(one), item.grading) for one in permutations(right)])


def _of_regions(item: Hotspot) -> float:
    """Return the share of right regions: what each of as many as are asked for earns."""
    return sum(one.correct for one in item.regions) / len(item.regions)


def _of_gaps(item: Cloze) -> float | None:
    """Return the weighed mean of the gaps; None where a wrong option may cost a share."""
    total, weights = 0.0, 0
    for gap in item.gaps:
        weights += gap.weight
        if not isinstance(gap, ChoiceGap):
            continue
        if any((one.weight or 0) < 0 for one in gap.options):
            return None
        earned = _of_chosen(gap)
        if earned is None:
            return None
        total += earned * gap.weight
    return total / weights


def _of_chosen(gap: ChoiceGap) -> float | None:
    if not gap.several:
        return _mean([worth(one) for one in gap.options])
    weighed = any(one.weight is not None for one in gap.options)
    return _of_sets(gap.options, Rule.WEIGHTS if weighed else Rule.NET_CORRECT)


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores)


_HOW: dict[str, Callable[[Any], float | None]] = {
    "single_choice": _of_one,
    "true_false": lambda _: 0.5,
    "multiple_response": _of_several,
    "matching": _of_pairs,
    "ordering": _of_orders,
    "hotspot": _of_regions,
    "cloze": _of_gaps,
    "case": _of_stages,
    "description": lambda _: None,
}
