"""Releases: decided exams whose trainees see nothing before somebody here lets them."""

import streamlit as st

from accounts.queries.people import names_of
from base.permissions import Permission
from certs.commands.release import MOST_AT_ONCE, agree_to_results, release_results
from quizbank.queries.releases import release_queue
from ui.act import act, look
from ui.notice import leave_notice, show_notice
from ui.results.release_queue import ask_several, draw_others, draw_waiting_results
from ui.words import count


def _release(chosen: list[str]) -> None:
    acting = act()
    with acting as tx:
        release_results(tx, chosen)
    if acting.committed:
        leave_notice(f"{count(len(chosen), 'result')} released.")
        st.rerun()


def _agree(chosen: list[str]) -> None:
    acting = act()
    with acting as tx:
        agree_to_results(tx, chosen)
    if acting.committed:
        agreed = count(len(chosen), "result")
        it = "it" if len(chosen) == 1 else "them"
        leave_notice(f"Agreed to {agreed}. Another person releases {it}.")
        st.rerun()


with look(Permission.RESULT_RELEASE) as tx:
    lines, now = release_queue(tx), tx.now
    names = names_of(tx, [one.person_id for one in lines])

st.title("Releases")
show_notice()
draw_waiting_results(lines, now)
to_agree = [one for one in lines if one.needs_agreement]
of_others = [one for one in lines if one.mine]
ready = [one for one in lines if not one.needs_agreement and not one.mine]
if ready:
    chosen = ask_several("Ready to release", ready, names, MOST_AT_ONCE)
    label = f"Release {count(len(chosen), 'result')}"
    if st.button(label, type="primary", icon=":material/send:", disabled=not chosen):
        _release(chosen)
if to_agree:
    agreed = ask_several("Two people needed", to_agree, names, MOST_AT_ONCE)
    label = f"Agree to {count(len(agreed), 'result')}"
    if st.button(label, icon=":material/thumb_up:", disabled=not agreed):
        _agree(agreed)
if of_others:
    draw_others(of_others, names)
