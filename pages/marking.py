"""Marking written answers: the queue, and one answer at a time with its rubric."""

import streamlit as st

from base.permissions import Permission
from certs.commands.marking import mark_essay
from quizbank.queries.marking import MarkingTask, marking_queue, marking_task
from ui.act import act, look
from ui.marking.queue import address_of, ask_comment, ask_points, draw_queue, draw_task
from ui.nav import go, link, parameter
from ui.notice import leave_notice, show_notice

_LIMIT = 200


def _draw_queue() -> None:
    with look(Permission.RESULT_MARK) as tx:
        lines, now = marking_queue(tx, _LIMIT), tx.now
    st.title("Marking")
    show_notice()
    draw_queue(lines, now, _LIMIT)


def _draw_answer(attempt_id: str, position: int, part: str) -> None:
    with look(Permission.RESULT_MARK) as tx:
        task, now = marking_task(tx, attempt_id, position, part), tx.now
    link("Marking queue", "marking", icon=":material/arrow_back:")
    st.title("Mark an answer")
    show_notice()
    if task is None:
        st.info("This answer needs no mark of yours any more.", icon=":material/task_alt:")
        return
    st.set_page_config(layout="wide")
    answer, mark = st.columns([3, 2], gap="large")
    with answer:
        draw_task(task, now)
    with mark:
        _ask_mark(task)


def _ask_mark(task: MarkingTask) -> None:
    line = task.line
    key = f"mark-{line.attempt_id}-{line.position}-{line.part}"
    points = ask_points(task.essay, key)
    comment = ask_comment(key)
    st.markdown("A mark is given once and cannot be changed.")
    whole = len(points) == len(task.essay.rubric)
    if not st.button("Save mark and go to the next", type="primary", disabled=not whole):
        return
    acting = act()
    with acting as tx:
        mark_essay(tx, line.attempt_id, line.position, line.part, points, comment)
    if acting.committed:
        _go_on()


def _go_on() -> None:
    with look(Permission.RESULT_MARK) as tx:
        left = marking_queue(tx, 1)
    leave_notice("Mark saved." if left else "Mark saved. That was the last one.")
    go("marking", **(address_of(left[0]) if left else {}))


attempt, place = parameter("attempt"), parameter("position", "0")
if attempt:
    _draw_answer(attempt, int(place) if place.isdecimal() else 0, parameter("part"))
else:
    _draw_queue()
