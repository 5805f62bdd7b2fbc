"""One's bookmarks and notes in a course, each leading to its lesson."""

from collections.abc import Sequence

import streamlit as st

from courses.queries.reading import MarkedLesson
from ui.nav import link
from ui.words import as_typed

_SHOWN = 280


def draw_marked_lessons(slug: str, marked: Sequence[MarkedLesson]) -> None:
    """List what was marked and written; nothing where there is none."""
    if not marked:
        return
    st.header("My bookmarks and notes")
    for one in marked:
        icon = ":material/bookmark:" if one.bookmarked else ":material/edit_note:"
        link(one.title, "lesson", icon=icon, course=slug, lesson=one.slug)
        if one.note:
            cut = one.note if len(one.note) <= _SHOWN else f"{one.note[:_SHOWN].rstrip()} …"
            with st.container(border=True):
                st.markdown(as_typed(cut))
