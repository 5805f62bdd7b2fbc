"""What a course or a lesson says of the clients that wait to be screened, and the way to them."""

import streamlit as st

from courses.queries.screening import ScreeningOffer
from courses.screening.scoring import Outcome
from ui.nav import go, link
from ui.screening.words import OUTCOMES
from ui.words import count


def draw_screening(slug: str, offer: ScreeningOffer) -> None:
    """Show what the simulator is, how far somebody is with it, and the way to it."""
    with st.container(border=True):
        st.subheader("Screen clients")
        st.markdown(
            f"{count(offer.clients, 'client')} come in one by one and tell you only what you ask "
            "for. Decide, and see what comes of it."
        )
        if offer.standing.outcome is not Outcome.OPEN:
            st.markdown(OUTCOMES[offer.standing.outcome])
        elif offer.standing.decided:
            st.markdown(f"{offer.standing.decided} of {offer.clients} decided on.")
        label = "Go on with your client" if offer.running else "Screen a client"
        if st.button(label, icon=":material/clinical_notes:"):
            go("screening", course=slug)


def draw_screening_link(slug: str) -> None:
    """Draw the way from a lesson to its course's clients."""
    link("Screen a client with this", "screening", icon=":material/clinical_notes:", course=slug)
