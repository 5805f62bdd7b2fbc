"""The healing explorer: choose a day, and see what goes on, what is expected and what is not."""

from functools import partial

import streamlit as st

from courses.figures.figure import draw_day
from courses.figures.healing_days import (
    Day,
    again_words,
    day_of,
    live_words,
    phase_words,
    title_words,
    urgent_words,
)
from courses.figures.healing_facts import HealingExplorerFacts, Urgency
from courses.figures.palette import DARK, LIGHT
from courses.figures.parts import lowered
from ui.figures.spoken import say
from ui.figures.view import draw_picture, draw_table, is_dark


def draw_healing_explorer(facts: HealingExplorerFacts, key: str) -> None:
    """Draw controls, drawing and words."""
    st.session_state.setdefault(f"{key}-day", 0)
    _explore(facts, key)
    draw_table(facts)


@st.fragment
def _explore(facts: HealingExplorerFacts, key: str) -> None:
    day = day_of(facts, _choose(facts, key))
    say(live_words(day), f"{key}-said")
    st.markdown(
        f"**{title_words(day)}: {lowered(phase_words(day))}.** "
        f"The client sees: {lowered(day.seen.words)}"
    )
    draw_picture(draw_day(day, DARK if is_dark() else LIGHT))
    _draw_words(day)
    _draw_worries(day)


def _choose(facts: HealingExplorerFacts, key: str) -> int:
    place = f"{key}-day"
    with st.container(border=True):
        number = st.slider("Days after needling", 0, facts.last_day, key=place)
        with st.container(horizontal=True):
            for words, step in (("Day before", -1), ("Next day", 1)):
                to = day_of(facts, number + step).number
                st.button(words, key=f"{key}-{words.lower()}", on_click=partial(_set, place, to))
            for one in facts.days:
                st.button(f"Day {one}", key=f"{key}-{one}", on_click=partial(_set, place, one))
    return number


def _set(place: str, day: int) -> None:
    st.session_state[place] = day


def _draw_words(day: Day) -> None:
    waits = "; ".join(
        f"{lowered(one.label)} ({one.words})" for one in day.guidance if one.course_rule
    )
    phases = "".join(f"- **{one.label}:** {one.workers}. {one.meaning}\n" for one in day.phases)
    st.markdown(
        phases
        + (f"- :material/hourglass_top: **Course rules today:** {waits}.\n" if waits else "")
        + f"- **Needling again:** {again_words(day)} {day.facts.interval.studies}"
    )


def _draw_worries(day: Day) -> None:
    st.markdown(f"**Not expected on day {day.number}, and what to do**")
    for urgency in Urgency:
        found = [one for one in day.worries if one.urgency is urgency]
        if found:
            icon = ":material/emergency:" if urgency is Urgency.EMERGENCY else ":material/call:"
            lines = "\n".join(f"- {one.sign} ({one.when}): {lowered(one.act)}." for one in found)
            st.markdown(f"{icon} **{urgent_words(urgency)}**\n{lines}")
