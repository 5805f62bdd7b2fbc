"""The place where an item is written: the form, the live preview, and what is still missing."""

from collections.abc import Sequence

import streamlit as st

from quizbank.queries.item_page import ItemPage
from quizbank.queries.used_in import EditImpact
from ui.bank.item_draft import Draft, Reading, is_unsaved, note_drawn, read_draft
from ui.bank.item_editor import Known, edit_item
from ui.bank.item_impact import draw_impact
from ui.bank.item_remarks import draw_remarks
from ui.bank.item_view import draw_preview


def draw_workbench(draft: Draft, known: Known) -> Reading:
    """Draw the form with the preview beside it (below on a phone); returns what it says."""
    st.set_page_config(layout="wide")
    form, preview = st.columns([3, 2], gap="large")
    with form:
        edit_item(draft, known)
    note_drawn(draft)
    reading = read_draft(draft)
    with preview:
        if reading.item:
            draw_preview(reading.item)
        else:
            st.header("As the trainee sees it")
            st.markdown("The preview appears here as soon as nothing is missing in the form.")
        draw_remarks(draft.fields, draft.text("id"))
    return reading


def ask_send(draft: Draft, reading: Reading, impact: EditImpact, taken: bool) -> str | None:
    """Say what is missing and what the change will do; returns the note once it is sent."""
    problems = [*reading.problems]
    if taken:
        problems.append("Id: another item has it already; write another.")
    if problems:
        _draw_problems(problems)
    elif not reading.changed:
        st.markdown("Nothing has been changed yet.")
    else:
        draw_impact(impact, draft.based_on)
    ready = not problems and reading.changed and draft.revision > 0 and not is_unsaved(draft)
    note = ""
    if ready:
        note = st.text_area(
            "Note for the reviewer (may stay empty)", key=draft.key("note"), height="content"
        )
    icon = ":material/rate_review:"
    pressed = st.button("Send for review", type="primary", icon=icon, disabled=not ready)
    return (note or "") if pressed else None


def taken_id(draft: Draft, exists: bool) -> bool:
    """Tell whether the id that was typed belongs to another item."""
    return exists and draft.text("id") != draft.item_id


def began_from(page: ItemPage | None) -> str:
    """Say who is writing with the reader, if anybody is."""
    if page is None or page.change is None or page.change.summary.mine:
        return ""
    names = " and ".join(page.change.summary.authors)
    return f"{names} began this draft. What you type goes into it, and you become an author of it."


def _draw_problems(problems: Sequence[str]) -> None:
    listed = "\n".join(f"- {problem}" for problem in problems)
    st.warning(f"**Before this can be sent for review**\n\n{listed}", icon=":material/edit:")
