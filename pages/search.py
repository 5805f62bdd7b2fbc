"""Search: every lesson, word of the glossary and contraindication that holds some words."""

import streamlit as st

from base.permissions import Permission
from courses.queries.search import search_everything
from ui.act import look
from ui.lessons.look_up import draw_look_up
from ui.lessons.search_hits import draw_hits
from ui.nav import parameter

_FIELD = "search-words"


def _remember() -> None:
    st.query_params["q"] = st.session_state[_FIELD].strip()


with look(Permission.COURSE_STUDY) as tx:
    asked = parameter("q")[:200]
    found = search_everything(tx, asked)

st.title("Look up")
draw_look_up("search")
st.session_state.setdefault(_FIELD, asked)
st.text_input(
    "Words to look for in lessons, glossary and contraindications",
    key=_FIELD,
    icon=":material/search:",
    max_chars=200,
    placeholder="isotretinoin wait, cold sore, tram-track …",
    on_change=_remember,
)
if asked:
    draw_hits(asked, found)
else:
    st.markdown("The beginning of a word is enough; accents and capitals make no difference.")
