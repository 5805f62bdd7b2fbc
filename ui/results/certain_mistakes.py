"""Unsafe answers that were given with certainty, by topic, and the way to put them right."""

from collections.abc import Mapping, Sequence

import streamlit as st

from quizbank.queries.certain_mistakes import CertainMistake
from quizbank.queries.exams import ExamOffer, refusal_sentence
from ui.nav import go
from ui.words import day, plain

PUT_RIGHT = "Put it right"


def draw_certain_mistakes(found: Sequence[CertainMistake], titles: Mapping[str, str]) -> None:
    """Name each by topic and objective, and how far it is put right; draw nothing for none."""
    if not found:
        return
    st.header("Certain, and unsafe")
    st.markdown(
        "These answers were given as certain and could hurt a client. They are put right, by a "
        "lesson and fresh questions, before another attempt."
    )
    for one in found:
        icon, colour = (":material/check_circle:", "green") if one.done_at else ("", "red")
        standing = f"put right on {day(one.done_at)}" if one.done_at else "to be put right"
        title = titles.get(one.objective, one.objective)
        st.markdown(
            f":{colour}[{icon or ':material/warning:'}] **{plain(one.topic)}** · {plain(title)} · "
            f"{standing}"
        )


def draw_put_right(offer: ExamOffer, *, first: bool = True) -> None:
    """Say what is to be put right before the exam, with the button that leads there.

    `first` tells that it is the first thing to do on its page.
    """
    st.markdown(f":material/healing: {refusal_sentence(offer)}")
    label = PUT_RIGHT if offer.to_put_right == 1 else "Put them right"
    kind = "primary" if first else "secondary"
    if st.button(label, type=kind, icon=":material/healing:"):
        go("remediation", exam=offer.exam_id)
