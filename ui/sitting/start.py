"""Before an exam: its rules, one's own time, its window, and what must be ticked or typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from quizbank.exams import Refusal, Release
from quizbank.queries.exams import ExamOffer, refusal_sentence
from quizbank.rule_words import rule_in_words
from ui.local_time import here_and_utc
from ui.results.certain_mistakes import draw_put_right
from ui.words import count, lasting, plain


@dataclass(frozen=True)
class Start:
    """What a start was asked with."""

    consent: bool
    password: str


def draw_rules(offer: ExamOffer, objective_titles: Mapping[str, str]) -> None:
    """Draw what the exam asks, and the rules that its trainee agrees to."""
    rules = offer.rules
    st.title(rules.title)
    st.markdown(
        f"{count(rules.size, 'question')}, {count(rules.minutes or 0, 'minute')}. "
        f"{rule_in_words(rules, objective_titles)}"
    )
    if rules.release is not Release.IMMEDIATE:
        st.markdown("The academy looks at every result before it is released to you.")
    if rules.pilots:
        trial = count(rules.pilots, "further question")
        st.markdown(f"Up to {trial} may be on trial among them, and do not count for your result.")
    st.header("Rules")
    st.markdown("\n".join(f"- {rule}" for rule in rules.rules))
    if rules.retakes:
        left = rules.retakes.max_attempts - offer.attempts_used
        st.markdown(
            f"**Attempts left: {left} of {rules.retakes.max_attempts}.** After a failed attempt "
            f"the next one opens {count(rules.retakes.wait_hours, 'hour')} later."
        )


def draw_times(offer: ExamOffer, now: datetime) -> None:
    """Say how long one has, breaks and all, and when the window closes."""
    factor = offer.adjustment.time_factor
    if offer.time and factor > 1:
        st.markdown(f"**Your time: {lasting(offer.time)} ({factor:g} times).**")
    if offer.rest:
        st.markdown(
            f"**Your breaks: {lasting(offer.rest)} in all.** The clock rests meanwhile. Questions "
            "that you have seen before a break cannot be answered after it."
        )
    window = offer.window
    if window is None:
        return
    st.markdown(f"**{plain(window.title)}**, open until {here_and_utc(window.closes_at)}.")
    left = window.closes_at - now
    if offer.time and left < offer.time:
        st.warning(
            f"**The window cuts your time short.** If you start now, you have {lasting(left)} "
            f"instead of {lasting(offer.time)}, and breaks do not move its end.",
            icon=":material/timer_off:",
        )


def draw_refusal(offer: ExamOffer) -> None:
    """Say why the exam cannot be started, and from when on it can."""
    if offer.refusal is Refusal.REMEDIATE:
        draw_put_right(offer)
        return
    st.info(refusal_sentence(offer), icon=":material/lock_clock:")
    if offer.refusal is Refusal.NO_WINDOW and offer.next_window:
        opens = here_and_utc(offer.next_window.opens_at)
        st.markdown(f"**{plain(offer.next_window.title)}** opens on {opens}.")


def ask_code() -> str:
    """Draw the field for an invitation code; returns what was sent."""
    with st.form("code", border=True):
        code = st.text_input("Invitation code, if you were given one", autocomplete="off")
        sent = st.form_submit_button("Use the code")
    return code if sent else ""


def ask_start(offer: ExamOffer) -> Start | None:
    """Draw the consent, the password where the room has one, and the start."""
    password = ""
    if offer.window and offer.window.asks_password:
        password = st.text_input(
            "Password, read out in the room", key="room-password", autocomplete="off"
        )
    consent = st.checkbox(offer.rules.consent, key="consent", wrap=True)
    pressed = st.button("Start the exam", type="primary", disabled=not consent)
    return Start(consent, password) if pressed else None
