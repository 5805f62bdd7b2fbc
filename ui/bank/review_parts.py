"""A change on its way: what it says, what was said about it, and what its authors may do."""

from collections.abc import Callable, Sequence

import streamlit as st

from base.db import Tx
from base.permissions import Actor
from quizbank.commands.proposals import carry_over, drop_draft, take_back
from quizbank.proposals import ReviewAction, Stage
from quizbank.queries.proposals import ProposalDetail, ProposalSummary, ReviewEvent
from ui.act import act
from ui.bank.item_diff import draw_changes
from ui.bank.item_view import draw_preview
from ui.nav import link
from ui.notice import leave_notice
from ui.words import moment, plain

STAGES = {
    Stage.DRAFT: ":gray[:material/edit_note: Draft]",
    Stage.IN_REVIEW: ":blue[:material/rate_review: In review]",
    Stage.RETURNED: ":orange[:material/undo: Returned to its author]",
    Stage.PUBLISHED: ":green[:material/check_circle: Published]",
    Stage.DROPPED: ":gray[:material/delete: Dropped]",
}
_DID = {
    ReviewAction.WROTE: "became one of its authors",
    ReviewAction.SENT: "sent it for review",
    ReviewAction.TAKEN_BACK: "took it back",
    ReviewAction.COMMENTED: "commented",
    ReviewAction.RETURNED: "returned it",
    ReviewAction.OVERTAKEN: "published another version meanwhile",
    ReviewAction.CARRIED_OVER: "carried it over",
    ReviewAction.PUBLISHED: "published it",
    ReviewAction.DROPPED: "dropped it",
}


def draw_change(change: ProposalDetail) -> None:
    """Draw what a change says and does, and everything that was said about it."""
    one = change.summary
    st.markdown(
        f"{STAGES[one.stage]} · by {plain(' and '.join(one.authors))} · {moment(one.updated_at)}"
    )
    st.header("What changes")
    draw_changes(change.changes, is_new=one.based_on == 0)
    draw_events(change.events)
    if change.item:
        draw_preview(change.item)


def draw_events(events: Sequence[ReviewEvent]) -> None:
    """List what happened to a change, oldest first, with the comments."""
    if not events:
        return
    st.header("What was said")
    for one in events:
        with st.container(border=bool(one.comment), gap=None):
            st.markdown(f"**{plain(one.person)}** {_DID[one.action]} · {moment(one.at)}")
            if one.comment:
                st.markdown(plain(one.comment))


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
    if one.stage is Stage.IN_REVIEW:
        if st.button("Take it back to change it", icon=":material/undo:"):
            run_review(
                lambda tx: take_back(tx, one.id), "Taken back. It is your draft again.", then
            )
    elif st.button("Drop this draft", type="tertiary", icon=":material/delete:"):
        _ask_drop(one, then)


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


@st.dialog("Drop this draft?")
def _ask_drop(one: ProposalSummary, then: Callable[[], None]) -> None:
    st.markdown("What is published stays as it is. What the draft says is kept in its history.")
    if st.button("Drop it", type="primary"):
        run_review(lambda tx: drop_draft(tx, one.id, one.revision), "Dropped.", then)


def run_review(
    command: Callable[[Tx], object], notice: str, then: Callable[[], None] = lambda: None
) -> None:
    """Do one thing with a change; say so on the next screen once it is done, after `then`."""
    acting = act()
    with acting as tx:
        command(tx)
    if acting.committed:
        leave_notice(notice)
        then()
        st.rerun()
