"""The grid in which topics, objectives and review dates of many items are changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from quizbank.commands.bulk_edits import PlaceChange
from quizbank.queries.bulk_edits import BulkEdit, PlacedItem
from ui.bank.words import headline
from ui.table_keys import hear_table_keys
from ui.words import count, moment, plain

_GRID = "bulk-grid"
_ROUND = "bulk-round"
_HEIGHT = 460


@dataclass(frozen=True)
class ForAll:
    """What is to hold for every ticked item; empty and None leave it as it is."""

    objective: str
    add: tuple[str, ...]
    drop: tuple[str, ...]
    review_due: date | None


_NOTHING = ForAll("", (), (), None)


def draw_grid(items: Sequence[PlacedItem], objectives: Sequence[str]) -> tuple[PlaceChange, ...]:
    """Draw the grid, and below it what holds for all that are ticked; return every change."""
    hear_table_keys()
    rows = st.data_editor(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
        [_row(one) for one in items],
        key=f"{_GRID}-{_round()}",
        hide_index=True,
        height=_HEIGHT,
        disabled=["Id", "Question"],
        column_config=_columns(objectives),
    )
    ticked = sum(bool(row["Tick"]) for row in rows)
    wanted = _NOTHING
    with st.container(border=True):
        if ticked:
            st.markdown(f"**For the {count(ticked, 'ticked item')}**")
            wanted = _ask_for_all(objectives)
        else:
            st.markdown("Tick items, and say here what is to hold for all of them.")
    changes = [_change(one, row, wanted) for one, row in zip(items, rows, strict=True)]
    return tuple(change for change in changes if change)


def draw_edits(edits: Sequence[BulkEdit]) -> str | None:
    """List the last edits; return the one that is to be taken back."""
    chosen = None
    for one in edits:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"{moment(one.at)} · {plain(one.person)} · {count(one.items, 'item')}: {one.what}"
            )
            if one.undone_at:
                st.markdown(f":material/undo: Taken back {moment(one.undone_at)}")
            elif st.button("Take back", key=f"undo-{one.id}", icon=":material/undo:"):
                chosen = one.id
    return chosen


def begin_afresh() -> None:
    """Fill the grid from the bank again at the next redraw."""
    st.session_state[_ROUND] = _round() + 1


def _row(item: PlacedItem) -> dict[str, Any]:
    return {
        "Tick": False,
        "Id": item.id,
        "Question": headline(item.stem, 80),
        "Objective": item.objective,
        "Topics": [*item.tags],
        "Review due": item.review_due,
    }


def _columns(objectives: Sequence[str]) -> dict[str, Any]:
    return {
        "Tick": st.column_config.CheckboxColumn(width="small", help="Tick to change several"),
        "Id": st.column_config.TextColumn(width=120, pinned=True),
        "Question": st.column_config.TextColumn(width="large"),
        "Objective": st.column_config.SelectboxColumn(options=[*objectives], required=True),
        "Topics": st.column_config.ListColumn(help="The first topic names what was missed"),
        "Review due": st.column_config.DateColumn(format="YYYY-MM-DD", required=True),
    }


def _ask_for_all(objectives: Sequence[str]) -> ForAll:
    with st.container(horizontal=True):
        objective = st.selectbox(
            "New objective",
            objectives,
            index=None,
            placeholder="As it is",
            key=f"bulk-objective-{_round()}",
            width=180,
        )
        review_due = st.date_input(
            "New review date",
            value=None,
            key=f"bulk-review-{_round()}",
            format="YYYY-MM-DD",
            width=180,
        )
    added = _ask_topics("Topics to add", "add")
    dropped = _ask_topics("Topics to drop", "drop")
    due = review_due if isinstance(review_due, date) else None
    return ForAll(objective or "", added, dropped, due)


def _ask_topics(label: str, name: str) -> tuple[str, ...]:
    chosen = st.multiselect(
        label,
        list[str](),
        key=f"bulk-{name}-{_round()}",
        accept_new_options=True,
        placeholder="Type a topic, such as skin-layers",
    )
    return tuple(chosen)


def _change(item: PlacedItem, row: Mapping[str, Any], wanted: ForAll) -> PlaceChange | None:
    ticked = bool(row["Tick"])
    typed = tuple(dict.fromkeys(str(tag).strip() for tag in row["Topics"] if str(tag).strip()))
    tags = typed
    if ticked:
        kept = [tag for tag in typed if tag not in wanted.drop]
        tags = tuple(dict.fromkeys([*kept, *wanted.add]))
    objective = (ticked and wanted.objective) or str(row["Objective"])
    typed_day = date.fromisoformat(str(row["Review due"])[:10])
    due = (ticked and wanted.review_due) or typed_day
    if (objective, tags, due) == (item.objective, item.tags, item.review_due):
        return None
    return PlaceChange(item.id, item.version, objective, tags, due)


def _round() -> int:
    return st.session_state.get(_ROUND, 0)
