"""On one's first page: short quizzes about sources that changed."""

from collections.abc import Sequence

import streamlit as st

from courses.commands.source_changes import start_update_quiz
from courses.queries.source_changes import OwnUpdate
from ui.act import act
from ui.nav import go
from ui.words import plain


def draw_updates(updates: Sequence[OwnUpdate]) -> None:
    """Say what changed, and lead to the quiz about it."""
    for update in updates:
        with st.container(border=True):
            st.header("Something changed")
            st.markdown(f"What your course “{plain(update.course_title)}” rests on has changed:")
            st.markdown(f"> {plain(' '.join(update.note.split()))}")
            label = "Go on with the short quiz" if update.begun else "Take the short quiz"
            pressed = st.button(label, key=f"update-{update.change_id}", icon=":material/update:")
            st.markdown("It is practice: nothing counts, and your certificate stays as it is.")
        if pressed:
            _start(update)


def _start(update: OwnUpdate) -> None:
    acting = act()
    with acting as tx:
        start_update_quiz(tx, update.change_id)
    if acting.committed:
        go("practice", course=update.course_slug)
