"""The export of the bank, made when somebody asks for it and not before."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from accounts.queries import signed_in
from base.academy import academy
from base.clock import utc_now
from base.permissions import NOBODY
from quizbank.queries.bank import ItemFilter, bank_as_yaml
from ui.session import cookie


def draw_export(wanted: ItemFilter) -> None:
    """Draw the button that downloads the items that fit the filter, as YAML."""
    st.download_button(
        "Export as YAML",
        data=_maker(wanted),
        file_name="items.yaml",
        mime="application/yaml",
        icon=":material/download:",
        on_click="ignore",
    )


def _maker(wanted: ItemFilter) -> Callable[[], str]:
    # Streamlit makes the file in a thread of its own, where this connection is unknown: the
    # cookie goes along, and is looked up again at that moment.
    token = cookie()

    def make() -> str:
        here = academy()
        with here.database.read(NOBODY, utc_now(), here.config) as tx:
            return bank_as_yaml(replace(tx, actor=signed_in(tx, token)), wanted)

    return make
