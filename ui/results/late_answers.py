"""Showing staff what came after the end of an attempt."""

from collections.abc import Sequence

import streamlit as st

from quizbank.queries.late_answers import LateAnswer
from ui.words import plain

_LONGEST = 300


def draw_late_answers(late: Sequence[LateAnswer]) -> None:
    """List late answers with their time; draw nothing where there are none."""
    if not late:
        return
    st.header("Late answers")
    st.markdown("They came after the end: refused, kept here as evidence, and counted for nothing.")
    st.markdown("\n".join(f"- {_line(one)}" for one in late))


def _line(one: LateAnswer) -> str:
    words = one.words if len(one.words) <= _LONGEST else f"{one.words[:_LONGEST]} …"
    said = plain(" ".join(words.split())) or "taken back"
    return f"**Question {one.question}**, {one.at:%-d %B %Y, %H:%M:%S} UTC: {said}"
