"""Requests to issue by hand, as administrators see them."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from certs.queries.issuing import IssueRequest
from ui.nav import link
from ui.words import day, moment, plain

_LONGEST = 500


@dataclass(frozen=True)
class Answer:
    """What an administrator answers."""

    agree: bool
    text: str


def draw_waiting(one: IssueRequest) -> Answer | None:
    """Draw a request that waits; returns the answer that was just given, if any."""
    with st.container(border=True):
        st.subheader(plain(one.name))
        st.markdown(
            f"{_what(one)}  \nAsked by {plain(one.asked_by)}, {moment(one.asked_at)}  \n"
            f"**Reason:** {plain(one.reason)}"
        )
        if one.own:
            st.markdown(":material/hourglass_top: You asked for it, so somebody else answers.")
            return None
        text = st.text_area(
            "Your answer (needed where you refuse)", key=f"answer-{one.id}", max_chars=_LONGEST
        )
        with st.container(horizontal=True):
            agreed = st.button(
                "Agree and issue", type="primary", icon=":material/check:", key=f"agree-{one.id}"
            )
            refused = st.button("Refuse", icon=":material/close:", key=f"refuse-{one.id}")
    return Answer(agreed, text) if agreed or refused else None


def draw_answered(answered: Sequence[IssueRequest]) -> None:
    """List what was answered before."""
    if not answered:
        return
    st.header("Answered")
    for one in answered:
        with st.container(border=True):
            word = (
                ":green[:material/check_circle: **Issued**]"
                if one.agreed
                else ":gray[:material/do_not_disturb_on: **Refused**]"
            )
            on = day(one.answered_at) if one.answered_at else ""
            st.markdown(
                f"{word} · **{plain(one.name)}** · {_what(one)}  \n"
                f"Asked by {plain(one.asked_by)}, answered by {plain(one.answered_by)}, {on}  \n"
                f"Reason: {plain(one.reason)}"
                + (f"  \nAnswer: {plain(one.answer)}" if one.answer else "")
            )
            if one.serial:
                link("Open the certificate", "credentials", serial=one.serial)


def _what(one: IssueRequest) -> str:
    if one.supersedes:
        return f"Corrected name, in place of `{one.supersedes}`"
    return f"A certificate of {plain(one.course)} without an exam"
