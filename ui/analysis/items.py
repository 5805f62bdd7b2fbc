"""The items of an exam: filters, a list with what stands out, and every figure as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from quizbank.queries.analysis import AnalysisFound, ItemName
from quizbank.statistics.exam_analysis import AnalysedItem
from quizbank.statistics.item_flags import FlagKind
from ui.analysis.figure_words import NONE, number, number_range, percent, percent_range, signed
from ui.analysis.item import main_figures
from ui.bank.words import headline
from ui.entries import Entry, draw_entries
from ui.words import count, plain

_ALL, _FLAGGED, _TRIAL = "all", "flagged", "on trial"
_SHOWN = {_ALL: "All items", _FLAGGED: "Flagged items", _TRIAL: "Items on trial"}
_ORDERS = {
    "flags": "Flagged first",
    "facility": "Hardest first",
    "discrimination": "Lowest discrimination first",
}


@dataclass(frozen=True)
class _Wanted:
    shown: str
    objective: str
    search: str
    order: str


def ask_items(found: AnalysisFound) -> tuple[AnalysedItem, ...]:
    """Draw the filters, and return the items that fit, in the order asked for.

    They outlive a look at one item.
    """
    items = found.analysis.items if found.analysis else ()
    objectives = sorted({one.item.objective for one in found.names.values()})
    kinds = [one for one in FlagKind if any(one in _kinds(item) for item in items)]
    with st.container(horizontal=True):
        shown = _pick("Show", {**_SHOWN, **{str(one): str(one).capitalize() for one in kinds}})
        objective = _pick("Objective", {_ALL: "All", **{one: one for one in objectives}})
        order = _pick("Order", _ORDERS)
    search = st.text_input(
        "Search",
        key="analysis-search",
        placeholder="A word of the question, or an id",
        icon=":material/search:",
        autocomplete="off",
        persist_state="session",
    )
    wanted = _Wanted(shown, objective, (search or "").strip().casefold(), order)
    fitting = [one for one in items if _fits(one, _name(one, found), wanted)]
    return tuple(sorted(fitting, key=lambda one: _rank(one, _name(one, found), wanted.order)))


def draw_items(found: AnalysisFound, shown: Sequence[AnalysedItem]) -> None:
    """Say how many items fit and what is flagged, and list them."""
    in_all = len(found.analysis.items) if found.analysis else 0
    flagged = sum(bool(one.flags) for one in shown)
    if not shown:
        st.markdown(f"**None of {count(in_all, 'item')} fits.** Change the search or the filters.")
        return
    st.markdown(f"**{len(shown)} of {count(in_all, 'item')}**, {flagged} flagged")
    draw_entries([_entry(one, found) for one in shown], "analysed")
    with st.expander("Every figure as a table", icon=":material/table:"):
        st.dataframe(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
            [_line(one, _name(one, found)) for one in shown],
            hide_index=True,
            alt="Every figure of the listed items with n and its 95 per cent interval.",
        )


def _entry(one: AnalysedItem, found: AnalysisFound) -> Entry:
    name = _name(one, found)
    label = f"**{name.item_id}** {plain(headline(name.item.stem))}"
    where = {"exam": found.exam_id, "item": one.figures.item_version_id}
    return Entry(label, "analysis", where, (*main_figures(one), f"version {name.version}"))


def _line(one: AnalysedItem, name: ItemName) -> dict[str, object]:
    figures = one.figures
    guess = NONE if figures.guess is None else f"{figures.guess:.0%}"
    return {
        "Item": name.item_id,
        "Version": name.version,
        "n": figures.n,
        "Facility": percent(figures.facility),
        "Facility, range": percent_range(figures.facility),
        "SD": number(figures.deviation),
        "SD, range": number_range(figures.deviation),
        "Random guess": guess,
        "Intended weight": f"{figures.intended_weight:.1%}",
        "Effective weight": percent(figures.effective_weight),
        "Effective weight, range": percent_range(figures.effective_weight),
        "Share of the spread": percent(figures.spread_share),
        "Share of the spread, range": percent_range(figures.spread_share),
        "Discrimination": number(figures.discrimination),
        "Discrimination, range": number_range(figures.discrimination),
        "Efficiency": number(figures.efficiency),
        "Efficiency, range": number_range(figures.efficiency),
        "Change": _change(one),
        "Flags": ", ".join(str(flag.kind) for flag in one.flags),
    }


def _change(one: AnalysedItem) -> str:
    change = one.figures.drift.change.value
    return NONE if change is None else f"{signed(100 * change, 0)} points"


def _fits(one: AnalysedItem, name: ItemName, wanted: _Wanted) -> bool:
    shown = {
        _ALL: True,
        _FLAGGED: bool(one.flags),
        _TRIAL: one.figures.counted == 0,
    }.get(wanted.shown, wanted.shown in _kinds(one))
    objective = wanted.objective in {_ALL, name.item.objective}
    return shown and objective and wanted.search in f"{name.item_id} {name.item.stem}".casefold()


def _rank(one: AnalysedItem, name: ItemName, order: str) -> tuple[float, str]:
    figures = one.figures
    facility, r = figures.facility.value, figures.discrimination.value
    first = {
        "facility": 1.0 if facility is None else facility,
        "discrimination": 2.0 if r is None else r,
    }.get(order, _pressing(one))
    return first, name.item_id


def _pressing(one: AnalysedItem) -> float:
    kinds = list(FlagKind)
    return min((kinds.index(flag.kind) for flag in one.flags), default=len(kinds))


def _kinds(one: AnalysedItem) -> set[str]:
    return {str(flag.kind) for flag in one.flags}


def _name(one: AnalysedItem, found: AnalysisFound) -> ItemName:
    return found.names[one.figures.item_version_id]


def _pick(label: str, words: dict[str, str]) -> str:
    return st.selectbox(
        label,
        list(words),
        format_func=lambda one: words[one],
        key=f"analysis-{label}",
        persist_state="session",
        width=215,
    )
