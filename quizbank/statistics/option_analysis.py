"""How often each option was chosen, by whom, and what choosing it tells; in columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quizbank.statistics.estimates import Estimates, estimates
from quizbank.statistics.intervals import Floats, fisher, wilson
from quizbank.statistics.item_analysis import Centred
from quizbank.statistics.mark_columns import Ints, MarkColumns

FIFTHS = 5


@dataclass(frozen=True)
class Choices:
    """Which entry of the columns chose which option; options are numbered over all items.

    `item_of` says which item each option belongs to.
    """

    entry: Ints
    option: Ints
    item_of: Ints


@dataclass(frozen=True)
class OptionStatistics:
    """Every option: how many chose it, by fifth of the totals (lowest first), and its figures.

    `point_biserial` correlates choosing it with the rest, as the discrimination does the mark.
    """

    chosen: Ints
    fifths: Ints
    share: Estimates
    point_biserial: Estimates


def analyse_options(centred: Centred, choices: Choices) -> OptionStatistics:
    """Return the statistics of every option."""
    columns = centred.columns
    options = len(choices.item_of)
    count = np.bincount(choices.option, minlength=options)
    n = columns.answers[choices.item_of]
    share = count / n
    fifth = fifth_of(columns)[columns.attempt[choices.entry]]
    cells = np.bincount(choices.option * FIFTHS + fifth, minlength=options * FIFTHS)
    r = _point_biserials(centred, choices, share)
    return OptionStatistics(
        chosen=count,
        fifths=cells.reshape(options, FIFTHS),
        share=estimates(share, wilson(share, n)),
        point_biserial=estimates(r, fisher(r, n)),
    )


def choices_of(columns: MarkColumns, options: Sequence[Sequence[int]], item_of: Ints) -> Choices:
    """Return who chose what: `options` has those that each numbered answer chose."""
    lengths = np.array([len(one) for one in options], dtype=np.intp)
    flat = np.array([one for chosen in options for one in chosen], dtype=np.intp)
    each = lengths[columns.answer]
    entry = np.repeat(np.arange(len(columns.answer)), each)
    begin = (np.cumsum(lengths) - lengths)[columns.answer]
    within = np.arange(len(entry)) - np.repeat(np.cumsum(each) - each, each)
    return Choices(entry, flat[np.repeat(begin, each) + within], item_of)


def fifth_of(columns: MarkColumns) -> Ints:
    """Return the fifth, 0 to 4, that each attempt's share of the marks falls into.

    Equal shares stay together, in the fifth where their middle rank lies.
    """
    shares = columns.totals / np.maximum(columns.sizes, 1.0)
    _, group, sizes = np.unique(shares, return_inverse=True, return_counts=True)
    middle = (np.cumsum(sizes) - sizes / 2) / columns.attempts
    return np.minimum((middle * FIFTHS).astype(np.intp), FIFTHS - 1)[group]


def answers_by_fifth(columns: MarkColumns) -> Ints:
    """Return how many answers each item has from each fifth."""
    cells = columns.item * FIFTHS + fifth_of(columns)[columns.attempt]
    return np.bincount(cells, minlength=columns.items * FIFTHS).reshape(-1, FIFTHS)


def _point_biserials(centred: Centred, choices: Choices, share: Floats) -> Floats:
    columns = centred.columns
    n = columns.answers[choices.item_of]
    with_rest = np.bincount(
        choices.option, weights=centred.rest[choices.entry], minlength=len(choices.item_of)
    )
    squares = columns.sums(centred.rest * centred.rest)[choices.item_of]
    scale = np.sqrt(share * (1 - share) * squares * n)
    return with_rest / np.where(scale > 1e-9, scale, np.nan)
