"""A practice quiz: one question at a time, with every reason and the source after each answer."""

import streamlit as st
from pydantic import JsonValue

from base.permissions import Permission
from courses.commands.study import start_practice
from courses.queries.outline import course_outline
from quizbank.commands.attempts import answer_practice, finish_practice
from quizbank.confidence import Confidence
from quizbank.queries.attempts import Sitting, SittingItem, sitting
from quizbank.queries.bank import sources
from quizbank.queries.exams import exam_offer
from ui.accommodation import enlarge
from ui.act import act, look
from ui.confidence import ask_confidence
from ui.debrief import draw_debrief
from ui.item_form import ask, show_explanations, show_mark, show_written
from ui.lesson_text import draw_sources
from ui.nav import link, parameter
from ui.practice_case import go_through_case
from ui.words import marks


def _start(slug: str) -> None:
    with act() as tx:
        st.session_state["practice"] = start_practice(tx, slug)


def _answer(now: Sitting, position: int, response: JsonValue, said: Confidence | None) -> None:
    with act() as tx:
        answer_practice(tx, now.attempt_id, now.revision, position, response, said)


def _finish(now: Sitting) -> None:
    with act() as tx:
        finish_practice(tx, now.attempt_id)
    st.session_state.pop("practice-position", None)


def _go_to(position: int) -> None:
    st.session_state["practice-position"] = position


def _draw_question(now: Sitting, item: SittingItem) -> None:
    if item.position in now.texts:
        ask(item.prompt, "", heading="To read first")
        _draw_next(now, item.position)
        return
    st.header(f"Question {now.number_of(item.position)} of {now.questions}")
    key = f"practice-{now.attempt_id}-{item.position}"
    if item.feedback is None and item.prompt.kind == "case":
        go_through_case(now, item, key)
        return
    if item.feedback is None:
        response = ask(item.prompt, key)
        said = ask_confidence(f"{key}-sure", None) if item.asks_confidence else None
        st.button(
            "Check my answer",
            type="primary",
            disabled=response is None or (item.asks_confidence and said is None),
            on_click=_answer,
            args=(now, item.position, response, said),
        )
        return
    st.markdown(item.prompt.stem)
    show_written(item.prompt, item.response)
    show_mark(item.feedback.mark)
    if item.confidence:
        st.markdown(f"You said: {item.confidence}.")
    if item.feedback.debrief:
        draw_debrief(item.feedback.debrief)
    else:
        show_explanations(item.feedback.explanations)
    with look(Permission.COURSE_STUDY) as tx:
        cited = sources(tx, item.feedback.sources)
    draw_sources(cited)
    _draw_next(now, item.position)


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
    st.button("Practise again", type="primary", on_click=_start, args=(slug,))
elif now.item:
    _draw_question(now, now.item)
link("Back to the course", "course", icon=":material/arrow_back:", course=slug)
