"""What a practice session came to: the marks, and which topic comes back when."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from courses.queries.practice import ComesBack
from quizbank.queries.sitting import Sitting
from ui.words import count, marks, plain

_RIGHT = ":green[:material/check_circle:] right"
_MISSED = ":orange[:material/replay:] not right"


def draw_practice_result(now: Sitting, back: Sequence[ComesBack]) -> None:
    """Draw what an ended session came to."""
    left = len(now.unanswered)
    reached = f"{marks(now.marks or 0)} of {now.marked} marks"
    if left:
        reached += f", {count(left, 'question')} not answered"
    st.success(f"Practice finished: {reached}.", icon=":material/check_circle:")
    if back:
        st.header("What comes back when")
        st.markdown(_table(back, now.now))
        st.markdown(
            "What was not right comes back the same day, what you were certain of and right after "
            "days. Each time it is right the wait grows."
        )


def when(due: datetime, now: datetime) -> str:
    """Return when something comes back: "later today", "tomorrow", "in 9 days (2 December)"."""
    days = (due.date() - now.date()).days
    if days <= 0:
        return "now" if due <= now else "later today"
    return "tomorrow" if days == 1 else f"in {days}\u00a0days ({due:%-d %B})"


def _table(back: Sequence[ComesBack], now: datetime) -> str:
    lines = ["| Topic | This time | Comes back |", "| --- | --- | --- |"]
    for one in back:
        name = plain(one.family.replace("-", " ").capitalize())
        said = _RIGHT if one.right else _MISSED
        lines.append(f"| {name} ({one.objective}) | {said} | {when(one.due, now)} |")
    return "\n".join(lines)
