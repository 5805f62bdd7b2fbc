"""Saving a screening case while it is written, and sending it to be read."""

import streamlit as st

from courses.commands.content_reviews import drop_content, send_content
from courses.commands.screening_cases import save_case_draft
from courses.queries.screening_cases import CaseFile, case_file
from courses.screening.sheet import sheet_text
from ui.act import act, show_problem
from ui.lessons.content_life import SENT
from ui.notice import leave_notice
from ui.screening.case_draft import CaseDraft, forget, is_current, is_unsaved, load
from ui.words import moment


def autosave(draft: CaseDraft, file: CaseFile) -> None:
    """Save what was typed since the last redraw, and say in words how it stands."""
    if is_unsaved(draft) and is_current(draft, file):
        _save(draft, file)
    if is_unsaved(draft):
        st.markdown(":orange[:material/sync_problem: **Not saved yet**]")
    elif draft.revision and draft.saved_at:
        st.markdown(f":material/cloud_done: Draft saved on {moment(draft.saved_at)}.")


def offer_saved(draft: CaseDraft, file: CaseFile) -> None:
    """Where the case went on elsewhere, offer the two ways on; nothing is lost.

    Asked after the form was drawn. Where nothing was typed, the newer text is loaded.
    """
    if is_current(draft, file):
        return
    overtaken = file.draft and file.draft.based_on != file.version
    shown = file.draft is not None and draft.revision == file.draft.revision
    if not is_unsaved(draft) and not (overtaken and shown):
        load(draft, file)
        st.rerun()
    st.warning(
        "This case went on elsewhere: another tab or somebody else saved it, or version "
        f"{file.version} was published. Your text is kept below.",
        icon=":material/sync_problem:",
    )
    with st.container(horizontal=True):
        if st.button("Keep my text and save it over"):
            draft.based_on = file.version
            draft.revision = file.draft.revision if file.draft else 0
            # Saved again, also where not a letter differs: it goes on from another version now.
            draft.saved = ""
            _save(draft, file)
            st.rerun()
        if st.button("Drop my text and load what stands") and _let_go(file, shown):
            forget(draft)
            st.rerun()


def send(draft: CaseDraft, note: str) -> bool:
    """Send the saved draft for review; returns whether it was."""
    acting = act()
    with acting as tx:
        saved = case_file(tx, draft.now.fields["id"]).draft
        if saved:
            send_content(tx, saved.id, draft.revision, note)
    if acting.committed:
        forget(draft)
        leave_notice(SENT)
    return acting.committed


def _let_go(file: CaseFile, shown: bool) -> bool:
    """Drop the saved draft where it is this one: it goes on from what no longer stands."""
    if not shown or file.draft is None:
        return True
    acting = act()
    with acting as tx:
        drop_content(tx, file.draft.id, file.draft.revision)
    return acting.committed


def _save(draft: CaseDraft, file: CaseFile) -> None:
    acting = act(lambda said: show_problem(f"Not saved. {said}"))
    revision, now = 0, None
    with acting as tx:
        revision = save_case_draft(tx, file.id, draft.based_on, draft.now, draft.revision)
        now = tx.now
    if acting.committed and now:
        draft.revision, draft.saved, draft.saved_at = revision, sheet_text(draft.now), now
