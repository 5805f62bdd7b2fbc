"""The glossary: the words of the field from A to Z."""

import streamlit as st

from base.permissions import Permission
from courses.queries.handbook import handbook_view
from ui.act import look
from ui.lessons.glossary_list import draw_terms, matching
from ui.lessons.look_up import draw_look_up
from ui.lessons.reading_aid import draw_reading_aid
from ui.lessons.text import draw_source_places, draw_style
from ui.nav import parameter
from ui.words import count, plain

with look(Permission.COURSE_STUDY) as tx:
    view = handbook_view(tx)

draw_style()
st.title("Glossary")
draw_look_up("glossary")
search = st.text_input(
    "Find a word",
    icon=":material/search:",
    max_chars=100,
    placeholder="papule, histology …",
)
terms = matching(view.handbook.terms, search)
if terms:
    st.markdown(f"{count(len(terms), 'word')}. In lessons they are underlined with dots.")
    draw_terms(terms)
    draw_source_places(view.cited_by(terms))
    draw_reading_aid(parameter("at"), "glossary")
elif view.handbook.terms:
    st.info(f"No word holds “{plain(search)}”. Try fewer letters.", icon=":material/search_off:")
else:
    st.info("There is no glossary yet. It comes with the courses.", icon=":material/menu_book:")
