"""The numbing arithmetic as teaching: type, see every step, and find the mistakes of others."""

import streamlit as st

from courses.citing import short_keys
from courses.figures.lidocaine_facts import LidocaineFacts
from courses.figures.lidocaine_sum import LabelSum, Verdict, in_figures, steps, work_out
from ui.figures.view import draw_still


def draw_lidocaine(
    facts: LidocaineFacts, slug: str, name: str, key: str, *, in_lesson: bool = False
) -> None:
    """Draw the chart, the calculator, what it cannot tell, and worked wrong answers.

    A lesson says the last two in its own text.
    """
    draw_still(facts, slug, name)
    _calculate(facts, key)
    if in_lesson:
        return
    st.markdown("**What the sum cannot tell you**")
    st.markdown(
        "\n".join(rf"- {one.words} :small[\[{short_keys(one.sources)}\]]" for one in facts.limits)
    )
    _draw_mistakes(facts)


@st.fragment
def _calculate(facts: LidocaineFacts, key: str) -> None:
    with st.container(border=True):
        st.markdown(
            "**Work the label's sum out.** It teaches arithmetic and recommends nothing: it can "
            "only ever say no."
        )
        with st.container(horizontal=True):
            weight = _number("Body weight in kg", 50.0, 1.0, f"{key}-kg")
            grams = _number("Amount in grams", 3.0, 0.5, f"{key}-g")
            percent = _number("Strength in %", 4.0, 0.5, f"{key}-percent")
        done = work_out(facts, weight, grams, percent)
        if isinstance(done, LabelSum):
            _draw_sum(facts, done)
        else:
            for problem in done:
                st.warning(problem, icon=":material/edit:")


def _number(label: str, value: float, step: float, key: str) -> float:
    return st.number_input(label, value=value, step=step, format="%g", key=key)


def _draw_sum(facts: LidocaineFacts, done: LabelSum) -> None:
    said = (f"{number}. {step}" for number, step in enumerate(steps(facts, done), start=1))
    st.markdown("\n".join(said))
    most = f"{facts.percent:g}%"
    ceiling = f"{in_figures(done.ceiling_mg)} mg"
    if done.verdict is Verdict.TOO_STRONG:
        st.error(
            f"Stronger than {most}: do not use it, whatever the sum says. Consumers are told to "
            f"use no more than {most}, and the label's ceilings are those of a {most} solution. "
            f"\\[{short_keys(facts.strongest_sources)}\\]",
            icon=":material/block:",
        )
    elif done.verdict is Verdict.ABOVE:
        st.error(
            f"{in_figures(done.typed_mg)} mg is not under the label's ceiling of {ceiling}: no. "
            f"\\[{short_keys(facts.label_sources)}\\]",
            icon=":material/block:",
        )
    else:
        st.info(
            f"{in_figures(done.typed_mg)} mg lies under the ceiling of {ceiling} of a label that "
            "is not for skin cream. That permits nothing: see below what the sum cannot tell.",
            icon=":material/info:",
        )


def _draw_mistakes(facts: LidocaineFacts) -> None:
    st.markdown("**Find the mistake.** Decide what went wrong, then unfold.")
    for one in facts.mistakes:
        with st.expander(f"“{one.wrote}”"):
            st.markdown(f"{one.wrong}\n\n**Right:** {one.right}.")
