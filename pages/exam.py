"""The exam: rules and consent first, then the sitting, then on to the result."""

from datetime import datetime

import streamlit as st

from base.permissions import Permission
from certs.commands.exams import start_exam, submit_exam
from certs.queries.renewal import renewal_need
from courses.queries.exam_entry import ExamEntry, exam_entry
from quizbank.commands.admission import WRONG, knows_password, use_code
from quizbank.exams import Refusal
from quizbank.queries.exams import ExamOffer
from ui.act import act, look, show_problem
from ui.nav import go, link, parameter
from ui.people.accommodation import enlarge
from ui.sitting.hall import has_seat, is_waiting
from ui.sitting.screen import draw_sitting
from ui.sitting.start import Start, ask_code, ask_start, draw_refusal, draw_rules, draw_times
from ui.tabs import own_tab


def _draw_start(entry: ExamEntry, missing: str, now: datetime) -> None:
    slug, offer = entry.course, entry.offer
    draw_rules(offer, entry.objective_titles)
    draw_times(offer, now)
    if missing or offer.refusal:
        if missing:
            st.info(missing, icon=":material/lock_clock:")
        else:
            draw_refusal(offer)
        if offer.refusal is Refusal.NO_WINDOW:
            _admit_by_code(offer.exam_id)
        link("Back to the course", "course", icon=":material/arrow_back:", course=slug)
    elif is_waiting() and not has_seat():
        link("Back to the course", "course", icon=":material/arrow_back:", course=slug)
    else:
        if start := ask_start(offer):
            _start(offer, slug, start)
        if offer.takes_code:
            with st.expander("I was given an invitation code", icon=":material/key:"):
                _admit_by_code(offer.exam_id)


def _admit_by_code(exam_id: str) -> None:
    code = ask_code()
    if not code:
        return
    admitted = False
    acting = act()
    with acting as tx:
        admitted = use_code(tx, exam_id, code)
    if acting.committed and admitted:
        st.rerun()
    elif acting.committed:
        show_problem(WRONG)


def _start(offer: ExamOffer, slug: str, start: Start) -> None:
    if offer.window and offer.window.asks_password and not _is_right(offer, start.password):
        return
    if not has_seat():
        if is_waiting():
            st.rerun()
        return
    acting = act()
    with acting as tx:
        start_exam(tx, slug, start.consent, own_tab(), start.password)
    if acting.committed:
        st.rerun()


def _is_right(offer: ExamOffer, password: str) -> bool:
    right = False
    acting = act()
    with acting as tx:
        # On its own, so that a wrong one is remembered although nothing starts.
        right = knows_password(tx, offer.exam_id, password)
    if acting.committed and not right:
        show_problem(WRONG)
    return right


def _submit(attempt_id: str) -> None:
    acting = act()
    with acting as tx:
        submit_exam(tx, attempt_id, own_tab())
    if acting.committed:
        st.session_state.pop(f"screen-{attempt_id}", None)
        st.session_state.pop("sitting", None)
        go("result", attempt=attempt_id)


slug = parameter("course", "microneedling-fundamentals")
with look(Permission.EXAM_SIT) as tx:
    entry = exam_entry(tx, slug)
    missing, now = renewal_need(tx, slug) or entry.needs, tx.now
offer = entry.offer
enlarge(offer.adjustment)

to_submit = st.session_state.pop("submit-now", None)
time_is_up = offer.deadline is not None and now > offer.deadline
if offer.running and (time_is_up or to_submit == offer.running):
    _submit(offer.running)
if offer.running and not time_is_up:
    # Also where submitting was refused, because another tab has the exam.
    st.session_state["sitting"] = offer.running
    st.title(offer.rules.title)
    draw_sitting(offer.running)
elif not offer.running:
    ended_meanwhile = st.session_state.pop("sitting", None)
    if ended_meanwhile:
        go("result", attempt=ended_meanwhile)
    _draw_start(entry, missing, now)
