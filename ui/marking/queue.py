"""The marking queue, and one written answer with its rubric. No name of a learner is on either."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from quizbank.commands.marking import LONGEST_COMMENT
from quizbank.kinds.essay import Criterion, Essay, count_words
from quizbank.queries.marking import MarkingTask, ToMark
from ui.bank.words import headline
from ui.entries import Entry, draw_entries
from ui.words import as_typed, count, plain, waiting_time
from ui.writing import wanted_words


def draw_queue(lines: Sequence[ToMark], now: datetime, limit: int) -> None:
    """Say how much waits and for how long, and list it, longest wait first."""
    if not lines:
        st.markdown("**Nothing waits for your mark.**")
        st.markdown("Answers appear here as soon as an exam with an essay is handed in.")
        return
    longest = waiting_time(now - lines[0].handed_in)
    several = f"{limit} or more answers" if len(lines) == limit else count(len(lines), "answer")
    st.markdown(f"**{several} to mark;** the oldest has waited {longest}.")
    st.markdown(
        "You see neither who wrote an answer nor what another marker gave, and they do not see "
        "your mark."
    )
    draw_entries([_entry(one, now) for one in lines], "marking")


def address_of(line: ToMark) -> dict[str, str]:
    """Return the parameters of the page on which this answer is marked."""
    part = {"part": line.part} if line.part else {}
    return {"attempt": line.attempt_id, "position": str(line.position)} | part


def _entry(one: ToMark, now: datetime) -> Entry:
    facts = (
        plain(one.exam_title),
        f"waits {waiting_time(now - one.handed_in)}",
        f"{one.given} of {count(one.asked, 'marker')} so far",
    )
    return Entry(f"**{plain(headline(one.stem))}**", "marking", address_of(one), facts)


def draw_task(task: MarkingTask, now: datetime) -> None:
    """Draw the question, the answer as it was typed, and a good answer to compare with."""
    waits = waiting_time(now - task.line.handed_in)
    so_far = f"{task.line.given} of {count(task.line.asked, 'marker')} so far"
    st.markdown(f"{plain(task.line.exam_title)} · waits {waits} · {so_far}")
    if task.context:
        with st.expander("The case around it"):
            st.markdown(task.context)
    st.header("Question")
    st.markdown(task.essay.stem)
    st.header("Answer")
    st.markdown(_length(task.essay, task.text))
    with st.container(border=True):
        st.markdown(as_typed(task.text))
    st.header("A good answer")
    with st.container(border=True):
        st.markdown(task.essay.model_answer)


def ask_points(essay: Essay, key: str) -> dict[str, int]:
    """Draw the rubric, and return the points given so far by criterion."""
    st.header("Your mark")
    asked = {one.id: _ask_criterion(one, f"{key}-{one.id}") for one in essay.rubric}
    given = {name: points for name, points in asked.items() if points is not None}
    left = len(asked) - len(given)
    missing = f" {left} {'criterion' if left == 1 else 'criteria'} left." if left else ""
    st.markdown(f"**Total: {sum(given.values())} of {count(essay.total, 'point')}.**{missing}")
    return given


def ask_comment(key: str) -> str:
    """Draw the field for a comment, and return what is typed."""
    typed = st.text_area(
        "Comment for the record (the learner does not see it; may stay empty)",
        key=f"{key}-comment",
        max_chars=LONGEST_COMMENT,
    )
    return (typed or "").strip()


def _ask_criterion(one: Criterion, key: str) -> int | None:
    name = f"{one.text} (up to {count(one.points, 'point')})"
    if not one.levels:
        return st.number_input(
            name,
            min_value=0,
            max_value=one.points,
            value=None,
            step=1,
            key=key,
            placeholder=f"0 to {one.points}",
        )
    texts = {level.points: level.text for level in one.levels}
    return st.radio(
        name,
        sorted(texts, reverse=True),
        index=None,
        format_func=lambda points: f"**{points}**: {texts[points]}",
        key=key,
    )


def _length(essay: Essay, text: str) -> str:
    words = count_words(text)
    said = count(words, "word")
    wanted = wanted_words(essay.min_words, essay.max_words)
    outside = words < (essay.min_words or 0) or words > (essay.max_words or words)
    if not wanted:
        return f"{said}."
    return f":orange[:material/warning: **{said}**]; {wanted}." if outside else f"{said}; {wanted}."
