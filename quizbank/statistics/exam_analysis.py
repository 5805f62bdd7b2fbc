"""The whole analysis of an exam: the test, its decisions, and item by item with what stands out."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizbank.items import Item
from quizbank.statistics.answer_names import NamedAnswers
from quizbank.statistics.decision_consistency import Consistency, consistency
from quizbank.statistics.estimates import known
from quizbank.statistics.guessing import guess_score
from quizbank.statistics.item_analysis import Centred, Drift, analyse_items
from quizbank.statistics.item_flags import DriftFigures, Flag, ItemFigures, OptionFigures, flags_of
from quizbank.statistics.mark_columns import MarkColumns
from quizbank.statistics.option_analysis import (
    OptionStatistics,
    analyse_options,
    answers_by_fifth,
    choices_of,
)
from quizbank.statistics.test_statistics import WholeTest, analyse_test


@dataclass(frozen=True)
class AnalysedItem:
    """The figures of one item version, and what stands out in them."""

    figures: ItemFigures
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class ExamAnalysis:
    """What the standing decisions of an exam say about it.

    `cut` and `size` are the rule's, in marks; `retakes` is how many attempts were not the person's
    first; `left_out` how many were decided under rules with another cut score or length.
    """

    attempts: int
    retakes: int
    left_out: int
    cut: int
    size: int
    test: WholeTest
    consistency: Consistency | None
    items: tuple[AnalysedItem, ...]


@dataclass(frozen=True)
class Covered:
    """Which attempts an analysis covers, counted as in `ExamAnalysis`."""

    cut: int
    size: int
    retakes: int
    left_out: int


def analyse_exam(
    columns: MarkColumns,
    items: Sequence[tuple[str, Item]],
    named: NamedAnswers,
    covered: Covered,
) -> ExamAnalysis:
    """Return the analysis; `items` are those of the columns, with the ids of their versions."""
    centred = Centred(columns)
    test = analyse_test(centred)
    figures = _figures(centred, items, named)
    return ExamAnalysis(
        attempts=columns.attempts,
        retakes=covered.retakes,
        left_out=covered.left_out,
        cut=covered.cut,
        size=covered.size,
        test=test,
        consistency=consistency(columns.totals, covered.size, covered.cut, test.alpha),
        items=tuple(AnalysedItem(one, flags_of(one)) for one in figures),
    )


def _figures(
    centred: Centred, items: Sequence[tuple[str, Item]], named: NamedAnswers
) -> list[ItemFigures]:
    columns, found = centred.columns, analyse_items(centred)
    choices = choices_of(columns, named.by_answer, named.item_of)
    options = _by_item(analyse_options(centred, choices), named, len(items))
    fifths: list[list[int]] = answers_by_fifth(columns).tolist()
    counted = columns.counting / found.n
    return [
        ItemFigures(
            item_version_id=version_id,
            n=int(found.n[at]),
            counted=float(counted[at]),
            critical=item.critical,
            facility=found.facility.at(at),
            deviation=found.deviation.at(at),
            guess=guess_score(item),
            intended_weight=float(found.intended_weight[at]),
            effective_weight=found.effective_weight.at(at),
            spread_share=found.spread_share.at(at),
            discrimination=found.discrimination.at(at),
            efficiency=found.efficiency.at(at),
            drift=_drift(found.drift, at),
            answers_by_fifth=tuple(fifths[at]),
            options=tuple(options[at]),
        )
        for at, (version_id, item) in enumerate(items)
    ]


def _drift(drift: Drift, at: int) -> DriftFigures:
    return DriftFigures(
        recent_n=int(drift.recent_n[at]),
        recent=drift.recent.at(at),
        earlier_n=int(drift.earlier_n[at]),
        earlier=drift.earlier.at(at),
        change=drift.change.at(at),
        z=known(drift.z[at]),
    )


def _by_item(found: OptionStatistics, named: NamedAnswers, items: int) -> list[list[OptionFigures]]:
    grouped: list[list[OptionFigures]] = [[] for _ in range(items)]
    fifths: list[list[int]] = found.fifths.tolist()
    for at, option in enumerate(named.options):
        grouped[int(named.item_of[at])].append(
            OptionFigures(
                option=option,
                chosen=int(found.chosen[at]),
                fifths=tuple(fifths[at]),
                share=found.share.at(at),
                point_biserial=found.point_biserial.at(at),
            )
        )
    return grouped
