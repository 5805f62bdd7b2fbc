"""What stands before an exam is submitted: what is open, begun or flagged."""

import streamlit as st

from quizbank.queries.sitting import Sitting
from ui.sitting.tab_state import Screen, review
from ui.words import count


def draw_summary(screen: Screen, now: Sitting) -> None:
    """Name what has no answer, and offer to submit or to go back."""
    st.header("Before you submit")
    untouched = [place for place in now.unanswered if place not in now.begun]
    if untouched:
        without = count(len(untouched), "question")
        st.warning(
            f"**{without} without an answer:** {now.numbers(untouched)}. "
            "An unanswered question earns nothing.",
            icon=":material/help:",
        )
    if now.begun:
        are = "Question {} is" if len(now.begun) == 1 else "Questions {} are"
        st.warning(
            f"**{are.format(now.numbers(now.begun))} begun:** the stages you answered count, "
            "the others earn nothing.",
            icon=":material/hourglass_bottom:",
        )
    if not now.unanswered:
        st.success(f"All {now.questions} questions are answered.", icon=":material/check_circle:")
    if now.unsaid:
        st.info(
            f"**Not said how sure you are:** {now.numbers(now.unsaid)}. You may submit like "
            "this; what you say of it never changes your marks.",
            icon=":material/psychology:",
        )
    if now.flagged:
        st.info(f"**Flagged for later:** {now.numbers(now.flagged)}.", icon=":material/flag:")
    st.markdown("After you submit, answers cannot be changed any more.")
    with st.container(horizontal=True):
        st.button(
            "Back to the questions",
            key="back",
            icon=":material/arrow_back:",
            on_click=review,
            args=(screen, False),
        )
        if st.button("Submit the exam", key="submit", type="primary"):
            st.session_state["submit-now"] = now.attempt_id
            st.rerun()
