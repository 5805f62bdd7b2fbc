"""A screening case from its first word to its last, as those who write it see it."""

import streamlit as st

from courses.screening.case import Area, Decision, Fact, ScreeningCase
from courses.screening.scoring import verdict_on
from ui.screening.debrief import draw_days
from ui.screening.words import AREAS, DECISIONS
from ui.words import plain


def draw_preview(case: ScreeningCase) -> None:
    """Draw who comes, what they answer, and what each decision leads to."""
    with st.container(border=True):
        st.header(plain(case.client))
        st.markdown(plain(case.arrives))
    for area in Area:
        told = [_told(fact) for fact in case.facts if fact.area is area]
        if told:
            st.markdown(f"**{AREAS[area]}**\n\n" + "\n".join(told))
    for decision in Decision:
        st.subheader(f"{DECISIONS[decision]}: {verdict_on(case, decision)}")
        draw_days(case.consequences.of(decision))
    if case.wait and case.wait.too_soon:
        st.subheader("Deferred for too short a time")
        draw_days(case.wait.too_soon)
    st.subheader("The reasons")
    for one in case.reasons:
        word = "holds" if one.correct else "does not hold"
        codes = f" ({', '.join(one.rows)})" if one.rows else ""
        st.markdown(f"- **{plain(one.text)}** {word}. {plain(one.why)}{codes}")
    st.subheader(plain(case.title))
    st.markdown(plain(case.debrief))


def _told(fact: Fact) -> str:
    sign = ":material/flag: " if fact.finding else ""
    codes = f" ({', '.join(fact.rows)})" if fact.rows else ""
    return f"- {plain(fact.question)} {sign}**{plain(fact.answer)}**{codes}"
