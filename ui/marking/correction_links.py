"""The ways from an item to the correction of its key in past exams."""

from collections.abc import Sequence

import streamlit as st

from quizbank.queries.corrections import UsedVersion
from ui.nav import link
from ui.words import count


def offer_corrections(used: Sequence[UsedVersion]) -> None:
    """Link every version that decided attempts counted with the correction of its key."""
    if not used:
        return
    st.header("If its key was wrong")
    st.markdown(
        "A better version here changes later exams only. Those that were sat are corrected as a "
        "procedure of its own, which a second person approves."
    )
    for one in used:
        link(
            f"Correct the key for past exams: version {one.number} "
            f"({count(one.attempts, 'decided attempt')})",
            "corrections",
            icon=":material/key:",
            version=one.version_id,
        )
