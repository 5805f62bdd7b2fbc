"""An exam's rules as somebody is changing them: kept in this browser's session until published."""

from dataclasses import dataclass
from datetime import date
from typing import cast

import streamlit as st
from pydantic import JsonValue, ValidationError

from quizbank.exams import CutBasis, CutMethod, ExamRules, Purpose
from quizbank.queries.blueprints import ExamStanding

Fields = dict[str, JsonValue]
_NAMES = {
    "title": "Title",
    "minutes": "Minutes",
    "time_budget": "Time budget",
    "cut": "Cut score",
    "cut_basis": "Why the cut score stands there",
    "rationale": "Why the cut score stands there",
    "exposure_cap": "Exposure cap",
    "consent": "Consent",
    "break_minutes": "Breaks, minutes in all",
    "objective_minimums": "Least percent of an objective's marks",
    "most_omitted": "Most questions left open",
    "review": "What the trainee may see again",
    "fresh_items": "Questions to put a mistake right",
    "sureness": "How sure",
    "objective": "objective",
    "count": "questions",
    "critical": "critical ones",
}


@dataclass
class ExamDraft:
    """The rules as typed, and the version that they began from.

    `generation` stands in the keys of the fields, so that other rules fill them afresh.
    """

    exam_id: str
    based_on: int
    before: ExamRules
    fields: Fields
    generation: int = 0
    added: int = 0
    sample_seed: int | None = None

    def key(self, part: str) -> str:
        """Return the key of one field's widget."""
        return f"exam-{self.exam_id}-{self.generation}-{part}"

    @property
    def cells(self) -> list[Fields]:
        """The cells, in order, to be changed in place; each has an `id` that stays its own."""
        return cast(list[Fields], self.fields["cells"])

    def add_cell(self) -> None:
        """Add a cell like the last one, of one question."""
        self.added += 1
        last = self.cells[-1]["objective"] if self.cells else ""
        self.cells.append({"id": f"new{self.added}", "objective": last, "count": 1, "critical": 0})


@dataclass(frozen=True)
class Reading:
    """What the draft says as rules, or what keeps it from being rules."""

    rules: ExamRules | None
    problems: tuple[str, ...]
    changed: bool


def draft_of(standing: ExamStanding, today: date) -> ExamDraft:
    """Return the draft of an exam, begun from its standing version; what was typed is kept."""
    key = f"exam-draft-{standing.exam_id}"
    if key not in st.session_state:
        st.session_state[key] = ExamDraft(standing.exam_id, 0, standing.rules, {})
        load(st.session_state[key], standing)
    draft: ExamDraft = st.session_state[key]
    if draft.based_on != standing.version and not read_draft(draft, today).changed:
        load(draft, standing)
    return draft


def load(draft: ExamDraft, standing: ExamStanding) -> None:
    """Drop what was typed and begin from the standing version."""
    fields: Fields = standing.rules.model_dump(mode="json")
    basis = standing.rules.cut_basis
    fields["rationale"] = basis.rationale if basis else ""
    draft.based_on, draft.before, draft.fields = standing.version, standing.rules, fields
    for place, cell in enumerate(draft.cells):
        cell["id"] = str(place)
    draft.generation += 1


def read_draft(draft: ExamDraft, today: date) -> Reading:
    """Return the draft as rules, or every problem in words."""
    data = {name: value for name, value in draft.fields.items() if name != "rationale"}
    data["cells"] = [
        {name: value for name, value in cell.items() if name != "id"} for cell in draft.cells
    ]
    data["cut_basis"] = None
    try:
        rules = ExamRules.model_validate(data)
        rules = rules.model_copy(update={"cut_basis": _basis(draft, rules, today)})
    except ValidationError as error:
        problems = dict.fromkeys(_in_words(one["loc"], one["msg"]) for one in error.errors())
        return Reading(None, tuple(problems), True)
    return Reading(rules, (), rules != draft.before)


def _basis(draft: ExamDraft, rules: ExamRules, today: date) -> CutBasis | None:
    rationale, before = str(draft.fields.get("rationale") or "").strip(), draft.before.cut_basis
    if rules.purpose is Purpose.PRACTICE or not rationale:
        return None
    if before and (rules.cut, rationale) == (draft.before.cut, before.rationale):
        return before
    # Who publishes it signs it; until then it is nobody's.
    return CutBasis(
        method=CutMethod.ENTERED, rationale=rationale, signed_by="not yet signed", signed_on=today
    )


def _in_words(path: tuple[str | int, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    if said.startswith(("String should have at least", "Tuple should have at least")):
        said = "write something here" if said.startswith("String") else "add at least one"
    where = ""
    if path and path[0] == "cells":
        where = "Cells"
        if len(path) > 1:
            part = _NAMES.get(str(path[2]), str(path[2])) if len(path) > 2 else ""
            where = f"Cell {int(path[1]) + 1}" + (f", {part}" if part else "")
    elif path:
        where = _NAMES.get(str(path[-1]), str(path[-1]))
    said = f"{where}: {said}" if where else said[0].upper() + said[1:]
    return said.rstrip(".") + "."
