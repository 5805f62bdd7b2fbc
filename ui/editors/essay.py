"""The form of an essay."""

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.essay import MOST_POINTS
from ui.bank.item_draft import Draft, Fields
from ui.editors.rows import Rows, edit_rows, edit_text

_CRITERIA = Rows("rubric", "criterion", 12)
_LEVELS = "levels"
_MARKERS = {1: "One person", 2: "Two people, and a third where they differ"}


def edit(draft: Draft) -> None:
    """Draw the rubric, a good answer, the limits of words and who marks."""
    st.markdown(
        "**The rubric.** What markers look for, and how many points each is worth. A criterion "
        "with levels is marked by choosing one; its highest level earns all its points."
    )
    edit_rows(draft, _CRITERIA, lambda letter, one: _edit_criterion(draft, letter, one))
    for name, label in (
        ("model_answer", "A good answer, for markers, and for trainees after practice"),
        ("template", "Text that the field begins with (may stay empty)"),
    ):
        draft.fields[name] = st.text_area(
            label, value=draft.text(name), key=draft.key(name), height="content"
        )
    with st.container(horizontal=True):
        _edit_words(draft, "min_words", "Fewest words (may stay empty)")
        _edit_words(draft, "max_words", "Most words (may stay empty)")
    _edit_markers(draft)


def _edit_criterion(draft: Draft, letter: str, one: Fields) -> None:
    # A criterion has no reason of its own: its levels say what earns what.
    one.pop("reason", None)
    edit_text(draft, _CRITERIA, one, "text", f"What markers look for, {letter}")
    one.setdefault("points", 5)
    one["points"] = st.number_input(
        f"Points for {letter}",
        min_value=1,
        max_value=MOST_POINTS,
        value=_whole(one["points"]),
        key=_CRITERIA.key(draft, "points", one),
        width=200,
    )
    standing = one.get(_LEVELS)
    written = "\n".join(_line(level) for level in standing) if isinstance(standing, list) else ""
    typed = st.text_area(
        f"Levels of {letter}, one a line, such as “3: names two reasons” (may stay empty)",
        value=written,
        key=_CRITERIA.key(draft, _LEVELS, one),
        height="content",
    )
    one[_LEVELS] = [_level(line) for line in typed.splitlines() if line.strip()]


def _edit_words(draft: Draft, name: str, label: str) -> None:
    standing = draft.fields.get(name)
    draft.fields[name] = st.number_input(
        label,
        min_value=1,
        max_value=10_000,
        value=standing if isinstance(standing, int) else None,
        step=10,
        key=draft.key(name),
        width=280,
    )


def _edit_markers(draft: Draft) -> None:
    markers = st.radio(
        "Who marks an answer",
        list(_MARKERS),
        index=1 if draft.fields.get("markers") == 2 else 0,
        format_func=lambda one: _MARKERS[one],
        key=draft.key("markers"),
    )
    draft.fields["markers"] = markers
    if markers == 2:
        share = draft.fields.get("tolerance")
        shown = round((share if isinstance(share, int | float) else 0.2) * 100, 5)
        typed = st.number_input(
            "Percent of the mark by which two may differ before a third is asked",
            min_value=0.0,
            max_value=100.0,
            value=shown,
            step=5.0,
            format="%.5g",
            key=draft.key("tolerance"),
        )
        draft.fields["tolerance"] = share if typed == shown and share is not None else typed / 100


def _level(line: str) -> Fields:
    points, colon, text = line.partition(":")
    if not colon or not points.strip().isdecimal():
        # As typed where no points stand before it, so that nothing is lost and the model says so.
        return {"points": None, "text": line.strip()}
    return {"points": int(points), "text": text.strip()}


def _line(level: JsonValue) -> str:
    if not isinstance(level, dict):
        return str(level)
    points = level.get("points")
    return str(level["text"]) if points is None else f"{points}: {level['text']}"


def _whole(value: JsonValue) -> int:
    return value if isinstance(value, int) else 1
