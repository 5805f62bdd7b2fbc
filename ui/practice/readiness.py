"""Readiness for each objective, and what is strong and weak, in bars and words."""

from collections.abc import Sequence

import streamlit as st

from courses.practice_choice import Mode
from courses.readiness import Readiness, Topic
from ui.nav import link
from ui.results.objective_bars import draw_objectives
from ui.words import count, plain

# A longer list would tell of single questions, not of what to work on.
_MOST_TOPICS = 5


def draw_readiness(slug: str, told: Readiness) -> None:
    """Draw a bar for each objective, and name those that nothing is known of."""
    st.header("Ready for the exam?")
    if not told.lines:
        st.markdown(
            "Nothing is known yet: answer some questions in practice, and each objective gets a "
            "bar here."
        )
        link("Practise", "practice", icon=":material/exercise:", course=slug)
        return
    st.markdown("From your newest answer to every practice question that you met.")
    draw_objectives(told.lines)
    if told.unpractised:
        names = "\n".join(f"- {plain(one)}" for one in told.unpractised)
        st.markdown(f"Not practised yet:\n{names}")


def draw_strengths(slug: str, told: Readiness) -> None:
    """Name what is strong, and the topics that went wrong most, with the way to practise them."""
    if not told.lines:
        return
    st.header("Strengths and weak spots")
    if told.strong:
        names = "\n".join(
            f"- :green[:material/check_circle:] {plain(one.title)}" for one in told.strong
        )
        st.markdown(f"**Strong**: above the exam's cut, and surely so.\n{names}")
    else:
        st.markdown("No objective is surely above the exam's cut yet. Each answer makes it surer.")
    if told.weak:
        st.markdown(f"**To work on**, the weakest first:\n{_topics(told.weak)}")
        label = "Practise where I am weakest"
        link(label, "practice", icon=":material/exercise:", course=slug, mode=Mode.WEAK)


def _topics(weak: Sequence[Topic]) -> str:
    shown = [
        f"- {plain(one.name)} ({one.objective}): {one.right} of "
        f"{count(one.answers, 'question')} right when last answered"
        for one in weak[:_MOST_TOPICS]
    ]
    more = len(weak) - _MOST_TOPICS
    return "\n".join([*shown, *([f"- and {count(more, 'more topic')}"] if more > 0 else [])])
