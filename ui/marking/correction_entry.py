"""Writing a key correction: the way of it, the better key, the reason."""

from copy import deepcopy
from dataclasses import dataclass

import streamlit as st
from pydantic import JsonValue

from quizbank.items import Item, item_to_data
from quizbank.remedies import RemedyKind, problems_of_correction
from ui.bank.item_draft import Draft, read_draft
from ui.bank.item_editor import edit_question
from ui.marking.corrections import REMEDIES


@dataclass(frozen=True)
class Proposed:
    """What was pressed for: the remedy, the reason, and the item with its better key."""

    remedy: RemedyKind
    reason: str
    fields: dict[str, JsonValue] | None


def ask_correction(item: Item, version_id: str, start: str) -> Proposed | None:
    """Draw the form; returns what to propose once it is pressed for.

    `start` is a reason to begin with, such as an appeal's.
    """
    has_key = item.kind != "essay"
    offered = [one for one in RemedyKind if has_key or one is not RemedyKind.KEY]
    remedy = st.radio(
        "What should happen to answers to this version",
        offered,
        format_func=lambda one: REMEDIES[one],
        key=f"remedy-{version_id}",
    )
    fields = _ask_key(item, version_id) if remedy is RemedyKind.KEY else None
    reason = st.text_area(
        "Reason, in a sentence: what is wrong, and who says so",
        value=start,
        key=f"reason-{version_id}",
        max_chars=2_000,
    )
    st.markdown("A second person sees what this would do to every attempt before anything changes.")
    pressed = st.button(
        "Propose the correction",
        type="primary",
        icon=":material/send:",
        disabled=remedy is RemedyKind.KEY and fields is None,
    )
    return Proposed(remedy, reason or "", fields) if pressed and remedy else None


def _ask_key(item: Item, version_id: str) -> dict[str, JsonValue] | None:
    """Draw the item's own form; None while what it says cannot be proposed, and why."""
    key = f"correct-{version_id}"
    if key not in st.session_state:
        standing = item_to_data(item)
        st.session_state[key] = Draft(key, item.id, 1, deepcopy(standing), standing=standing)
    draft: Draft = st.session_state[key]
    st.header("The better key")
    st.markdown(
        "Change only what is right, what it earns, what is unsafe, and the reasons. The question "
        "and its options stay as they were answered."
    )
    with st.container(border=True):
        edit_question(draft)
    reading = read_draft(draft)
    problems = [*reading.problems]
    if reading.item:
        problems = problems_of_correction(item, reading.item)
    if problems:
        listed = "\n".join(f"- {problem}" for problem in problems)
        st.warning(f"**Before this can be proposed**\n\n{listed}", icon=":material/edit:")
        return None
    return dict(draft.fields)
