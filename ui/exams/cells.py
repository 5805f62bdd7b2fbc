"""The cells of a blueprint: a row of fields each, and what the bank has for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from pydantic import JsonValue
from streamlit.delta_generator import DeltaGenerator

from quizbank.items import KINDS as KIND_NAMES
from quizbank.kinds.item import Level
from quizbank.queries.blueprints import CellCounts
from ui.bank.words import KINDS, LEVELS
from ui.exams.draft import ExamDraft, Fields

_ANY_LEVEL = ""


@dataclass(frozen=True)
class Known:
    """What to choose from: objectives with their titles, and the tags that items have."""

    objectives: Mapping[str, str]
    tags: tuple[str, ...]


def edit_cells(draft: ExamDraft, known: Known) -> list[DeltaGenerator]:
    """Draw every cell; returns, for each, the place where its counts belong."""
    places: list[DeltaGenerator] = []
    for place, cell in enumerate(list(draft.cells)):
        with st.container(border=True):
            _edit_cell(draft, known, place, cell)
            places.append(st.empty())
    st.button("Add a cell", icon=":material/add:", on_click=draft.add_cell)
    return places


def draw_counts(place: DeltaGenerator, cell: Fields, counts: CellCounts, taker: str) -> None:
    """Say what the bank has for a cell, and mark what is short."""
    asked, critical = int(str(cell["count"])), int(str(cell["critical"]))
    short = counts.in_date < asked or counts.critical < critical
    short = short or counts.in_date - counts.critical < asked - critical
    facts = [
        f"**{counts.in_date} in date** of {counts.approved} approved",
        f"{counts.critical} critical",
        f"{counts.due_soon} fall out of date within 30 days, {counts.due_later} within 90",
    ]
    if counts.unseen is not None:
        facts.append(f"{counts.unseen} unseen by {taker}")
    mark = ":green[:material/check_circle: Enough]"
    if short:
        mark = ":orange[:material/warning: **Too few**]"
    place.markdown(f"{mark} · {' · '.join(facts)}")


def _edit_cell(draft: ExamDraft, known: Known, place: int, cell: Fields) -> None:
    # Every field names its cell, for those who hear the page one field after the other.
    named = f"of cell {place + 1}"
    objective = str(cell["objective"])
    objectives = list(dict.fromkeys([*known.objectives, objective]))
    with st.container(horizontal=True):
        cell["objective"] = st.selectbox(
            f"Objective {named}",
            objectives,
            index=objectives.index(objective),
            format_func=lambda one: f"{one} {known.objectives.get(one, '')}".strip(),
            key=draft.key(f"objective-{cell['id']}"),
            width=230,
        )
        levels = [_ANY_LEVEL, *(one.value for one in Level)]
        level = st.selectbox(
            f"Level {named}",
            levels,
            index=levels.index(str(cell.get("level") or _ANY_LEVEL)),
            format_func=lambda one: LEVELS[one].split(":")[0] if one else "Any level",
            key=draft.key(f"level-{cell['id']}"),
            width=130,
        )
        cell["level"] = level or None
        for name, label, least in (("count", "Questions", 1), ("critical", "Critical", 0)):
            cell[name] = st.number_input(
                f"{label} {named}",
                min_value=least,
                max_value=500,
                value=int(str(cell.get(name) or least)),
                key=draft.key(f"{name}-{cell['id']}"),
                width=130,
            )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cell["kinds"] = _choose_some(
            draft, cell, "kinds", f"Kinds {named}", KIND_NAMES, "Any kind", KINDS
        )
        cell["tags"] = _choose_some(draft, cell, "tags", f"Topics {named}", known.tags, "Any topic")
        st.button(
            f"Remove cell {place + 1}",
            key=draft.key(f"remove-{cell['id']}"),
            icon=":material/delete:",
            type="tertiary",
            disabled=len(draft.cells) == 1,
            on_click=_remove,
            args=(draft, place),
        )


def _choose_some(
    draft: ExamDraft,
    cell: Fields,
    name: str,
    label: str,
    known: Sequence[str],
    nothing: str,
    words: Mapping[str, str] | None = None,
) -> list[JsonValue]:
    value = cell.get(name)
    standing = [str(one) for one in value] if isinstance(value, list) else []
    said = {**(words or {})}
    choices = list(dict.fromkeys([*known, *standing]))
    return [
        *st.multiselect(
            label,
            choices,
            default=standing,
            format_func=lambda one: said.get(str(one), str(one)),
            key=draft.key(f"{name}-{cell['id']}"),
            placeholder=nothing,
            width=250,
        )
    ]


def _remove(draft: ExamDraft, place: int) -> None:
    del draft.cells[place]
