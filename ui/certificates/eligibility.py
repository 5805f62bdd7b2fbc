"""Who may do this: asking for a treatment, and drawing who is covered for it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st

from certs.eligibility import Answer, Treatment
from certs.queries.eligibility import StaffAnswer
from courses.coverage import Device, Site
from ui.entries import Entry, draw_entries
from ui.words import plain

_DEEPEST_MM = 20.0
_WORDS = {
    Answer.COVERED: ":green[:material/check_circle: **Covered**]",
    Answer.UNKNOWN: ":gray[:material/help: **Unknown**]",
    Answer.NOT_COVERED: ":red[:material/cancel: **Not covered**]",
}


def ask_treatment(today: date) -> Treatment | None:
    """Draw the form; returns the treatment once all of it is given and sent."""
    with st.form("treatment", border=False):
        where, depth = st.columns(2)
        site = where.selectbox(
            "Where", list(Site), index=None, format_func=_capital, placeholder="Choose"
        )
        length = depth.number_input(
            "Needle length, in millimetres",
            min_value=0.01,
            max_value=_DEEPEST_MM,
            value=None,
            step=0.05,
            placeholder="Such as 0.5",
        )
        what, when = st.columns(2)
        device = what.selectbox(
            "Device", list(Device), index=None, format_func=_capital, placeholder="Choose"
        )
        on = when.date_input("Day", value=today)
        sent = st.form_submit_button("Who is covered?", type="primary")
    if not sent:
        return None
    if site is None or length is None or device is None:
        st.error("Choose where, how deep, with what and on which day.", icon=":material/error:")
        return None
    return Treatment(site=site, depth_mm=length, device=device, on=on)


def draw_answers(asked: Treatment, answers: Sequence[StaffAnswer]) -> None:
    """Say how many are covered, who with what reason, and what to bear in mind."""
    st.header(f"{_capital(asked.site)}, {asked.depth_mm:g} mm, {asked.device}")
    counted = Counter(one.found.answer for one in answers)
    told = ", ".join(f"{counted[one]} {one}" for one in Answer)
    st.markdown(f"**On {asked.on:%-d %B %Y}: {told}**")
    draw_entries([_entry(one) for one in answers], "eligibility")
    mind = dict.fromkeys(line for one in answers for line in one.found.bear_in_mind)
    if mind:
        st.markdown("**Bear in mind**\n\n" + "\n".join(f"- {plain(line)}" for line in mind))
    st.caption("Only staff who consented are listed. Unknown never counts as covered.")


def _entry(one: StaffAnswer) -> Entry:
    number = f" · number {plain(one.staff_number)}" if one.staff_number else ""
    facts = [_WORDS[one.found.answer], plain(one.found.reason)]
    if one.found.serial:
        facts.append(f"[{one.found.serial}](/verify/{one.found.serial})")
    return Entry(f"**{plain(one.name)}**{number}", "eligibility", None, tuple(facts))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
