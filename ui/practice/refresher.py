"""The monthly refresher of somebody who holds a valid certificate of a course."""

from datetime import datetime

import streamlit as st

from courses.practice_choice import REFRESHER_LENGTH, Mode, Wanted
from ui.nav import go
from ui.practice.start import begin
from ui.words import day


def draw_refresher(slug: str, opens: datetime | None) -> None:
    """Draw the way into the refresher, or say from when on the next one comes."""
    if opens:
        said = f"The next monthly refresher of your certificate comes on {day(opens)}."
        st.markdown(f":material/event_available: {said}")
        return
    st.markdown(
        ":material/verified: You hold a certificate of this course. Once a month, "
        f"{REFRESHER_LENGTH} questions keep it fresh, those first whose mistakes could hurt."
    )
    label = f"Monthly refresher: {REFRESHER_LENGTH} questions"
    if st.button(label, key=f"refresher-{slug}", icon=":material/autorenew:") and begin(
        slug, Wanted(Mode.REFRESHER)
    ):
        go("practice", course=slug)
