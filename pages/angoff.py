"""Cut scores: studies in which raters judge items in two rounds (modified Angoff)."""

import streamlit as st

from base.permissions import Permission
from quizbank.commands.angoff import begin_second_round, close_study, open_study, rate_item
from quizbank.exams import Purpose
from quizbank.queries.angoff import Study, studies, study
from quizbank.queries.blueprints import exam_summaries
from ui.act import act, look
from ui.exams.angoff import (
    HOW_IT_WORKS,
    Signature,
    ask_judgement,
    ask_signature,
    draw_outcome,
    draw_progress,
    draw_signed,
    draw_studies,
)
from ui.nav import go, link, parameter
from ui.words import plain


def _draw_list() -> None:
    with look(Permission.EXAM_RATE) as tx:
        found, leads = studies(tx), tx.actor.may(Permission.EXAM_WRITE)
        exams = exam_summaries(tx) if leads else ()
    st.title("Cut scores")
    st.markdown(HOW_IT_WORKS)
    titles = {
        one.standing.exam_id: f"{one.standing.rules.title} ({one.standing.exam_id})"
        for one in exams
        if one.standing.rules.purpose is Purpose.EXAM
    }
    chosen = (
        st.menu_button(
            "Open a study",
            list(titles),
            format_func=lambda exam: titles[exam],
            type="primary",
            icon=":material/add:",
        )
        if titles
        else None
    )
    if chosen:
        _open(chosen)
    draw_studies(found)


def _open(exam_id: str) -> None:
    opened, acting = "", act()
    with acting as tx:
        opened = open_study(tx, exam_id)
    if acting.committed:
        go("angoff", study=opened)


def _draw_study(study_id: str) -> None:
    with look(Permission.EXAM_RATE) as tx:
        now, leads = study(tx, study_id), tx.actor.may(Permission.EXAM_WRITE)
    link("Back to the studies", "angoff", icon=":material/arrow_back:")
    st.title(f"Cut score of {plain(now.exam_title)}")
    draw_signed(now)
    if now.state != "closed":
        draw_progress(now)
        _draw_judging(now)
    if now.first:
        draw_outcome("First round", now.first, now.form_items)
    if now.state == "round 1" and leads:
        st.button("Begin the second round", on_click=_begin, args=(now.id,))
    if now.second:
        draw_outcome("Second round", now.second, now.form_items)
    if now.state == "round 2" and leads:
        signed = ask_signature(now)
        if signed:
            _sign(now.id, signed)


def _draw_judging(now: Study) -> None:
    key = f"angoff-at-{now.id}-{now.round}"
    at: int = st.session_state.setdefault(key, (now.unrated or (1,))[0])
    judged = ask_judgement(now, at)
    with st.container(horizontal=True):
        st.button("Previous", on_click=_go_to, args=(key, at - 1), disabled=at == 1)
        last = at == len(now.items)
        st.button("Next", on_click=_go_to, args=(key, at + 1), disabled=last, type="primary")
    if judged is not None:
        _judge(now.id, at, judged)


def _go_to(key: str, position: int) -> None:
    st.session_state[key] = position


def _judge(study_id: str, position: int, probability: float) -> None:
    acting = act()
    with acting as tx:
        rate_item(tx, study_id, position, probability)
    if acting.committed:
        st.rerun()


def _begin(study_id: str) -> None:
    with act() as tx:
        begin_second_round(tx, study_id)


def _sign(study_id: str, signed: Signature) -> None:
    acting = act()
    with acting as tx:
        close_study(tx, study_id, signed.cut, signed.rationale)
    if acting.committed:
        st.rerun()


chosen_study = parameter("study")
_draw_study(chosen_study) if chosen_study else _draw_list()
