"""What differs between two texts of a lesson, and the list of its published versions."""

import streamlit as st

from courses.lesson_diff import LineChange, lesson_changes
from courses.queries.lesson_writing import LessonSheet, LessonVersion
from quizbank.origins import Origin
from ui.diff import draw_diff
from ui.lessons.content_life import said_by
from ui.lessons.draft import LessonDraft
from ui.words import count, moment


def draw_versions(draft: LessonDraft, sheet: LessonSheet) -> None:
    """List the versions, and show what differs between one of them and the text on this screen."""
    if not sheet.versions:
        st.markdown("A new lesson: nothing is published yet.")
        return
    with st.expander(
        f"Versions and what changed ({len(sheet.versions)})", icon=":material/history:"
    ):
        st.markdown("\n".join(f"- {_said(one)}" for one in sheet.versions))
        numbers = [one.number for one in sheet.versions]
        chosen = st.selectbox(
            "Compare the text above with version", numbers, key=draft.key("compare"), width=320
        )
        old = next(one for one in sheet.versions if one.number == chosen)
        draw_changes(lesson_changes(old.text, draft.text()))


def draw_changes(changes: tuple[LineChange, ...]) -> None:
    """Draw every line that differs, with what was removed and added marked in words."""
    if not changes:
        st.markdown("Nothing differs.")
        return
    st.markdown(f"{count(len(changes), 'place')} differ{'s' if len(changes) == 1 else ''}.")
    draw_diff([(one.where, one.pieces) for one in changes])


def _said(version: LessonVersion) -> str:
    file = version.origin == Origin.COURSE_FILE
    by = "loaded from the course's file" if file else said_by(version.writers, version.published_by)
    return f"**Version {version.number}**, {by} on {moment(version.published_at)}"
