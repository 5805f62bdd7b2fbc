"""One item's figures: what they say, who chose what, and whether it drifts."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from quizbank.queries.analysis import ItemInExam
from quizbank.statistics.estimates import Figure
from quizbank.statistics.exam_analysis import AnalysedItem
from quizbank.statistics.item_flags import FEWEST, DriftFigures, ItemFigures, OptionFigures
from ui.analysis.figure_table import Row, draw_figures, draw_wide_table
from ui.analysis.figure_words import (
    FLAGS,
    NONE,
    TOO_FEW,
    discrimination_said,
    number,
    number_range,
    percent,
    percent_range,
    signed,
    whole_percent,
)
from ui.entries import Entry, draw_entries
from ui.nav import link
from ui.words import plain

_FIFTHS = ("Lowest", "2nd", "Middle", "4th", "Highest")
_RIGHT = {True: "(✓ right)", False: "(✗ wrong)", None: ""}


def draw_in_exams(found: Sequence[ItemInExam]) -> None:
    """List an item's main figures in each exam, with the way to all of them."""
    st.header("How it works")
    if not found:
        st.markdown("No figures are kept for it yet. The item analysis of its exam computes them.")
        link("Item analysis", "analysis", icon=":material/monitoring:")
    draw_entries([_in_exam(one) for one in found], "figures-of-item")


def _in_exam(one: ItemInExam) -> Entry:
    label = f"**{plain(one.exam_title)}**, version {one.version}"
    where = {"exam": one.exam_id, "item": one.analysed.figures.item_version_id}
    return Entry(label, "analysis", where, main_figures(one.analysed))


def main_figures(one: AnalysedItem) -> tuple[str, ...]:
    """Return what stands out, and how hard and how telling the item is, as Markdown."""
    figures = one.figures
    facts = [FLAGS[flag.kind] for flag in one.flags]
    facts += [
        _with_range("facility", percent(figures.facility), percent_range(figures.facility)),
        _with_range(
            "discrimination", number(figures.discrimination), number_range(figures.discrimination)
        ),
        f"n = {figures.n}",
    ]
    if figures.counted == 0:
        facts.append(":blue[:material/science: On trial, counts for nothing]")
    if figures.n < FEWEST:
        facts.append("too few to judge")
    return tuple(facts)


def _with_range(name: str, value: str, reach: str) -> str:
    return f"{name} {value}" if reach == NONE else f"{name} {value} ({reach})"


def draw_flags(one: AnalysedItem) -> None:
    """Say what stands out, or that it is too early to say."""
    if one.figures.n < FEWEST:
        st.info(TOO_FEW, icon=":material/hourglass_empty:")
    for flag in one.flags:
        st.markdown(f"{FLAGS[flag.kind]} · {plain(flag.reason)}")
    if not one.flags and one.figures.n >= FEWEST:
        st.markdown(":green[:material/check_circle: **Nothing stands out**]")


def draw_item_figures(figures: ItemFigures) -> None:
    """Draw the item's figures as a table."""
    n, guess = figures.n, Figure(figures.guess)
    weight = f"Every question counts alike: {figures.intended_weight:.1%} of the marks."
    draw_figures(
        [
            _share("Facility", figures.facility, n, "The share of the marks that were earned."),
            _share("Random-guess score", guess, n, _guess_said(figures)),
            _number("Standard deviation", figures.deviation, n, "How far its marks lie apart."),
            _number(
                "Discrimination",
                figures.discrimination,
                n,
                discrimination_said(figures.discrimination),
            ),
            _number(
                "Discriminative efficiency",
                figures.efficiency,
                n,
                "Beside the best that is possible with just these marks: 1.",
            ),
            Row("Intended weight", f"{figures.intended_weight:.1%}", NONE, n, weight),
            _share(
                "Effective weight",
                figures.effective_weight,
                n,
                "Its share of what makes totals differ, as Moodle counts it.",
            ),
            _share(
                "Share of the spread",
                figures.spread_share,
                n,
                "The same without roots: below 0 it works against the others.",
            ),
        ],
        "n counts answers; a likely range is a 95 % interval. Figures without one are exact.",
    )


def draw_options(figures: ItemFigures) -> None:
    """Draw who chose what, by fifths of the marks, part by part."""
    if not figures.options:
        st.markdown("People mark this question, so there are no options to count.")
        return
    parts = [(part, list(each)) for part, each in groupby(figures.options, key=_part)]
    for part, options in parts:
        if len(parts) > 1:
            st.subheader(plain(part or "The whole question"))
        _draw_part(options, figures)


def draw_drift(drift: DriftFigures) -> None:
    """Draw the facility of recent answers beside that of those before."""
    if drift.recent.value is None or drift.earlier.value is None:
        st.markdown("It takes two answers to see a change.")
        return
    change = drift.change
    n = drift.recent_n + drift.earlier_n
    tested = NONE if drift.z is None else signed(drift.z, 1)
    draw_figures(
        [
            _share("Earlier", drift.earlier, drift.earlier_n, "Facility of the answers before."),
            _share("Recent", drift.recent, drift.recent_n, "The newer half, and no more than 200."),
            Row(
                "Change",
                _points(change.value),
                f"{_points(change.low)} to {_points(change.high)}",
                n,
                f"In percentage points. Two-proportion test: z = {tested}.",
            ),
        ],
        "An item that becomes easier may have become known; a harder one may be outdated.",
    )


def _draw_part(options: Sequence[OptionFigures], figures: ItemFigures) -> None:
    draw_wide_table(
        ("Option", "Chosen by", *_FIFTHS, "Point-biserial"),
        [_option(one, figures) for one in options],
        f"Fifths of the attempts by their marks, with the share of each that chose the option; "
        f"n = {figures.n:,}. The point-biserial is above 0 where stronger people chose it.",
    )


def _option(one: OptionFigures, figures: ItemFigures) -> tuple[str, ...]:
    shares = [
        whole_percent(chosen / of) if of else NONE
        for chosen, of in zip(one.fifths, figures.answers_by_fifth, strict=True)
    ]
    r = number(one.point_biserial)
    if one.point_biserial.low is not None:
        r += f" ({number_range(one.point_biserial)})"
    return (
        f"{one.option.text} {_RIGHT[one.option.right]}".strip(),
        f"{one.chosen:,}: {percent(one.share)} ({percent_range(one.share)})",
        *shares,
        r,
    )


def _part(one: OptionFigures) -> str:
    return one.option.part


def _guess_said(figures: ItemFigures) -> str:
    if figures.guess is None:
        return "Not known for this kind of question."
    return "What answering at random earns on average. It is exact."


def _points(value: float | None) -> str:
    return NONE if value is None else f"{signed(100 * value, 0)} points"


def _share(name: str, figure: Figure, n: int, said: str) -> Row:
    return Row(name, percent(figure), percent_range(figure), n, said)


def _number(name: str, figure: Figure, n: int, said: str) -> Row:
    return Row(name, number(figure), number_range(figure), n, said)
