"""The item bank on screen: its filters and its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from quizbank.queries.bank import BankFacets, ItemFilter, ItemSummary
from ui.bank.words import (
    CHANGES,
    CRITICAL_MARK,
    KINDS,
    POOLS,
    STATUSES,
    change_mark,
    headline,
    review_mark,
    status_mark,
)
from ui.choosing import pick_or_any
from ui.entries import Entry, draw_entries
from ui.words import count, plain

LIMIT = 2_000
_CRITICAL = {"yes": "Critical only", "no": "Not critical"}
_REVIEW = {"past": "Past review only"}


@dataclass(frozen=True)
class BankView:
    """What the author asked to see: the filter, and whether only what is past its review."""

    wanted: ItemFilter
    past_review: bool


def ask_view(facets: BankFacets) -> BankView:
    """Draw the search and the filters, and return what they say; they outlive a visit elsewhere."""
    search = st.text_input(
        "Search",
        key="bank-search",
        placeholder="A word of the question, its options, tags or id",
        icon=":material/search:",
        autocomplete="off",
        persist_state="session",
    )
    with (
        st.expander("Filters", icon=":material/filter_list:", key="bank-filters"),
        st.container(horizontal=True),
    ):
        objective = _pick("Objective", {one: one for one in facets.objectives})
        kind = _pick("Kind", {one: KINDS.get(one, one) for one in facets.kinds})
        pool = _pick("Pool", POOLS)
        status = _pick("Status", STATUSES)
        critical = _pick("Critical", _CRITICAL)
        change = _pick("Change on its way", CHANGES)
        review = _pick("Review", _REVIEW)
    wanted = ItemFilter(
        search=search or "",
        objective=objective,
        kind=kind,
        pool=pool,
        status=status,
        critical=None if critical is None else critical == "yes",
        change=change,
    )
    return BankView(wanted, review is not None)


def draw_bank(items: Sequence[ItemSummary], view: BankView, in_all: int, today: date) -> None:
    """Say how many fit, in words, and list them."""
    shown = [item for item in items if not view.past_review or item.review_due < today]
    late = sum(item.review_due < today for item in shown)
    said = f"{len(shown)} of {count(in_all, 'item')}"
    if not in_all:
        said = "The bank is empty. Import a file below, or write the first item."
    elif not shown:
        said = f"None of {count(in_all, 'item')} fits. Change the search or the filters."
    elif late:
        said += f", {late} past review"
    st.markdown(f"**{said}**")
    if len(items) == LIMIT:
        st.markdown(f"Only the first {LIMIT} that fit are listed. Narrow the search to see others.")
    draw_entries([_entry(item, today) for item in shown], "bank")


def _entry(item: ItemSummary, today: date) -> Entry:
    facts = [KINDS.get(item.kind, item.kind), POOLS.get(item.pool, item.pool)]
    facts += [item.objective, item.level]
    if item.critical:
        facts.append(CRITICAL_MARK)
    facts.append(status_mark(item.status))
    if item.version:
        facts.append(f"version {item.version}")
        # Of an item that was never published, its status says it.
        facts += [change_mark(item.change)] if item.change else []
    facts.append(review_mark(item.review_due, today))
    label = f"**{item.id}** {plain(headline(item.stem))}"
    return Entry(label, "item", {"id": item.id}, tuple(facts))


def _pick(label: str, words: Mapping[str, str]) -> str | None:
    return pick_or_any(label, words, key=f"bank-{label}", width=190)
