"""What differs between two texts of a lesson, and the list of its published versions."""

from html import escape

import streamlit as st

from courses.lesson_diff import LineChange, lesson_changes
from courses.queries.lesson_writing import LessonSheet, LessonVersion
from quizbank.item_diff import Piece
from quizbank.origins import Origin
from ui.lessons.content_life import said_by
from ui.lessons.draft import LessonDraft
from ui.words import count, moment

_STYLE = """
<style>
  .lesson-diff { margin: 0 0 1rem; padding: 0; list-style: none; }
  .lesson-diff li { margin: .25rem 0; padding: .5rem .75rem; white-space: pre-wrap;
    overflow-wrap: anywhere;
    border-left: 3px solid color-mix(in srgb, currentColor 35%, transparent); }
  .lesson-diff b { display: block; }
  .lesson-diff del { text-decoration: line-through; text-decoration-thickness: 2px; opacity: .85; }
  .lesson-diff ins { text-decoration: underline; text-decoration-thickness: 2px; font-weight: 600; }
  .lesson-diff small { padding: 0 .3rem; margin: 0 .2rem; border: 1px solid currentColor;
    border-radius: .25rem; white-space: nowrap; }
</style>
"""


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
    rows = "".join(f"<li><b>{escape(one.where)}</b>{_pieces(one)}</li>" for one in changes)
    st.html(f'{_STYLE}<ul class="lesson-diff">{rows}</ul>')


def _said(version: LessonVersion) -> str:
    file = version.origin == Origin.COURSE_FILE
    by = "loaded from the course's file" if file else said_by(version.writers, version.published_by)
    return f"**Version {version.number}**, {by} on {moment(version.published_at)}"


def _pieces(change: LineChange) -> str:
    return "".join(_piece(piece, text) for piece, text in change.pieces)


def _piece(piece: Piece, text: str) -> str:
    if piece is Piece.SAME or not text.strip():
        return escape(text)
    if piece is Piece.REMOVED:
        return f"<small>removed</small><del>{escape(text)}</del>"
    return f"<small>added</small><ins>{escape(text)}</ins>"
