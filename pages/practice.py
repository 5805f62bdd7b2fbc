"""A practice quiz: one question at a time, with every reason and the source after each answer."""

import streamlit as st

from base.permissions import Permission
from courses.commands.study import start_practice
from courses.queries.calibration import course_calibration
from courses.queries.outline import course_outline
from quizbank.commands.attempts import finish_practice
from quizbank.queries.exams import exam_offer
from quizbank.queries.sitting import (
    Sitting,
    sitting,
)
from ui.accommodation import enlarge
from ui.act import act, look
from ui.calibration import draw_course_calibration
from ui.nav import link, parameter
from ui.practice_question import draw_practice_question
from ui.words import marks


def _start(slug: str) -> None:
    with act() as tx:
        st.session_state["practice"] = start_practice(tx, slug)


def _finish(now: Sitting) -> None:
    with act() as tx:
        finish_practice(tx, now.attempt_id)
    st.session_state.pop("practice-position", None)


def _go_to(position: int) -> None:
    st.session_state["practice-position"] = position


def _draw_next(now: Sitting, position: int) -> None:
    if position < now.size:
        st.button("Next question", type="primary", on_click=_go_to, args=(position + 1,))
    else:
        st.button("Finish practice", type="primary", on_click=_finish, args=(now,))


slug = parameter("course", "microneedling-fundamentals")
with look(Permission.EXAM_SIT) as tx:
    outline = course_outline(tx, slug)
    offer = exam_offer(tx, outline.practice_id)
    shown = offer.running or st.session_state.get("practice")
    now = sitting(tx, shown, st.session_state.get("practice-position", 0) or 1) if shown else None
elsewhere = now and not now.ended and "practice-position" not in st.session_state
if now and elsewhere:
    # Begun, or back after a refresh: go on at the first open question, and stay there when it is
    # answered.
    position = now.unanswered[0] if now.answered and now.unanswered else 1
    _go_to(position)
    with look(Permission.EXAM_SIT) as tx:
        now = sitting(tx, now.attempt_id, position)

enlarge(offer.adjustment)
st.title(offer.rules.title)
if now is None:
    st.markdown(
        f"{offer.rules.size} questions from all objectives. After each answer you see the reason "
        "for every option and its source. Nothing here counts, and no exam question appears."
    )
    st.button("Start practising", type="primary", on_click=_start, args=(slug,))
elif now.ended:
    reached = f"{marks(now.marks or 0)} of {now.marked} marks"
    st.success(f"Practice finished: {reached}.", icon=":material/check_circle:")
    with look(Permission.EXAM_SIT) as tx:
        how_sure = course_calibration(tx, slug)
    draw_course_calibration(how_sure)
    st.button("Practise again", type="primary", on_click=_start, args=(slug,))
elif now.item:
    standing = now
    place = now.item.position
    draw_practice_question(now, now.item, lambda: _draw_next(standing, place))
link("Back to the course", "course", icon=":material/arrow_back:", course=slug)
