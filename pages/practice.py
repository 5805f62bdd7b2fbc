"""Practice: choose what, then one question at a time, with every reason and the source after it."""

import streamlit as st

from base.permissions import Permission
from courses.queries.calibration import course_calibration
from courses.queries.practice import comes_back, practice_choice, practice_offer
from quizbank.commands.attempts import finish_practice
from quizbank.queries.sitting import (
    Sitting,
    sitting,
)
from ui.act import act, look
from ui.nav import link, parameter
from ui.people.accommodation import enlarge
from ui.practice.question import draw_practice_question
from ui.practice.result import draw_practice_result
from ui.practice.start import PLACE, SHOWN, draw_start
from ui.results.calibration import draw_course_calibration


def _finish(now: Sitting) -> None:
    with act() as tx:
        finish_practice(tx, now.attempt_id)
    st.session_state[SHOWN] = now.attempt_id
    st.session_state.pop(PLACE, None)


def _go_to(attempt_id: str, position: int) -> None:
    st.session_state[PLACE] = (attempt_id, position)


def _place_in(attempt_id: str | None) -> int | None:
    at, position = st.session_state.get(PLACE, (None, None))
    return position if at == attempt_id else None


def _draw_next(now: Sitting, position: int) -> None:
    if position < now.size:
        st.button(
            "Next question", type="primary", on_click=_go_to, args=(now.attempt_id, position + 1)
        )
    else:
        st.button("Finish practice", type="primary", on_click=_finish, args=(now,))


def _draw_result(slug: str, now: Sitting) -> None:
    with look(Permission.EXAM_SIT) as tx:
        how_sure = course_calibration(tx, slug)
        back = comes_back(tx, slug, now.attempt_id)
    draw_practice_result(now, back)
    draw_course_calibration(how_sure)
    st.header("Practise again")


slug = parameter("course", "microneedling-fundamentals")
with look(Permission.EXAM_SIT) as tx:
    quiz = practice_offer(tx, slug)
    shown = quiz.running or st.session_state.get(SHOWN)
    now = sitting(tx, shown, _place_in(shown) or 1) if shown else None
if now and now.exam_id != quiz.exam_id:
    # The last one that this tab showed was of another course.
    now = None
if now and not now.ended and _place_in(now.attempt_id) is None:
    # Begun, or back after a refresh: go on at the first open question, and stay there when it is
    # answered.
    position = now.unanswered[0] if now.answered and now.unanswered else 1
    _go_to(now.attempt_id, position)
    with look(Permission.EXAM_SIT) as tx:
        now = sitting(tx, now.attempt_id, position)

enlarge(quiz.adjustment)
st.title("Practice")
if now is None or now.ended:
    if now:
        _draw_result(slug, now)
    else:
        st.markdown(
            "After each answer you see the reason for every option and its source. Nothing here "
            "counts, and no exam question appears."
        )
    with look(Permission.EXAM_SIT) as tx:
        choice = practice_choice(tx, slug)
    draw_start(slug, choice, quiz.rules.size, parameter("mode"))
elif now.item:
    standing = now
    place = now.item.position
    draw_practice_question(now, now.item, lambda: _draw_next(standing, place))
    st.button("End this practice here", type="tertiary", on_click=_finish, args=(now,))
link("See your progress", "progress", icon=":material/trending_up:", course=slug)
link("Back to the course", "course", icon=":material/arrow_back:", course=slug)
