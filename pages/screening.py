"""The risk-screening simulator: a client comes, is asked, decided on, and their story is told."""

from collections.abc import Sequence

import streamlit as st

from base.permissions import Permission
from courses.commands.screening import (
    ask_client,
    decide_on_client,
    give_reasons,
    note_finding,
    start_client,
)
from courses.queries.screening import ScreeningView, screening_view
from courses.screening.case import Decision
from courses.screening.play import Stage
from courses.screening.shown import ClientShown
from ui.act import act, look
from ui.nav import link, parameter
from ui.screening.debrief import draw_debrief, draw_story
from ui.screening.interview import (
    ask_decision,
    ask_reasons,
    draw_arrival,
    draw_interview,
    draw_record,
)
from ui.screening.standing import draw_decided, draw_standing


def _next(slug: str) -> None:
    with act() as tx:
        start_client(tx, slug)
    st.query_params.pop("client", None)


def _draw_waiting_room(view: ScreeningView) -> None:
    st.markdown(
        f"{view.clients} clients wait. Each tells you only what you ask for. Put on the record "
        "what matters, decide, and say why; then you see what comes of it."
    )
    st.button("Let the first client in", type="primary", on_click=_next, args=(view.course_slug,))


def _draw_client(play_id: str, now: ClientShown) -> None:
    def ask(fact_ids: Sequence[str]) -> None:
        with act() as tx:
            ask_client(tx, play_id, fact_ids)

    def note(fact_id: str, noted: bool) -> None:
        with act() as tx:
            note_finding(tx, play_id, fact_id, noted)

    def decide(decision: Decision, wait_days: int) -> None:
        with act() as tx:
            decide_on_client(tx, play_id, decision, wait_days)

    def explain(reasons: list[str]) -> None:
        with act() as tx:
            give_reasons(tx, play_id, reasons)

    draw_arrival(now)
    if now.stage is Stage.INTERVIEW:
        draw_interview(now, play_id, ask, note)
        draw_record(now)
        ask_decision(play_id, decide)
    elif now.stage is Stage.REASONS:
        draw_record(now)
        ask_reasons(now, play_id, explain)


def _draw_end(view: ScreeningView) -> None:
    if view.now is None or view.now.debrief is None:
        return
    earlier = view.number != view.newest
    if not draw_story(view.now.debrief, f"story-{view.play_id}", whole=earlier):
        return
    draw_debrief(view, view.now.debrief)
    if earlier:
        link("Back to the client of now", "screening", course=view.course_slug)
        return
    st.button("Let the next client in", type="primary", on_click=_next, args=(view.course_slug,))


slug = parameter("course", "risk-screening-in-practice")
asked_for = parameter("client", "0")
with look(Permission.COURSE_STUDY) as tx:
    view = screening_view(tx, slug, int(asked_for) if asked_for.isdecimal() else 0)

st.title("Screen a client")
if view.now is None or view.play_id is None:
    _draw_waiting_room(view)
else:
    _draw_client(view.play_id, view.now)
    _draw_end(view)
if view.decided and (view.now is None or view.now.stage is Stage.OVER):
    draw_standing(view.standing)
    draw_decided(view)
link("Back to the course", "course", icon=":material/arrow_back:", course=slug)
