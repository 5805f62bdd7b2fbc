"""Mail on screen: what waits and why, what was sent, what was given up."""

from collections.abc import Sequence

import streamlit as st

from accounts.queries.outbox import MailState, Message
from ui.addresses import address
from ui.words import as_typed, count, moment, plain

_STATES = {
    MailState.WAITING: ":blue[:material/schedule: **Waiting**]",
    MailState.SENT: ":green[:material/check_circle: **Sent**]",
    MailState.GIVEN_UP: ":red[:material/error: **Not sent**]",
}


def draw_messages(found: Sequence[Message], sends: bool) -> Message | None:
    """List the mails; returns the one that is to be tried again, once that is pressed."""
    if not sends:
        st.warning(
            "**No mail server is set**, so nothing is sent. Hand the texts below over yourself, "
            "or set PINPOINT_SMTP_URL and start the academy again.",
            icon=":material/mail_off:",
        )
    waiting = sum(one.state is not MailState.SENT for one in found)
    st.markdown(f"**{count(len(found), 'mail')}, {waiting} not sent**")
    again = None
    for one in found:
        with st.container(border=True):
            st.markdown(f"{_STATES[one.state]} · **{plain(one.subject)}**  \n{_facts(one)}")
            if one.problem:
                st.markdown(f":material/error: {plain(one.problem)}")
            if one.body:
                with st.expander(f"Text of {one.subject}"):
                    st.markdown(as_typed(one.body))
            if one.problem and st.button("Try again now", key=f"again-{one.id}"):
                again = one
    return again


def _facts(one: Message) -> str:
    facts = [f"to {address(one.recipient)}", f"written {moment(one.written_at)}"]
    if one.sent_at:
        facts.append(f"sent {moment(one.sent_at)}")
    elif one.tried:
        facts.append(f"tried {count(one.tried, 'time')}")
    if one.state is MailState.WAITING and one.tried:
        facts.append(f"next try {moment(one.next_try_at)}")
    return " · ".join(facts)
