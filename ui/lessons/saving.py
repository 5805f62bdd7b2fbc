"""Saving a lesson's draft while it is typed, and sending it to be read."""

from datetime import date

import streamlit as st

from courses.commands.content_reviews import drop_content, send_content
from courses.commands.lesson_writing import save_lesson_draft
from courses.queries.lesson_writing import LessonSheet, lesson_sheet
from ui.act import act, show_problem
from ui.lessons.content_life import SENT
from ui.lessons.draft import LessonDraft, forget, is_current, is_unsaved, load
from ui.notice import leave_notice
from ui.words import moment


def autosave(draft: LessonDraft, sheet: LessonSheet) -> None:
    """Save what was typed since the last redraw, and say in words how it stands."""
    if is_unsaved(draft) and is_current(draft, sheet):
        _save(draft, sheet)
    if is_unsaved(draft):
        st.markdown(":orange[:material/sync_problem: **Not saved yet**]")
    elif draft.revision and draft.saved_at:
        st.markdown(f":material/cloud_done: Draft saved on {moment(draft.saved_at)}.")


def offer_saved(draft: LessonDraft, sheet: LessonSheet, today: date) -> None:
    """Where the lesson went on elsewhere, offer the two ways on; nothing is lost.

    Asked after the form was drawn, which takes in what was typed. Where nothing was, the newer
    text is loaded.
    """
    if is_current(draft, sheet):
        return
    overtaken = sheet.draft and sheet.draft.based_on != sheet.version
    if not is_unsaved(draft) and not (overtaken and _shows_saved(draft, sheet)):
        load(draft, sheet, today)
        st.rerun()
    st.warning(
        f"This lesson went on elsewhere: another tab or somebody else saved it, or published "
        f"version {sheet.version}. Your text is kept below.",
        icon=":material/sync_problem:",
    )
    with st.container(horizontal=True):
        if st.button("Keep my text and save it over"):
            draft.based_on = sheet.version
            draft.revision = sheet.draft.revision if sheet.draft else 0
            # Saved again, also where not a letter differs: it goes on from another version now.
            draft.saved = ""
            _save(draft, sheet)
            st.rerun()
        if st.button("Drop my text and load what stands") and _let_go(draft, sheet):
            forget(draft)
            st.rerun()


def _shows_saved(draft: LessonDraft, sheet: LessonSheet) -> bool:
    return sheet.draft is not None and draft.revision == sheet.draft.revision


def _let_go(draft: LessonDraft, sheet: LessonSheet) -> bool:
    """Drop the saved draft where it is this one: it goes on from what no longer stands."""
    if sheet.draft is None or not _shows_saved(draft, sheet):
        return True
    acting = act()
    with acting as tx:
        drop_content(tx, sheet.draft.id, draft.revision)
    return acting.committed


def send(draft: LessonDraft, sheet: LessonSheet, note: str) -> bool:
    """Send the saved draft for review; returns whether it was."""
    acting = act()
    with acting as tx:
        saved = lesson_sheet(tx, sheet.course_slug, sheet.lesson).draft
        if saved:
            send_content(tx, saved.id, draft.revision, note)
    if acting.committed:
        forget(draft)
        leave_notice(SENT)
    return acting.committed


def _save(draft: LessonDraft, sheet: LessonSheet) -> None:
    acting = act(lambda said: show_problem(f"Not saved. {said}"))
    text, revision, now = draft.text(), 0, None
    with acting as tx:
        revision = save_lesson_draft(
            tx, sheet.course_slug, sheet.lesson, draft.based_on, text, draft.revision
        )
        now = tx.now
    if acting.committed and now:
        draft.revision, draft.saved, draft.saved_at = revision, text, now
