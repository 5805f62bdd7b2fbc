"""A change of an item on its way: what it says and does, and what its authors may do."""

from collections.abc import Callable

import streamlit as st

from base.permissions import Actor
from quizbank.commands.proposals import carry_over, drop_draft, take_back
from quizbank.proposals import Stage
from quizbank.queries.proposals import ProposalDetail, ProposalSummary
from ui.bank.item_diff import draw_changes
from ui.bank.item_view import draw_preview
from ui.changes import ask_own, draw_events, draw_stage, run_review
from ui.nav import link


def draw_change(change: ProposalDetail) -> None:
    """Draw what a change says and does, and everything that was said about it."""
    one = change.summary
    draw_stage(one.stage, one.authors, one.updated_at)
    st.header("What changes")
    draw_changes(change.changes, is_new=one.based_on == 0)
    draw_events(change.events)
    if change.item:
        draw_preview(change.item)


def ask_author(
    change: ProposalDetail, actor: Actor | None, then: Callable[[], None] = lambda: None
) -> None:
    """Draw what the authors of a change may do with it beside writing; `then` follows each."""
    one = change.summary
    if actor is not None:
        link("Open the review", "review", icon=":material/rate_review:", change=one.id)
    if not one.mine or not one.is_open:
        return
    if one.overtaken and one.stage is not Stage.IN_REVIEW:
        _offer_carrying_over(one, then)
    ask_own(
        one.stage,
        lambda tx: take_back(tx, one.id),
        lambda tx: drop_draft(tx, one.id, one.revision),
        then,
    )


def _offer_carrying_over(one: ProposalSummary, then: Callable[[], None]) -> None:
    st.warning(
        f"Version {one.standing} was published since this change began from version "
        f"{one.based_on}. Carrying it over keeps what you changed, and takes the rest from "
        f"version {one.standing}.",
        icon=":material/sync_problem:",
    )
    if st.button(f"Carry it over to version {one.standing}", icon=":material/move_up:"):
        said = f"Carried over to version {one.standing}. Read it once more, then send it."
        run_review(lambda tx: carry_over(tx, one.id, one.revision), said, then)
