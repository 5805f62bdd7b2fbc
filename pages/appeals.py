"""Appeals: what trainees object to, and the answers to them."""

import streamlit as st

from accounts.queries.people import names_of
from base.permissions import Permission
from quizbank.appeals import LONGEST, AppealState
from quizbank.commands.appeals import answer_appeal
from quizbank.queries.appeals import AppealDetail, appeal, appeals
from ui.act import act, look
from ui.entries import short
from ui.nav import link, parameter
from ui.notice import leave_notice, show_notice
from ui.results.appeals import draw_appeal, draw_queue


def _draw_queue() -> None:
    with look(Permission.APPEAL_ANSWER) as tx:
        lines = appeals(tx)
        names = names_of(tx, [one.person_id for one in lines])
    st.title("Appeals")
    show_notice()
    draw_queue(lines, names)


def _draw_one(appeal_id: str) -> None:
    with look(Permission.APPEAL_ANSWER) as tx:
        one = appeal(tx, appeal_id)
        name = names_of(tx, [one.line.person_id]).get(one.line.person_id, "unknown")
    link("All appeals", "appeals", icon=":material/arrow_back:")
    st.title("An appeal")
    show_notice()
    draw_appeal(one, name)
    if one.line.state is AppealState.OPEN:
        _ask_answer(one)


def _ask_answer(one: AppealDetail) -> None:
    st.header("Your answer")
    if one.line.mine:
        st.markdown("This is about your own attempt. Somebody else answers it.")
        return
    if one.took_part:
        st.warning(
            "You marked or released this attempt. A colleague should answer, where there is one.",
            icon=":material/group:",
        )
    answer = st.text_area(
        "Answer, for the trainee to read", key=f"answer-{one.line.id}", max_chars=LONGEST
    )
    linked = None
    if one.corrections:
        reasons = dict(one.corrections)
        linked = st.selectbox(
            "Key correction that comes of it (only where the appeal is upheld)",
            list(reasons),
            index=None,
            format_func=lambda each: short(reasons[each], 80),
            key=f"linked-{one.line.id}",
            placeholder="None",
        )
    with st.container(horizontal=True):
        if st.button("Uphold the appeal", type="primary", icon=":material/check:"):
            _answer(one, True, answer, linked)
        if st.button("Reject the appeal", icon=":material/block:"):
            _answer(one, False, answer, None)


def _answer(one: AppealDetail, upheld: bool, answer: str, linked: str | None) -> None:
    acting = act()
    with acting as tx:
        answer_appeal(tx, one.line.id, upheld, answer, linked)
    if acting.committed:
        leave_notice("Answered. The trainee reads it on the page of the result.")
        st.rerun()


wanted = parameter("id")
if wanted:
    _draw_one(wanted)
else:
    _draw_queue()
