"""The result of an exam: the verdict, what it rests on, what to study, what comes next."""

import streamlit as st

from base.permissions import Permission
from certs.queries.own import credential_of_attempt
from certs.queries.report import own_report
from certs.report import report_pdf
from courses.queries.exam_course import course_of_exam
from quizbank.exams import Refusal
from quizbank.objective_lines import objective_lines
from quizbank.queries.appeals import own_appeals, questions_of
from quizbank.queries.calibration import own_calibration_of
from quizbank.queries.certain_mistakes import own_certain_mistakes
from quizbank.queries.exams import exam_offer, refusal_sentence
from quizbank.queries.own_results import (
    attempts_of_mine,
    handed_in,
    own_corrections_of,
    own_verdict,
)
from ui.act import look
from ui.certificates.sealing import draw_being_sealed, seal_own
from ui.nav import link, parameter
from ui.notice import show_notice
from ui.results.appeals import draw_own_appeals
from ui.results.attempts_over_time import draw_attempts
from ui.results.calibration import draw_calibration
from ui.results.certain_mistakes import PUT_RIGHT, draw_certain_mistakes, draw_put_right
from ui.results.certificate import draw_certificate_of
from ui.results.corrected import draw_own_corrections
from ui.results.objective_bars import draw_objectives
from ui.results.verdict import draw_study_list, draw_verdict, draw_waiting, draw_way_to_answers
from ui.typed import forget_typed

with look(Permission.EXAM_SIT) as tx:
    waiting = handed_in(tx, parameter("attempt"))
if waiting:
    forget_typed(parameter("attempt"))
    draw_waiting(waiting)
    st.stop()

waiting_seals = seal_own()
with look(Permission.EXAM_SIT) as tx:
    verdict = own_verdict(tx, parameter("attempt"))
    corrected = own_corrections_of(tx, verdict.attempt_id)
    course = course_of_exam(tx, verdict.exam_id)
    offer = exam_offer(tx, verdict.exam_id)
    attempts = attempts_of_mine(tx, verdict.exam_id)
    credential = credential_of_attempt(tx, verdict.attempt_id)
    report = own_report(tx, verdict.attempt_id)
    mistakes = own_certain_mistakes(tx, verdict.attempt_id)
    how_sure = own_calibration_of(tx, verdict.attempt_id)
    filed, asked = own_appeals(tx, verdict.attempt_id), questions_of(tx, verdict.attempt_id)

forget_typed(verdict.attempt_id)
st.title(f"Your result: {verdict.rules.title.lower()}")
show_notice()
draw_verdict(verdict.result, verdict.rules, verdict.closed_at, course.objective_titles)
draw_own_corrections(corrected)
if credential and credential.standing.serial in waiting_seals:
    draw_being_sealed(waiting_seals)
elif credential:
    draw_certificate_of(credential.standing.status, passed=verdict.result.passed)
st.download_button(
    "Report (PDF)",
    data=lambda: report_pdf(report),
    file_name=f"exam-report-{verdict.closed_at:%Y-%m-%d}.pdf",
    mime="application/pdf",
    icon=":material/download:",
    on_click="ignore",
)
lines = objective_lines(verdict.result, verdict.rules, course.objective_titles)
if lines:
    st.header("By objective")
    draw_objectives(lines)
draw_attempts(attempts, verdict.attempt_id)
draw_certain_mistakes(mistakes, course.objective_titles)
if verdict.result.passed and offer.to_put_right:
    link(PUT_RIGHT, "remediation", icon=":material/healing:", exam=verdict.exam_id)
if how_sure:
    st.header("How sure, and how right")
    draw_calibration(how_sure, verdict.rules.sureness)
if not verdict.result.passed:
    draw_study_list(verdict.result, course)
    passed = offer.refusal is Refusal.PASSED
    st.header("Passed in another attempt" if passed else "Trying again")
    if offer.refusal is Refusal.REMEDIATE:
        draw_put_right(offer)
    elif offer.refusal:
        st.markdown(refusal_sentence(offer))
    else:
        link("Take the exam again", "exam", icon=":material/assignment:", course=course.slug)
draw_way_to_answers(verdict)
draw_own_appeals(verdict.attempt_id, filed, asked)
link("Back to the course", "course", icon=":material/arrow_back:", course=course.slug)
