"""Putting right an unsafe answer that was given with certainty: its lesson, then questions."""

import streamlit as st

from base.permissions import Permission
from courses.commands.remediation import read_again, start_fresh_questions
from courses.queries.lesson import lesson_view
from courses.queries.remediation import LessonAgain, PuttingRight, course_slug_of, to_put_right
from quizbank.commands.remediation import finish_round
from quizbank.queries.accommodations import own_adjustment
from quizbank.queries.exams import exam_offer, refusal_sentence
from quizbank.queries.rounds import Round
from quizbank.queries.sitting import (
    sitting,
)
from ui.accommodation import enlarge
from ui.act import act, look
from ui.lesson_body import draw_lesson_body
from ui.lesson_text import draw_style
from ui.nav import link, parameter
from ui.notice import leave_notice, show_notice
from ui.practice_question import draw_practice_question
from ui.words import count, plain


def _read(exam_id: str, objective: str) -> None:
    with act() as tx:
        read_again(tx, exam_id, objective)


def _start(exam_id: str, objective: str) -> None:
    started: str | None = None
    acting = act()
    with acting as tx:
        started = start_fresh_questions(tx, exam_id, objective)
    st.session_state.pop("round-position", None)
    if acting.committed and started is None:
        leave_notice("There is no practice question of this objective, so this step falls away.")


def _finish(attempt_id: str) -> None:
    wrong = 0
    acting = act()
    with acting as tx:
        wrong = finish_round(tx, attempt_id)
    if acting.committed:
        again = f"{count(wrong, 'question')} not right. Once more, with as many others."
        leave_notice(again if wrong else "All right: that is put right.")
        st.session_state.pop("round-position", None)


def _go_to(position: int) -> None:
    st.session_state["round-position"] = position


def _draw_lesson(exam_id: str, one: PuttingRight, lesson: LessonAgain) -> None:
    with look(Permission.COURSE_STUDY) as tx:
        view = lesson_view(tx, lesson.course_slug, lesson.slug)
    st.markdown(f"Step 1 of 2: read this lesson again ({count(lesson.minutes, 'minute')}).")
    st.header(lesson.title)
    draw_style()
    draw_lesson_body(view)
    label = "I have read this lesson to its end"
    st.button(label, type="primary", on_click=_read, args=(exam_id, one.objective))


def _draw_start(exam_id: str, one: PuttingRight) -> None:
    step = "Step 2 of 2" if one.lesson else "One step"
    st.markdown(
        f"{step}: {count(one.due, 'practice question')} of this objective, a reason after each "
        "answer. What is not right comes again with other questions, until all are right."
    )
    label = "Go on to the questions"
    st.button(label, type="primary", on_click=_start, args=(exam_id, one.objective))


def _draw_round(running: Round) -> None:
    with look(Permission.EXAM_SIT) as tx:
        now = sitting(tx, running.attempt_id, st.session_state.get("round-position", 1))
        if "round-position" not in st.session_state and now.answered and now.unanswered:
            # Back after a refresh: go on at the first open question.
            _go_to(now.unanswered[0])
            now = sitting(tx, running.attempt_id, now.unanswered[0])
        enlarge(own_adjustment(tx))
    if running.seen_before:
        known = count(running.seen_before, "question")
        st.markdown(f"You have met {known} of these before: there are no others of this objective.")
    _go_to(position := st.session_state.get("round-position", 1))

    def go_on() -> None:
        if position < now.size:
            st.button("Next question", type="primary", on_click=_go_to, args=(position + 1,))
        else:
            label = "Finish these questions"
            st.button(label, type="primary", on_click=_finish, args=(now.attempt_id,))

    if now.item:
        draw_practice_question(now, now.item, go_on)


exam_id = parameter("exam")
with look(Permission.EXAM_SIT) as tx:
    open_now = to_put_right(tx, exam_id)
    offer = exam_offer(tx, exam_id)
    slug = course_slug_of(tx, exam_id)

st.title("Put right what was unsafe")
show_notice()
if not open_now:
    st.success("Nothing is left to put right.", icon=":material/check_circle:")
    if offer.refusal:
        st.markdown(refusal_sentence(offer))
else:
    one = open_now[0]
    st.markdown(
        f"You were certain of what could hurt a client: **{plain(', '.join(one.topics))}** · "
        f"{plain(one.title)}. {count(len(open_now), 'objective')} to put right before the next "
        "attempt."
    )
    if one.lesson and not one.may_answer:
        _draw_lesson(exam_id, one, one.lesson)
    elif one.round and one.round.running:
        _draw_round(one.round)
    else:
        _draw_start(exam_id, one)
if slug and not open_now and not offer.refusal:
    link("Take the exam again", "exam", icon=":material/assignment:", course=slug)
if slug:
    link("Back to the course", "course", icon=":material/arrow_back:", course=slug)
