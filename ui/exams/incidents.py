"""What invigilators noted, on the pages of staff."""

from collections.abc import Sequence

import streamlit as st

from base.permissions import Permission
from quizbank.queries.incidents import Incident, incidents_of
from ui.act import look
from ui.words import as_typed, moment, plain


def draw_incidents_of(attempt_id: str) -> None:
    """Draw what was noted about an attempt; nothing where nothing was."""
    with look(Permission.RESULT_READ) as tx:
        incidents = incidents_of(tx, attempt_id)
    if incidents:
        st.header("Notes of invigilators")
        draw_incidents(incidents)


def draw_incidents(incidents: Sequence[Incident]) -> None:
    """List notes with their time and author."""
    for one in incidents:
        with st.container(border=True):
            room = ", about the whole room" if one.whole_room else ""
            st.markdown(f"**{moment(one.at)}, {plain(one.person)}**{room}")
            st.markdown(as_typed(one.text))
