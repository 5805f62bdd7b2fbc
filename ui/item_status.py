"""Taking an item out of use, and back: each asks once more."""

from collections.abc import Callable

import streamlit as st

from base.db import Tx
from quizbank.commands.retiring import restore_item, retire_item
from ui.act import act
from ui.notice import leave_notice


def ask_status(item_id: str, status: str) -> None:
    """Draw the button that retires or restores the item."""
    if status == "retired":
        if st.button("Restore this item", icon=":material/unarchive:"):
            _restore(item_id)
    elif st.button("Retire this item", icon=":material/archive:"):
        _retire(item_id)


@st.dialog("Retire this item?")
def _retire(item_id: str) -> None:
    st.markdown(
        "It is drawn for no new attempt from now on. Running attempts and results keep it, and "
        "it can be restored."
    )
    if st.button("Retire it", type="primary"):
        _change(retire_item, item_id, "Retired: new attempts no longer draw it.")


@st.dialog("Restore this item?")
def _restore(item_id: str) -> None:
    st.markdown("New attempts may draw it again from now on.")
    if st.button("Restore it", type="primary"):
        _change(restore_item, item_id, "Restored: new attempts may draw it again.")


def _change(command: Callable[[Tx, str], None], item_id: str, notice: str) -> None:
    acting = act()
    with acting as tx:
        command(tx, item_id)
    if acting.committed:
        leave_notice(notice)
        st.rerun()
