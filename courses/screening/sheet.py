"""A case as fields and three tables, the way in which somebody edits it, and back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from base.lined_yaml import Document
from courses.misfits import fit
from courses.screening.case import Area, Decision, ScreeningCase

TOO_SOON = "too soon"
# A cell of a table that was filled, or None where it was left empty.
Row = Mapping[str, Any]
_REVIEW_EVERY = timedelta(days=365)
_FIRST_QUESTION = "What would you like to change, and what result do you hope for?"


@dataclass(frozen=True)
class CaseSheet:
    """What somebody edits.

    `fields` holds everything else by the names of the case's file; `events` tell by `when` which
    decision they follow from, or that a wait was too short.
    """

    fields: Mapping[str, Any]
    facts: Sequence[Row]
    reasons: Sequence[Row]
    events: Sequence[Row]


def sheet_of(case: ScreeningCase) -> CaseSheet:
    """Return a case as it is edited."""
    data = case.model_dump(mode="json", exclude={"facts", "reasons", "consequences", "wait"})
    wait = case.wait
    fields = data | {
        "wait_words": wait.words if wait else "",
        "wait_days": (wait.days or 0) if wait else 0,
        "course_rule": wait.course_rule if wait else False,
    }
    stories = [(one.value, case.consequences.of(one)) for one in Decision]
    stories.append((TOO_SOON, wait.too_soon if wait else ()))
    events = [{"when": when, "day": e.day, "text": e.text} for when, told in stories for e in told]
    return CaseSheet(
        fields=fields,
        facts=[_flat(one.model_dump(mode="json")) for one in case.facts],
        reasons=[_flat(one.model_dump(mode="json")) for one in case.reasons],
        events=events,
    )


def blank_sheet(case_id: str, objectives: Sequence[str], today: date) -> CaseSheet:
    """Return what a new case begins with."""
    fields = {
        "id": case_id,
        "title": "",
        "client": "",
        "objectives": [*objectives],
        "arrives": "",
        "decision": Decision.DEFER.value,
        "acceptable": [],
        "rows": [],
        "debrief": "",
        "sources": ["CR"],
        "reviewed": today.isoformat(),
        "review_due": (today + _REVIEW_EVERY).isoformat(),
        "wait_words": "",
        "wait_days": 0,
        "course_rule": False,
    }
    first = {"id": "goal", "area": Area.GOALS.value, "question": _FIRST_QUESTION, "answer": ""}
    reason = {"id": "a", "text": "", "correct": True, "rows": "", "why": ""}
    events = [{"when": one.value, "day": 0, "text": ""} for one in Decision]
    return CaseSheet(fields, [first | {"rows": "", "finding": False}], [reason], events)


def sheet_text(sheet: CaseSheet) -> str:
    """Return a sheet, finished or not, as the text that is kept of it."""
    parts = {"facts": sheet.facts, "reasons": sheet.reasons, "events": sheet.events}
    rows = {name: [dict(row) for row in part] for name, part in parts.items()}
    return json.dumps({"fields": dict(sheet.fields), **rows}, ensure_ascii=False)


def sheet_in(text: str) -> CaseSheet:
    """Return the sheet that `sheet_text` kept."""
    return CaseSheet(**json.loads(text))


def title_in(text: str) -> str:
    """Return the title in a sheet that was kept, or the case's id where it has none yet."""
    fields = sheet_in(text).fields
    return str(fields.get("title") or fields["id"])


def case_of(sheet: CaseSheet) -> ScreeningCase | tuple[str, ...]:
    """Return the case that a sheet describes, or what is wrong with it, a sentence each."""
    fields = {**sheet.fields}
    wait = _wait(fields, sheet.events)
    data: dict[str, Any] = {
        **fields,
        "facts": _named(sheet.facts, "question", "f"),
        "reasons": _named(sheet.reasons, "text", "r"),
        "consequences": {one.value: _story(sheet.events, one.value) for one in Decision},
        "wait": wait,
    }
    read = fit(ScreeningCase, Document(data, {}), {})
    return read if isinstance(read, ScreeningCase) else tuple(one.message for one in read)


def _wait(fields: dict[str, Any], events: Sequence[Row]) -> dict[str, Any] | None:
    words, days = fields.pop("wait_words"), fields.pop("wait_days")
    rule = fields.pop("course_rule")
    too_soon = _story(events, TOO_SOON)
    if not (words or days or too_soon):
        return None
    return {"words": words, "days": days or None, "course_rule": rule, "too_soon": too_soon}


def _story(events: Sequence[Row], when: str) -> list[dict[str, Any]]:
    told = [one for one in events if one.get("when") == when and (one.get("text") or "").strip()]
    days = sorted(told, key=lambda one: one.get("day") or 0)
    return [{"day": one.get("day") or 0, "text": one["text"]} for one in days]


def _flat(part: dict[str, Any]) -> dict[str, Any]:
    return part | {"rows": " ".join(part["rows"])}


def _named(rows: Sequence[Row], field: str, letter: str) -> list[dict[str, Any]]:
    """Return the rows that were filled; those that are new get names that none has."""
    filled = [one for one in rows if (one.get(field) or "").strip()]
    taken = {one.get("id") for one in filled}
    free = (name for number in count(1) if (name := f"{letter}{number}") not in taken)
    return [{**_cells(one), "id": one.get("id") or next(free)} for one in filled]


def _cells(row: Row) -> dict[str, Any]:
    given = {name: value for name, value in row.items() if value is not None}
    codes = (row.get("rows") or "").replace(",", " ").upper().split()
    return {**given, "rows": codes}
