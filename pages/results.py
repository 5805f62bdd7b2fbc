"""Results: who took which exam, how it ended, and what one attempt rests on."""

from collections.abc import Mapping

import streamlit as st

from accounts.queries.people import names_of
from base.permissions import Permission
from courses.queries.exam_course import course_of_exam
from quizbank.disclosure import shown
from quizbank.objective_lines import objective_lines
from quizbank.queries.analysis import analysed_exams
from quizbank.queries.calibration import calibration_of
from quizbank.queries.certain_mistakes import certain_mistakes
from quizbank.queries.late_answers import late_answers
from quizbank.queries.releases import release_events
from quizbank.queries.results import verdict
from quizbank.review_windows import Part
from ui.act import look
from ui.exams.incidents import draw_incidents_of
from ui.nav import link, parameter
from ui.results.calibration import draw_calibration
from ui.results.certain_mistakes import draw_certain_mistakes
from ui.results.dossier import offer_dossier
from ui.results.files import draw_downloads
from ui.results.filters import ask_results
from ui.results.late_answers import draw_late_answers
from ui.results.objective_bars import draw_objectives
from ui.results.release_queue import draw_release
from ui.results.table import LIMIT, draw_results
from ui.results.verdict import draw_essays, draw_verdict
from ui.words import moment, plain


def _draw_list() -> None:
    with look(Permission.RESULT_READ) as tx:
        exams = {one.exam_id: one.title for one in analysed_exams(tx)}
    st.title("Results")
    link("Item analysis", "analysis", icon=":material/monitoring:")
    view = ask_results(exams)
    with look(Permission.RESULT_READ) as tx:
        shown = view.find(tx, LIMIT)
    if shown:
        with st.container(horizontal=True):
            draw_downloads(view)
    draw_results(shown, view)


def _draw_attempt(attempt_id: str) -> None:
    with look(Permission.RESULT_READ) as tx:
        one = verdict(tx, attempt_id)
        late, events = late_answers(tx, attempt_id), release_events(tx, one.decision_id)
        may_export = tx.actor.may(Permission.DOSSIER_READ)
        mistakes, how_sure = certain_mistakes(tx, attempt_id), calibration_of(tx, attempt_id)
        name = names_of(tx, [one.person_id]).get(one.person_id, "unknown")
        # Auditors read results and no course: they see the objectives by their codes.
        titles: Mapping[str, str] = {}
        if tx.actor.may(Permission.COURSE_STUDY):
            titles = course_of_exam(tx, one.exam_id).objective_titles
    link("All results", "results", icon=":material/arrow_back:")
    st.title(plain(name))
    st.markdown(f"{plain(one.rules.title)}, started {moment(one.started_at)}.")
    draw_release(one.released, events)
    result = shown(one.decision, {*Part})
    draw_verdict(result, one.rules, one.closed_at, titles)
    st.header("By objective")
    draw_objectives(objective_lines(result, one.rules, titles))
    draw_certain_mistakes(mistakes, titles)
    if how_sure:
        st.header("How sure, and how right")
        draw_calibration(how_sure, one.rules.sureness, own=False)
    if one.decision.essays:
        draw_essays(one.decision.essays)
    draw_late_answers(late)
    draw_incidents_of(attempt_id)
    if may_export:
        offer_dossier(attempt_id)


attempt = parameter("attempt")
if attempt:
    _draw_attempt(attempt)
else:
    _draw_list()
