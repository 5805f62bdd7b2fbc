"""Where a change of a lesson, an outline or a case stands, and what its authors may do with it."""

from collections.abc import Callable, Sequence

import streamlit as st

from courses.commands.content_reviews import drop_content, take_content_back
from courses.queries.content_drafts import SavedDraft
from ui.changes import ask_own, draw_events, draw_stage
from ui.nav import link
from ui.words import plain

SENT = "Sent for review. Somebody else reads it and publishes it."


def draw_state(draft: SavedDraft | None) -> None:
    """Say where the change stands, who writes it, and what was said about it last."""
    if draft is None:
        return
    names = plain(" and ".join(draft.authors))
    draw_stage(draft.stage, draft.authors, draft.saved_at)
    if draft.in_review:
        st.markdown("It stands still until somebody else has read it and publishes or returns it.")
    elif not draft.mine:
        st.info(
            f"{names} began this draft. What you type goes into it, and you become an author of "
            "it: somebody else then has to publish it.",
            icon=":material/group:",
        )


def ask_send(problems: Sequence[str], ready: bool, key: str) -> str | None:
    """Say what is missing, or offer to send the draft; returns the note once it is pressed."""
    if problems:
        listed = "\n".join(f"- {plain(one)}" for one in problems)
        st.warning(f"**Before this can be sent for review**\n\n{listed}", icon=":material/edit:")
    note = ""
    if ready:
        note = st.text_area("Note for the reviewer (may stay empty)", key=key, height="content")
    icon = ":material/rate_review:"
    pressed = st.button("Send for review", type="primary", icon=icon, disabled=not ready)
    return (note or "") if pressed else None


def ask_author(draft: SavedDraft, then: Callable[[], None]) -> None:
    """Draw what was said, and what the authors may do beside writing; `then` follows each."""
    link("Open the review", "content_review", icon=":material/rate_review:", change=draft.id)
    if draft.mine:
        ask_own(
            draft.stage,
            lambda tx: take_content_back(tx, draft.id),
            lambda tx: drop_content(tx, draft.id, draft.revision),
            then,
        )
    draw_events(draft.events)


def said_by(writers: Sequence[str], publisher: str) -> str:
    """Return who wrote a version and who published it, in words."""
    wrote = f"written by {plain(' and '.join(writers))}, " if writers else ""
    return f"{wrote}published by {plain(publisher)}"
