"""One change of an item: read what differs, comment, return it, or publish it."""

from collections.abc import Callable

import streamlit as st

from base.db import Tx
from base.permissions import Permission
from quizbank.commands.reviews import approve, comment_on, return_to_author
from quizbank.proposals import ItemStatus
from quizbank.queries.proposals import ProposalDetail, proposal
from quizbank.queries.used_in import edit_impact
from ui.act import act, look, refuse
from ui.bank.item_impact import draw_impact
from ui.bank.review_parts import ask_author, draw_change
from ui.nav import go, link, parameter
from ui.notice import leave_notice, show_notice


def _run(command: Callable[[Tx], object], notice: str, to: str = "") -> None:
    acting = act()
    with acting as tx:
        command(tx)
    if not acting.committed:
        return
    leave_notice(notice)
    if to:
        go("item", id=to)
    st.rerun()


def _ask_decision(change: ProposalDetail, said: str) -> None:
    one = change.summary
    with st.container(horizontal=True):
        if st.button("Approve and publish", type="primary", icon=":material/publish:"):
            notice = f"Published as version {one.based_on + 1}."
            _run(lambda tx: approve(tx, one.id, one.revision), notice, one.item_id)
        if st.button("Approve as a pilot, unscored", icon=":material/science:"):
            pilot = ItemStatus.PILOT
            notice = f"Published as version {one.based_on + 1}, a pilot: it counts for nothing."
            _run(lambda tx: approve(tx, one.id, one.revision, pilot), notice, one.item_id)
        if st.button("Return to the author", icon=":material/undo:"):
            command = return_to_author
            _run(lambda tx: command(tx, one.id, one.revision, said), "Returned to its author.")


def _draw(change: ProposalDetail) -> None:
    one = change.summary
    with look(Permission.ITEM_READ) as tx:
        actor, impact = tx.actor, edit_impact(tx, one.item_id, change.fields)
    st.title(f"Review of {one.item_id}")
    show_notice()
    link("The item", "item", icon=":material/edit_note:", id=one.item_id)
    draw_change(change)
    if not one.is_open:
        return
    draw_impact(impact, one.based_on)
    said = ""
    if actor.may(Permission.ITEM_PUBLISH):
        st.header("Your word on it")
        said = st.text_area("Comment", key=f"comment-{one.id}-{len(change.events)}")
        if st.button("Leave the comment", icon=":material/add_comment:"):
            _run(lambda tx: comment_on(tx, one.id, said), "Your comment is kept.")
    if one.may_approve:
        _ask_decision(change, said)
    elif one.mine:
        st.markdown("You wrote some of this, so somebody else publishes it.")
    ask_author(change, None)


with look(Permission.ITEM_READ) as tx:
    if tx.actor.may(Permission.ITEM_PUBLISH):
        link("Reviews", "reviews", icon=":material/arrow_back:")
    wanted = parameter("change")
    found = proposal(tx, wanted) if wanted else None
if found:
    _draw(found)
else:
    refuse("Choose a change in the list of reviews first.")
