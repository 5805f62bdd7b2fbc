"""One change of an item: read what differs, comment, return it, or publish it."""

import streamlit as st

from base.permissions import Permission
from quizbank.commands.reviews import approve, comment_on, return_to_author
from quizbank.proposals import ItemStatus
from quizbank.queries.proposals import ProposalDetail, proposal
from quizbank.queries.used_in import edit_impact
from ui.act import look, refuse
from ui.bank.item_impact import draw_impact
from ui.bank.review_parts import ask_author, draw_change
from ui.changes import ask_comment, run_review
from ui.nav import go, link, parameter
from ui.notice import show_notice


def _ask_decision(change: ProposalDetail, said: str) -> None:
    one = change.summary

    def to_item() -> None:
        go("item", id=one.item_id)

    with st.container(horizontal=True):
        if st.button("Approve and publish", type="primary", icon=":material/publish:"):
            notice = f"Published as version {one.based_on + 1}."
            run_review(lambda tx: approve(tx, one.id, one.revision), notice, to_item)
        if st.button("Approve as a pilot, unscored", icon=":material/science:"):
            pilot = ItemStatus.PILOT
            notice = f"Published as version {one.based_on + 1}, a pilot: it counts for nothing."
            run_review(lambda tx: approve(tx, one.id, one.revision, pilot), notice, to_item)
        if st.button("Return to the author", icon=":material/undo:"):
            notice = "Returned to its author."
            run_review(lambda tx: return_to_author(tx, one.id, one.revision, said), notice)


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
        said = ask_comment(one.id, change.events, comment_on)
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
