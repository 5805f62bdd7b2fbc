"""The contraindications: who must not be treated, or not yet; what to ask, and why."""

import streamlit as st

from base.permissions import Permission
from courses.queries.handbook import handbook_view
from ui.act import look
from ui.lessons.look_up import draw_look_up
from ui.lessons.reading_aid import draw_reading_aid
from ui.lessons.reference_rows import DECISIONS, draw_rows, matching
from ui.lessons.text import draw_source_places, draw_style
from ui.nav import parameter
from ui.words import count

with look(Permission.COURSE_STUDY) as tx:
    view = handbook_view(tx)
rows = view.handbook.rows

draw_style()
st.title("Contraindications")
draw_look_up("reference")
st.markdown(
    "Who must not be treated, or not yet. Where several rows fit one client, the strictest "
    "decision and the longest wait win (course rule). A signed consent form never meets a row."
)
search = st.text_input(
    "Find a condition, a medicine or a word",
    icon=":material/search:",
    max_chars=100,
    placeholder="blood thinner, pregnant, R9 …",
)
decisions = st.pills(
    "Decision",
    list(DECISIONS),
    selection_mode="multi",
    format_func=lambda one: " ".join(DECISIONS[one]),
)
found = matching(rows, search, decisions)
if found:
    st.markdown(f"{count(len(found), 'row')} of {len(rows)}.")
    draw_rows(found, parameter("at"))
    draw_source_places(view.cited_by(found))
    draw_reading_aid(parameter("at"), "reference")
elif rows:
    st.info(
        "No row holds these words with this decision. That does not make a client safe: ask your "
        "supervisor, and use fewer words.",
        icon=":material/search_off:",
    )
else:
    st.info("There are no rows yet. They come with the courses.", icon=":material/rule:")
st.info(
    "Educational content. A licensed clinician must review it before any use with trainees or "
    "clients. Local law and the device's instructions for use override it.",
    icon=":material/health_and_safety:",
)
