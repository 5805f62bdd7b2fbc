"""Taking an item out of use, and back: each asks once more; and letting a pilot count."""

from collections.abc import Callable

import streamlit as st

from base.db import Tx
from base.permissions import Actor, Permission
from quizbank.commands.retiring import restore_item, retire_item, set_pilot
from quizbank.proposals import ItemStatus
from quizbank.queries.item_page import ItemPage
from ui.act import act
from ui.notice import leave_notice


def ask_status(page: ItemPage, actor: Actor) -> None:
    """Draw the buttons that change whether the item is drawn, and whether it counts."""
    with st.container(horizontal=True):
        if page.status == ItemStatus.RETIRED:
            if actor.may(Permission.ITEM_PUBLISH) and st.button(
                "Restore this item", icon=":material/unarchive:"
            ):
                _restore(page.item_id)
            return
        if actor.may(Permission.ITEM_RETIRE) and st.button(
            "Retire this item", icon=":material/archive:"
        ):
            _retire(page.item_id)
        if actor.may(Permission.ITEM_PUBLISH):
            _ask_pilot(page)


def _ask_pilot(page: ItemPage) -> None:
    if page.status == ItemStatus.PILOT:
        if st.button("Let it count", icon=":material/check_circle:"):
            said = "New attempts score it from now on."
            _change(lambda tx, one: set_pilot(tx, one, pilot=False), page.item_id, said)
    elif st.button("Make it a pilot", icon=":material/science:"):
        said = "A pilot: new attempts may draw it, and it counts for nothing."
        _change(lambda tx, one: set_pilot(tx, one, pilot=True), page.item_id, said)


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
