"""Appeals on screen: on one's own result, and for whoever answers them."""

from collections.abc import Mapping, Sequence

import streamlit as st

from quizbank.appeals import LONGEST, AppealState
from quizbank.commands.appeals import file_appeal
from quizbank.queries.appeals import AnswerInQuestion, AppealDetail, AppealLine, OwnAppeal
from ui.act import act
from ui.entries import Entry, draw_entries, short
from ui.kinds.item_form import ask, show_explanations
from ui.nav import link
from ui.notice import leave_notice
from ui.results.attempt_review import style_answers
from ui.words import as_typed, moment, plain

_STATES = {
    AppealState.OPEN: ":blue[:material/hourglass_top: **Open**]",
    AppealState.UPHELD: ":green[:material/check_circle: **Upheld**]",
    AppealState.REJECTED: ":gray[:material/block: **Rejected**]",
}


def draw_own_appeals(attempt_id: str, filed: Sequence[OwnAppeal], questions: Sequence[int]) -> None:
    """Show one's appeals with their answers, and offer to file another."""
    st.header("If you think that something is wrong")
    for one in filed:
        with st.container(border=True, gap="small"):
            about = "the whole exam"
            if one.position is not None:
                about = f"question {questions.index(one.position) + 1}"
            st.markdown(f"{_STATES[one.state]} · about {about} · filed {moment(one.filed_at)}")
            st.markdown(as_typed(one.text))
            if one.answer and one.answered_at:
                st.markdown(f"**Answer,** {moment(one.answered_at)}:  \n{as_typed(one.answer)}")
    with st.expander("Appeal against this result", icon=":material/gavel:"):
        _ask_appeal(attempt_id, questions)


def _ask_appeal(attempt_id: str, questions: Sequence[int]) -> None:
    st.markdown("Say what you think is wrong. Somebody reads it and answers on this page.")
    number = st.number_input(
        "Number of the question; leave empty where it is about the whole exam",
        min_value=1,
        max_value=len(questions),
        value=None,
        step=1,
        key=f"appeal-number-{attempt_id}",
    )
    text = st.text_area(
        "What is wrong, and why", key=f"appeal-text-{attempt_id}", max_chars=LONGEST
    )
    if st.button("File the appeal", icon=":material/send:"):
        acting = act()
        with acting as tx:
            place = None if number is None else questions[number - 1]
            file_appeal(tx, attempt_id, place, text or "")
        if acting.committed:
            leave_notice("Your appeal is filed. Its answer appears on this page.")
            st.rerun()


def draw_queue(lines: Sequence[AppealLine], names: Mapping[str, str]) -> None:
    """List the appeals, the open ones first."""
    waiting = sum(one.state is AppealState.OPEN for one in lines)
    if not lines:
        st.markdown("**Nobody has appealed.**")
        st.markdown("Trainees appeal on the page of their result; what they write appears here.")
        return
    verb = "waits" if waiting == 1 else "wait"
    st.markdown(f"**{waiting} of {len(lines)} {verb} for an answer.**")
    draw_entries([_entry(one, names) for one in lines], "appeals")


def draw_appeal(one: AppealDetail, name: str) -> None:
    """Draw what is objected to, the answer in question with its key and mark, and the outcome."""
    line = one.line
    about = "the whole exam" if line.position is None else f"place {line.position} of the form"
    st.markdown(f"{_STATES[line.state]} · {plain(line.exam_title)} · about {about}")
    st.markdown(f"Filed by {plain(name)}, {moment(line.filed_at)}.")
    with st.container(border=True):
        st.markdown(as_typed(line.text))
    link("The whole result", "results", icon=":material/bar_chart:", attempt=line.attempt_id)
    if one.question:
        _draw_question(one.question, f"appeal-{line.id}", line)
    if one.decided_by:
        st.markdown(f"Marked or released by {plain(', '.join(one.decided_by))}.")
    if line.answer and line.answered_at:
        st.header("Answer")
        st.markdown(f"{plain(line.answered_by or '')}, {moment(line.answered_at)}:")
        st.markdown(as_typed(line.answer))
    if line.correction_id:
        link(
            "The correction that came of it",
            "corrections",
            icon=":material/key:",
            id=line.correction_id,
        )


def _draw_question(question: AnswerInQuestion, key: str, line: AppealLine) -> None:
    st.header("The question as it was asked")
    item, order, response = question.item, question.option_order, question.response
    style_answers()
    with st.container(border=True, key="reviewed-appeal"):
        ask(item.prompt(order, response), key, response, disabled=True)
    counted = f"{question.fraction:.0%} of the mark" if question.scored else "it does not count"
    st.markdown(f"**Marked: {question.state},** {counted}.")
    st.header("Key and reasons")
    st.markdown("As its trainee would read them: “your answer” is the trainee's.")
    show_explanations(item.explain(response, order))
    link(
        "Correct the key for past exams",
        "corrections",
        icon=":material/key:",
        version=question.version_id,
        reason=f"An appeal about place {line.position} of a form was upheld: ",
    )


def _entry(one: AppealLine, names: Mapping[str, str]) -> Entry:
    about = "the whole exam" if one.position is None else f"place {one.position}"
    facts = [_STATES[one.state], plain(one.exam_title), about, f"filed {moment(one.filed_at)}"]
    if one.mine:
        facts.append("your own")
    name = plain(names.get(one.person_id, "unknown"))
    return Entry(
        f"**{name}** {plain(short(one.text, 80))}", "appeals", {"id": one.id}, tuple(facts)
    )
