"""The bar of an import, moved on from within its transaction."""

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException


class ImportBar:
    """Shows how far an import is; what people press meanwhile waits until it is done.

    Streamlit answers a press, or a closed tab, by raising where the next thing is drawn, and
    within a transaction that would undo the import.
    """

    def __init__(self) -> None:
        self._bar = st.progress(0.0, text="Importing …")
        self._waiting: RerunException | StopException | None = None

    def __call__(self, share: float) -> None:
        """Show that this share is done, 0 to 1."""
        if self._waiting:
            return
        try:
            self._bar.progress(share, text=f"Importing: {share:.0%} done")
        except (RerunException, StopException) as pressed:
            self._waiting = pressed

    def end(self) -> None:
        """Take the bar away, and do what was pressed meanwhile; outside the transaction."""
        if self._waiting:
            raise self._waiting
        self._bar.empty()
