"""A round of practice questions that puts a mistake right: one question, and the way on."""

import streamlit as st

from base.permissions import Permission
from quizbank.commands.remediation import finish_round
from quizbank.queries.accommodations import own_adjustment
from quizbank.queries.rounds import Round
from quizbank.queries.sitting import sitting
from ui.act import act, look
from ui.notice import leave_notice
from ui.people.accommodation import enlarge
from ui.practice.question import draw_practice_question
from ui.words import count

_PLACE = "round-position"


def forget_place() -> None:
    """Begin the next round at its first question."""
    st.session_state.pop(_PLACE, None)


def draw_round(running: Round) -> None:
    """Draw the question where this tab stands, and the way on."""
    with look(Permission.EXAM_SIT) as tx:
        now = sitting(tx, running.attempt_id, st.session_state.get(_PLACE, 1))
        if _PLACE not in st.session_state and now.answered and now.unanswered:
            # Back after a refresh: go on at the first open question.
            _go_to(now.unanswered[0])
            now = sitting(tx, running.attempt_id, now.unanswered[0])
        enlarge(own_adjustment(tx))
    if running.seen_before:
        known = count(running.seen_before, "question")
        st.markdown(f"You have met {known} of these before: there are no others of this objective.")
    _go_to(position := st.session_state.get(_PLACE, 1))

    def go_on() -> None:
        if position < now.size:
            st.button("Next question", type="primary", on_click=_go_to, args=(position + 1,))
        else:
            label = "Finish these questions"
            st.button(label, type="primary", on_click=_finish, args=(now.attempt_id,))

    if now.item:
        draw_practice_question(now, now.item, go_on)


def _finish(attempt_id: str) -> None:
    wrong = 0
    acting = act()
    with acting as tx:
        wrong = finish_round(tx, attempt_id)
    if acting.committed:
        again = f"{count(wrong, 'question')} not right. Once more, with as many others."
        leave_notice(again if wrong else "All right: that is put right.")
        forget_place()


def _go_to(position: int) -> None:
    st.session_state[_PLACE] = position
