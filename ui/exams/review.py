"""What a trainee may look at again after an exam: a grid of windows and parts."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from pydantic import JsonValue

from quizbank.review_windows import EVERYTHING, OWN_ANSWERS, SUMMARY, Part
from ui.exams.draft import ExamDraft, Fields

_PRESETS: dict[str, Sequence[Part]] = {
    "Verdict and objectives only": SUMMARY,
    "Own answers with right or wrong": OWN_ANSWERS,
    "Everything": EVERYTHING,
}
_WINDOWS = {
    "right_after": "Right after the release",
    "later": "Later, while the exam is open to others",
    "closed": "Once the exam is closed",
}
_PARTS = {
    Part.QUESTION: "Questions",
    Part.RESPONSE: "Own answers",
    Part.CORRECTNESS: "Right or wrong",
    Part.ANSWER: "Right answers and reasons",
    Part.MARKS: "Marks of each question",
    Part.OBJECTIVES: "Objectives",
    Part.TOTAL: "Total of marks",
}


def edit_review(draft: ExamDraft) -> None:
    """Draw the grid; what is chosen is in the draft when this returns."""
    standing = draft.fields.get("review")
    fields: Fields = standing if isinstance(standing, dict) else {}
    st.header("What the trainee may see again")
    st.markdown(
        "The verdict, and what failed in words, are always seen once the result is released. "
        "While the exam runs, only the questions and one's own answers are. Questions that are "
        "shown again cannot be used again without others knowing them."
    )
    with st.container(horizontal=True):
        for name, parts in _PRESETS.items():
            st.button(name, key=f"preset-{name}", on_click=_choose, args=(draft, parts))
    for window, title in _WINDOWS.items():
        with st.container(border=True):
            st.markdown(f"**{title}**")
            fields[window] = [*_edit_window(draft, window, fields.get(window))]
    _edit_times(draft, fields)
    draft.fields["review"] = fields


def _edit_window(draft: ExamDraft, window: str, standing: JsonValue) -> list[str]:
    chosen = {str(part) for part in standing} if isinstance(standing, list) else set[str]()
    with st.container(horizontal=True):
        return [
            str(part)
            for part, label in _PARTS.items()
            if st.checkbox(label, value=part in chosen, key=draft.key(f"review-{window}-{part}"))
        ]


def _edit_times(draft: ExamDraft, fields: Fields) -> None:
    with st.container(horizontal=True):
        fields["right_after_minutes"] = st.number_input(
            "“Right after” lasts, in minutes",
            min_value=1,
            max_value=10_080,
            value=int(str(fields["right_after_minutes"])),
            key=draft.key("right_after_minutes"),
            width=220,
        )
        standing = fields.get("closed_on")
        closed_on = st.date_input(
            "Closed from this day on (UTC)",
            value=date.fromisoformat(str(standing)) if standing else None,
            key=draft.key("closed_on"),
            width=220,
        )
    fields["closed_on"] = closed_on.isoformat() if isinstance(closed_on, date) else None
    st.markdown(
        "An exam that is sat in windows is never closed before the last of them ends. Without a "
        "day, any other one stays open."
    )


def _choose(draft: ExamDraft, parts: Sequence[Part]) -> None:
    standing = draft.fields.get("review")
    fields: Fields = standing if isinstance(standing, dict) else {}
    draft.fields["review"] = {**fields, **{window: [*map(str, parts)] for window in _WINDOWS}}
    # Every field is drawn afresh, from what is typed already.
    draft.generation += 1
