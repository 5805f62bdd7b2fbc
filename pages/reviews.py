"""Reviews: the changes that wait for the reader, the reader's own, and all of them."""

import streamlit as st

from base.permissions import Permission
from courses.queries.content_reviews import open_content
from quizbank.commands.reviews import approve_several
from quizbank.queries.proposals import ProposalSummary, open_proposals
from ui.act import act, look
from ui.bank.review_queue import ask_queue, ask_several, draw_queue, in_turn, outcome_in_words
from ui.notice import leave_notice, show_notice


def _approve(chosen: list[ProposalSummary]) -> None:
    said = ""
    acting = act()
    with acting as tx:
        said = outcome_in_words(approve_several(tx, [(one.id, one.revision) for one in chosen]))
    if acting.committed:
        leave_notice(said)
        st.rerun()


with look(Permission.ITEM_PUBLISH) as tx:
    found = in_turn(open_proposals(tx), open_content(tx))
st.title("Reviews")
show_notice()
shown = ask_queue(found)
draw_queue(shown)
several = ask_several(shown)
if several:
    _approve(several)
