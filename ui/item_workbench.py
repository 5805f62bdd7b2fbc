"""The place where an item is written: the form, the live preview, and what is still missing."""

import streamlit as st

from quizbank.items import Item
from quizbank.queries.bank import ItemDetail
from ui.item_draft import Draft, Reading, load, read_draft
from ui.item_editor import Known, edit_item
from ui.item_remarks import draw_remarks
from ui.item_view import draw_preview


def draw_workbench(draft: Draft, known: Known) -> Reading:
    """Draw the form with the preview beside it (below on a phone); returns what it says."""
    st.set_page_config(layout="wide")
    form, preview = st.columns([3, 2], gap="large")
    with form:
        edit_item(draft, known)
    reading = read_draft(draft)
    with preview:
        if reading.item:
            draw_preview(reading.item)
        else:
            st.header("As the trainee sees it")
            st.markdown("The preview appears here as soon as nothing is missing in the form.")
        draw_remarks(draft.fields, draft.text("id"))
    return reading


def ask_publish(draft: Draft, reading: Reading, taken: bool = False) -> Item | None:
    """Say what is missing, and return the item once the author sends it."""
    problems = [*reading.problems]
    if taken:
        problems.append("Id: another item has it already; write another.")
    if problems:
        listed = "\n".join(f"- {problem}" for problem in problems)
        st.warning(f"**Before this can be sent for review**\n\n{listed}", icon=":material/edit:")
    elif not reading.changed:
        st.markdown("Nothing has been changed yet.")
    elif draft.based_on:
        st.markdown(
            f"Running and past attempts keep version {draft.based_on}; "
            "new ones draw the new version once somebody else has published it."
        )
    ready = not problems and reading.changed
    icon = ":material/rate_review:"
    pressed = st.button("Send for review", type="primary", icon=icon, disabled=not ready)
    return reading.item if pressed else None


def offer_drop(draft: Draft, detail: ItemDetail) -> None:
    """Offer to go back to the published text."""
    if st.button("Drop my changes", type="tertiary", icon=":material/undo:"):
        load(draft, detail.item, detail.version)
        st.rerun()


def offer_newer(draft: Draft, detail: ItemDetail) -> None:
    """Where somebody has published since, offer the two ways on; nothing typed is lost."""
    if draft.based_on == detail.version:
        return
    st.warning(
        f"Somebody has published version {detail.version} since you began from version "
        f"{draft.based_on}. Your text is kept below.",
        icon=":material/sync_problem:",
    )
    with st.container(horizontal=True):
        if st.button(f"Keep my text, to publish it after version {detail.version}"):
            draft.based_on = detail.version
            st.rerun()
        if st.button(f"Drop my text and load version {detail.version}"):
            load(draft, detail.item, detail.version)
            st.rerun()
