"""Saving a draft while it is typed: what a refresh or another device finds again."""

import streamlit as st

from base.db import Tx
from quizbank.commands.proposals import rename_draft, save_draft, send_for_review
from quizbank.queries.item_page import ItemPage
from quizbank.queries.proposals import find_newest_proposal
from ui.act import act, show_problem
from ui.bank.item_draft import Draft, is_current, is_unsaved, load, note_saved
from ui.notice import leave_notice
from ui.words import moment


def autosave(draft: Draft, page: ItemPage | None, taken: bool) -> None:
    """Save what was typed since the last redraw, and say in words how it stands.

    A new item is saved as soon as it has an id that nobody else has, and some words.
    """
    ours = page is None or is_current(draft, page)
    if ours and is_unsaved(draft) and not taken and draft.text("stem"):
        _save(draft)
    if is_unsaved(draft):
        st.markdown(":orange[:material/sync_problem: **Not saved yet**]")
    elif draft.revision and draft.saved_at:
        st.markdown(f":material/cloud_done: Draft saved on {moment(draft.saved_at)}.")


def offer_saved(draft: Draft, page: ItemPage) -> None:
    """Where the draft or the item went on elsewhere, offer the two ways on; nothing is lost.

    Asked after the form was drawn, which takes in what was typed. Where nothing was, the newer
    text is loaded.
    """
    if is_current(draft, page):
        return
    if not is_unsaved(draft):
        load(draft, page)
        st.rerun()
    st.warning(
        "This item went on in another tab, or somebody else saved or published it. Your text is "
        "kept below, and is not saved.",
        icon=":material/sync_problem:",
    )
    with st.container(horizontal=True):
        if st.button("Keep my text and save it over"):
            draft.based_on = page.change.summary.based_on if page.change else page.version
            draft.revision = page.change.summary.revision if page.change else 0
            st.rerun()
        if st.button("Drop my text and load what is saved"):
            load(draft, page)
            st.rerun()


def send(draft: Draft, note: str) -> bool:
    """Send the saved draft for review; returns whether it was."""
    acting = act()
    with acting as tx:
        saved = find_newest_proposal(tx, draft.item_id)
        if saved:
            send_for_review(tx, saved.summary.id, draft.revision, note)
    if acting.committed:
        leave_notice("Sent for review. Somebody else reads it and publishes it.")
    return acting.committed


def _save(draft: Draft) -> None:
    acting = act(lambda said: show_problem(f"Not saved. {said}"))
    item_id, revision, now = draft.text("id"), 0, None
    with acting as tx:
        if draft.item_id and draft.item_id != item_id:
            draft.revision = _rename(tx, draft, item_id)
        revision = save_draft(tx, item_id, draft.based_on, draft.fields, draft.revision)
        now = tx.now
    if acting.committed and now:
        note_saved(draft, item_id, revision, now)
        # A refresh leads to the saved draft, also where it began as a new item.
        st.query_params.from_dict({"id": item_id})


def _rename(tx: Tx, draft: Draft, item_id: str) -> int:
    saved = find_newest_proposal(tx, draft.item_id)
    if saved is None:
        return 0
    return rename_draft(tx, saved.summary.id, draft.revision, item_id)
