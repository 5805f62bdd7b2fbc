"""A case afterwards: each stage with what followed from it, and what should have been asked."""

from collections.abc import Sequence

import streamlit as st

from quizbank.kinds.case_shown import Debrief, MissedFact, StageTold
from ui.kinds import cloze
from ui.kinds.item_form import show_explanations, show_mark


def draw_debrief(debrief: Debrief) -> None:
    """Draw every stage with mark, consequences and reasons, then the facts that were missed."""
    for stage in debrief.stages:
        _draw_stage(stage)
    if debrief.essential:
        _draw_questions(debrief.missed)


def _draw_stage(stage: StageTold) -> None:
    stem = cloze.numbered(stage.stem) if stage.kind == "cloze" else stage.stem
    st.markdown(f"### Stage {stage.number}\n\n{stem}")
    show_mark(stage.mark)
    for text in stage.consequences:
        said = f"**What followed.** {text}"
        if stage.mark.unsafe:
            st.error(said, icon=":material/personal_injury:")
        else:
            st.info(said, icon=":material/subdirectory_arrow_right:")
    show_explanations(stage.explanations)


def _draw_questions(missed: Sequence[MissedFact]) -> None:
    st.markdown("### What had to be asked")
    if not missed:
        st.markdown(":material/check_circle: Everything that is essential here was asked.")
        return
    st.markdown("This is essential here, and was not asked:")
    for fact in missed:
        with st.container(border=True):
            st.markdown(f":material/help: **{fact.question}**\n\n{fact.answer}")
            st.markdown(f"Why it matters: {fact.reason}")
