"""What a practice session came to: the marks, and which topic comes back when."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from courses.queries.practice import ComesBack
from quizbank.queries.sitting import Sitting
from quizbank.rule_words import number
from ui.words import count

_RIGHT = "<span aria-hidden='true'>✓</span> right"
_MISSED = "<span aria-hidden='true'>↻</span> not right"
_STYLE = """
<style>
  .back { border-collapse: collapse; width: 100%; font-size: 1rem; }
  .back th, .back td { text-align: left; font-weight: 400; padding: 0.4rem 0.6rem 0.4rem 0;
    border-bottom: 1px solid rgb(128 128 128 / 0.25); vertical-align: top; }
  .back thead th { font-weight: 600; }
</style>
"""


def draw_practice_result(now: Sitting, back: Sequence[ComesBack]) -> None:
    """Draw what an ended session came to."""
    reached, left = number(now.marks or 0), len(now.unanswered)
    if left == now.questions:
        st.info("Practice ended before the first answer.", icon=":material/info:")
    elif left:
        answered = count(now.questions - left, "question")
        st.success(
            f"Practice ended: {reached} marks for {answered}, {left} left for another time.",
            icon=":material/check_circle:",
        )
    else:
        said = f"Practice finished: {reached} of {now.marked} marks."
        st.success(said, icon=":material/check_circle:")
    if back:
        st.header("What comes back when")
        st.html(_table(back, now.now))
        st.markdown(
            "What was not right comes back soon, what you were certain of and right after days. "
            "Each time it is right the wait grows."
        )


def when(due: datetime, now: datetime) -> str:
    """Return when something comes back: "later today", "tomorrow", "in 9 days (2 December)"."""
    days = (due.date() - now.date()).days
    if days <= 0:
        return "now" if due <= now else "later today"
    return "tomorrow" if days == 1 else f"in {days} days ({due:%-d %B})"


def _table(back: Sequence[ComesBack], now: datetime) -> str:
    head = "".join(f"<th scope='col'>{one}</th>" for one in ("Topic", "This time", "Comes back"))
    rows = "".join(_row(one, now) for one in back)
    return (
        f"{_STYLE}<table class='back'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(one: ComesBack, now: datetime) -> str:
    name = escape(one.family.replace("-", " ").capitalize())
    said = _RIGHT if one.right else _MISSED
    return (
        f"<tr><th scope='row'>{name} ({one.objective})</th><td>{said}</td>"
        f"<td>{when(one.due, now)}</td></tr>"
    )
