"""The exam: rules and consent first, then the sitting, then on to the result."""

import streamlit as st

from base.permissions import Permission
from certs.commands.exams import submit_exam
from courses.commands.study import start_final_exam
from courses.queries.outline import CourseOutline, course_outline
from quizbank.exams import Release
from quizbank.queries.exams import ExamOffer, exam_offer, refusal_sentence
from quizbank.rule_words import rule_in_words
from ui.act import act, look
from ui.nav import go, link, parameter
from ui.sitting import draw_sitting
from ui.tabs import own_tab
from ui.words import count


def _draw_rules(offer: ExamOffer, outline: CourseOutline) -> None:
    rules, slug, missing = offer.rules, outline.slug, outline.exam_needs
    st.title(rules.title)
    st.markdown(
        f"{count(rules.size, 'question')}, {count(rules.minutes or 0, 'minute')}. "
        f"{rule_in_words(rules, outline.objective_titles)}"
    )
    if rules.release is not Release.IMMEDIATE:
        st.markdown("The academy looks at every result before it is released to you.")
    if rules.pilots:
        trial = count(rules.pilots, "further question")
        st.markdown(f"Up to {trial} may be on trial among them, and do not count for your result.")
    st.header("Rules")
    st.markdown("\n".join(f"- {rule}" for rule in rules.rules))
    if rules.retakes:
        left = rules.retakes.max_attempts - offer.attempts_used
        st.markdown(
            f"**Attempts left: {left} of {rules.retakes.max_attempts}.** After a failed attempt "
            f"the next one opens {count(rules.retakes.wait_hours, 'hour')} later."
        )
    if missing or offer.refusal:
        st.info(missing or refusal_sentence(offer), icon=":material/lock_clock:")
        link("Back to the course", "course", icon=":material/arrow_back:", course=slug)
        return
    consent = st.checkbox(rules.consent, key="consent", wrap=True)
    if st.button("Start the exam", type="primary", disabled=not consent):
        _start(slug, consent)


def _start(slug: str, consent: bool) -> None:
    acting = act()
    with acting as tx:
        start_final_exam(tx, slug, consent, own_tab())
    if acting.committed:
        st.rerun()


def _submit(attempt_id: str) -> None:
    acting = act()
    with acting as tx:
        submit_exam(tx, attempt_id, own_tab())
    if acting.committed:
        st.session_state.pop(f"screen-{attempt_id}", None)
        go("result", attempt=attempt_id)


slug = parameter("course", "microneedling-fundamentals")
with look(Permission.EXAM_SIT) as tx:
    outline = course_outline(tx, slug)
    offer = exam_offer(tx, outline.exam_id)
    now = tx.now

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
    _draw_rules(offer, outline)
