"""Writing a screening case: its fields, and tables of what is asked, why, and what follows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from courses.queries.screening_cases import CasesCourse
from courses.screening.case import LONGEST_WAIT, Area, Decision
from courses.screening.sheet import TOO_SOON, CaseSheet
from ui.screening.case_draft import CaseDraft, note_drawn, refill
from ui.screening.words import DECISIONS
from ui.table_keys import hear_table_keys

_ROWS = [f"R{number}" for number in range(1, 28)]


def write_case(draft: CaseDraft, known: CasesCourse) -> None:
    """Draw a case to write; what the fields say is in the draft then."""
    if draft.saved is not None and f"{draft.key}-c" not in st.session_state:
        refill(draft)
    hear_table_keys()
    note_drawn(draft, _edit_case(draft.filled, known, draft.key))


def _edit_case(sheet: CaseSheet, known: CasesCourse, key: str) -> CaseSheet:
    fields = dict(sheet.fields)
    fields |= _edit_client(fields, known, key)
    facts = _edit_facts(sheet, key)
    fields |= _edit_decision(fields, key)
    reasons = _edit_reasons(sheet, key)
    events = _edit_events(sheet, key)
    fields |= _edit_end(fields, known, key)
    return CaseSheet(fields, facts, reasons, events)


def _edit_client(fields: dict[str, Any], known: CasesCourse, key: str) -> dict[str, Any]:
    st.header("Who comes in")
    return {
        "client": st.text_input("A first name and an age", fields["client"], key=f"{key}-c"),
        "title": st.text_input("Title, shown only at the end", fields["title"], key=f"{key}-t"),
        "arrives": st.text_area("What one sees first", fields["arrives"], key=f"{key}-a"),
        "objectives": st.multiselect(
            "Objectives", known.objectives, fields["objectives"], key=f"{key}-o"
        ),
    }


def _edit_facts(sheet: CaseSheet, key: str) -> Sequence[dict[str, Any]]:
    st.header("What can be asked")
    st.markdown(
        "Ask everybody the same questions: one that only this client is asked gives it away. "
        "A finding decides; write the rows it belongs to, such as R9 R17."
    )
    return _table(
        sheet.facts,
        f"{key}-facts",
        {
            "id": None,
            "area": st.column_config.SelectboxColumn(
                "Area", options=[one.value for one in Area], required=True
            ),
            "question": st.column_config.TextColumn("Question", width="large"),
            "answer": st.column_config.TextColumn("Answer", width="large"),
            "rows": st.column_config.TextColumn("Rows", width="small"),
            "finding": st.column_config.CheckboxColumn("Finding", width="small"),
        },
    )


def _edit_decision(fields: dict[str, Any], key: str) -> dict[str, Any]:
    st.header("What is right")
    choices = [one.value for one in Decision]
    words = {one.value: DECISIONS[one] for one in Decision}
    return {
        "decision": st.selectbox(
            "Right decision",
            choices,
            choices.index(fields["decision"]),
            format_func=words.__getitem__,
            key=f"{key}-d",
        ),
        "acceptable": st.multiselect(
            "No mistake either",
            choices,
            fields["acceptable"],
            format_func=words.__getitem__,
            key=f"{key}-also",
        ),
        "rows": st.multiselect("Rows behind it", _ROWS, fields["rows"], key=f"{key}-rows"),
        "wait_words": st.text_area(
            "How long, in words (for who defers)", fields["wait_words"], key=f"{key}-ww"
        ),
        "wait_days": st.number_input(
            "At least how many days from today; 0 where a sign decides",
            0,
            LONGEST_WAIT,
            fields["wait_days"],
            key=f"{key}-wd",
        ),
        "course_rule": st.checkbox(
            "The number is a course rule", fields["course_rule"], key=f"{key}-cr"
        ),
    }


def _edit_reasons(sheet: CaseSheet, key: str) -> Sequence[dict[str, Any]]:
    st.header("Reasons on offer")
    st.markdown("A right one names its rows, where it has some. A wrong one is a misconception.")
    return _table(
        sheet.reasons,
        f"{key}-reasons",
        {
            "id": None,
            "text": st.column_config.TextColumn("Reason", width="large"),
            "correct": st.column_config.CheckboxColumn("Right", width="small"),
            "rows": st.column_config.TextColumn("Rows", width="small"),
            "why": st.column_config.TextColumn("Why", width="large"),
        },
    )


def _edit_events(sheet: CaseSheet, key: str) -> Sequence[dict[str, Any]]:
    st.header("What follows")
    st.markdown(
        "Each of the four decisions has its story. What comes of waiting too short a time is told "
        "where a number of days is given."
    )
    return _table(
        sheet.events,
        f"{key}-events",
        {
            "when": st.column_config.SelectboxColumn(
                "After", options=[*(one.value for one in Decision), TOO_SOON], required=True
            ),
            "day": st.column_config.NumberColumn("Day", min_value=0, max_value=LONGEST_WAIT),
            "text": st.column_config.TextColumn("What happens", width="large"),
        },
    )


def _edit_end(fields: dict[str, Any], known: CasesCourse, key: str) -> dict[str, Any]:
    st.header("Debrief and sources")
    debrief = st.text_area("Debrief", fields["debrief"], key=f"{key}-end")
    sources = st.multiselect("Sources", known.sources, fields["sources"], key=f"{key}-s")
    return {
        "debrief": debrief,
        "sources": sources,
        "reviewed": _day("Reviewed", fields["reviewed"], f"{key}-r"),
        "review_due": _day("Review due", fields["review_due"], f"{key}-rd"),
    }


def _day(label: str, given: str, key: str) -> str:
    chosen = st.date_input(label, date.fromisoformat(given), key=key, format="YYYY-MM-DD")
    return chosen.isoformat()


def _table(rows: Sequence[Any], key: str, columns: dict[str, Any]) -> Sequence[dict[str, Any]]:
    edited: Sequence[dict[str, Any]] = st.data_editor(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
        [*rows],
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_order=[name for name, column in columns.items() if column is not None],
        column_config=columns,
    )
    return edited
