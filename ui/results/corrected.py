"""What the correction of a key made of one's own result, in words."""

from collections.abc import Sequence

import streamlit as st

from quizbank.queries.own_results import Corrected, VerdictTold
from quizbank.rule_words import number
from ui.words import day


def draw_own_corrections(found: Sequence[Corrected]) -> None:
    """Say of every correction when it decided the result anew, and what it was before and after."""
    for one in found:
        st.info(
            f"**A key was corrected on {day(one.at)}, and your answers were marked again.** "
            f"Before: {_told(one.before)}. Now: {_told(one.after)}.",
            icon=":material/key:",
        )


def _told(one: VerdictTold) -> str:
    verdict = "passed" if one.passed else "not passed"
    if one.marks is None:
        return verdict
    return f"{verdict}, {number(one.marks)} of {one.items} marks (cut score {one.cut})"
