"""Putting right an unsafe answer that was given with certainty: its lesson, then questions."""

import streamlit as st

from base.permissions import Permission
from courses.commands.remediation import read_again, start_fresh_questions
from courses.queries.lesson import lesson_view
from courses.queries.remediation import LessonAgain, PuttingRight, course_slug_of, to_put_right
from quizbank.queries.exams import exam_offer, refusal_sentence
from ui.act import act, look
from ui.lessons.body import draw_lesson_body
from ui.lessons.text import draw_style
from ui.nav import link, parameter
from ui.notice import leave_notice, show_notice
from ui.results.round import draw_round, forget_place
from ui.words import count, plain


def _read(exam_id: str, objective: str) -> None:
    with act() as tx:
        read_again(tx, exam_id, objective)


def _start(exam_id: str, objective: str) -> None:
    started: str | None = None
    acting = act()
    with acting as tx:
        started = start_fresh_questions(tx, exam_id, objective)
    forget_place()
    if acting.committed and started is None:
        leave_notice("There is no practice question of this objective, so this step falls away.")


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
        draw_round(one.round)
    else:
        _draw_start(exam_id, one)
if slug and not open_now and not offer.refusal:
    link("Take the exam again", "exam", icon=":material/assignment:", course=slug)
if slug:
    link("Back to the course", "course", icon=":material/arrow_back:", course=slug)
