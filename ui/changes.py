"""A change on its way, of an item or of content: where it stands, what was said, what is done."""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from base.db import Tx
from quizbank.proposals import ReviewAction, Stage
from quizbank.queries.changes import ReviewEvent
from ui.act import act
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


def draw_stage(stage: Stage, authors: Sequence[str], at: datetime) -> None:
    """Say where a change stands, who writes it and since when it is as it is."""
    st.markdown(f"{STAGES[stage]} · by {plain(' and '.join(authors))} · {moment(at)}")


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


def ask_comment(
    change_id: str, events: Sequence[ReviewEvent], leave: Callable[[Tx, str, str], object]
) -> str:
    """Ask for the reader's word on a change and return it; `leave` keeps it as a comment."""
    st.header("Your word on it")
    said = st.text_area("Comment", key=f"comment-{change_id}-{len(events)}")
    if st.button("Leave the comment", icon=":material/add_comment:"):
        run_review(lambda tx: leave(tx, change_id, said), "Your comment is kept.")
    return said


def ask_own(
    stage: Stage,
    take_back: Callable[[Tx], object],
    drop: Callable[[Tx], object],
    then: Callable[[], None],
) -> None:
    """Let its authors take an open change out of review, or else drop it; `then` follows each."""
    if stage is Stage.IN_REVIEW:
        if st.button("Take it back to change it", icon=":material/undo:"):
            run_review(take_back, "Taken back. It is your draft again.", then)
    elif st.button("Drop this draft", type="tertiary", icon=":material/delete:"):
        _ask_drop(drop, then)


@st.dialog("Drop this draft?")
def _ask_drop(drop: Callable[[Tx], object], then: Callable[[], None]) -> None:
    st.markdown("What is published stays as it is. What the draft says is kept in its history.")
    if st.button("Drop it", type="primary"):
        run_review(drop, "Dropped.", then)


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
