"""Marking again on screen: foreseen, then done batch by batch; and telling people."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager

import streamlit as st

from base.permissions import Permission
from certs.commands.corrections import replay_corrections
from quizbank.commands.corrections import mark_told
from quizbank.queries.corrections import Outcome, correction
from ui.act import act, look
from ui.marking.corrections import ask_told
from ui.notice import leave_notice
from ui.words import count


@contextmanager
def marking_bar() -> Generator[Callable[[int, int], None], None, None]:
    """Draw a bar while affected attempts are marked to see what would come of it."""
    bar = st.progress(0.0, "Marking every affected attempt…")

    def tell(done: int, listed: int) -> None:
        bar.progress(done / listed, f"Marking every affected attempt… {done} of {listed}")

    yield tell
    bar.empty()


def replay(correction_id: str) -> None:
    """Mark again with a bar; whatever is left when this tab closes goes on by itself."""
    bar, done = st.progress(0.0, "Marking again…"), 1
    while done:
        acting = act()
        with acting as tx:
            done = replay_corrections(tx)
        if not acting.committed:
            return
        with look(Permission.KEY_CORRECT) as tx:
            one = correction(tx, correction_id)
        bar.progress(one.remarked / max(1, one.listed), f"{one.remarked} of {one.listed}")
    leave_notice("Approved. Everything that it affects is marked again; the old decisions stay.")
    st.rerun()


def note_told(correction_id: str, found: Sequence[Outcome], names: Mapping[str, str]) -> None:
    """Ask who was told, and note it with one's own name and the moment."""
    told = ask_told(found, names)
    if not told:
        return
    acting = act()
    with acting as tx:
        mark_told(tx, correction_id, told)
    if acting.committed:
        leave_notice(f"Noted: told about {count(len(told), 'attempt')}.")
        st.rerun()
