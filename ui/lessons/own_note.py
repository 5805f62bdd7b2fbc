"""One's own note on a lesson: saved on leaving the field, with what stood there before."""

import streamlit as st

from courses.commands.reading import LONGEST_NOTE, write_note
from courses.queries.lesson import LessonView
from courses.queries.reading import OwnNote, own_note
from ui.act import act, look
from ui.local_time import here_and_utc
from ui.words import as_typed, count


@st.fragment
def draw_own_note(view: LessonView) -> None:
    """Draw the field and the history; a fragment, so that saving draws no lesson again."""
    key = f"note-{view.course_slug}-{view.slug}"
    with look() as tx:
        note = own_note(tx, view.course_slug, view.slug)
    st.session_state.setdefault(key, note.text)
    st.text_area(
        "My notes on this lesson",
        key=key,
        max_chars=LONGEST_NOTE,
        placeholder="Only you see them. They are saved when you leave the field.",
        on_change=_save,
        args=(view.course_slug, view.slug, key),
    )
    if note.at:
        st.markdown(f":material/check: Saved {here_and_utc(note.at)}.")
    _draw_earlier(note)


def _save(slug: str, lesson: str, key: str) -> None:
    with act() as tx:
        write_note(tx, slug, lesson, st.session_state[key])


def _draw_earlier(note: OwnNote) -> None:
    earlier = [one for one in note.earlier if one.text]
    if not earlier:
        return
    with st.expander(f"What stood here before ({count(len(earlier), 'version')})"):
        for one in earlier:
            st.markdown(f"**{here_and_utc(one.at)}**\n\n{as_typed(one.text)}")
