"""Results: who took which exam, how it ended, and what one attempt rests on."""

from collections.abc import Mapping

import streamlit as st

from accounts.queries import names_of
from base.permissions import Permission
from courses.queries.exam_course import course_of_exam
from quizbank.disclosure import shown
from quizbank.objective_lines import objective_lines
from quizbank.queries.late_answers import late_answers
from quizbank.queries.results import result_lines, verdict
from quizbank.review_windows import Part
from ui.act import look
from ui.late_answers import draw_late_answers
from ui.nav import link, parameter
from ui.objective_bars import draw_objectives
from ui.result_table import LIMIT, ask_results, draw_results, named_lines, results_csv
from ui.verdict import draw_essays, draw_verdict
from ui.words import moment, plain


def _draw_list() -> None:
    with look(Permission.RESULT_READ) as tx:
        found = result_lines(tx, limit=LIMIT)
        names = names_of(tx, [one.person_id for one in found])
    lines = named_lines(found, names)
    st.title("Results")
    link("Item analysis", "analysis", icon=":material/monitoring:")
    shown = ask_results(lines)
    if shown:
        st.download_button(
            "Download as CSV",
            data=lambda: results_csv(shown),
            file_name="results.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    draw_results(shown, len(lines))


def _draw_attempt(attempt_id: str) -> None:
    with look(Permission.RESULT_READ) as tx:
        one = verdict(tx, attempt_id)
        late = late_answers(tx, attempt_id)
        name = names_of(tx, [one.person_id]).get(one.person_id, "unknown")
        # Auditors read results and no course: they see the objectives by their codes.
        titles: Mapping[str, str] = {}
        if tx.actor.may(Permission.COURSE_STUDY):
            titles = course_of_exam(tx, one.exam_id).objective_titles
    link("All results", "results", icon=":material/arrow_back:")
    st.title(plain(name))
    st.markdown(f"{plain(one.rules.title)}, started {moment(one.started_at)}.")
    if not one.released:
        st.info(
            "Not released: the trainee does not see this result yet.",
            icon=":material/visibility_off:",
        )
    result = shown(one.decision, {*Part})
    draw_verdict(result, one.rules, one.closed_at, titles)
    st.header("By objective")
    draw_objectives(objective_lines(result, one.rules, titles))
    if one.decision.essays:
        draw_essays(one.decision.essays)
    draw_late_answers(late)


attempt = parameter("attempt")
if attempt:
    _draw_attempt(attempt)
else:
    _draw_list()
