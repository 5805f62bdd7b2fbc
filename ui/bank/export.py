"""The export of the bank, made when somebody asks for it and not before."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from accounts.queries.people import signed_in
from base.academy import academy
from base.clock import utc_now
from base.permissions import NOBODY
from quizbank.exchange.formats import CODECS, Format
from quizbank.queries.bank import ItemFilter, bank_as_file
from ui.session import cookie


def draw_export(wanted: ItemFilter) -> None:
    """Draw the ways to download the items that fit the filter, and what each format loses."""
    _draw_button(wanted, Format.YAML, "Export as YAML")
    with st.popover("Other formats", icon=":material/download:"):
        for file_format, codec in CODECS.items():
            if file_format is not Format.YAML:
                st.markdown(codec.leaves_out)
                _draw_button(wanted, file_format, f"Export as {codec.name}")


def _draw_button(wanted: ItemFilter, file_format: Format, label: str) -> None:
    st.download_button(
        label,
        data=_maker(wanted, file_format),
        file_name=CODECS[file_format].file_name,
        mime=CODECS[file_format].media_type,
        icon=":material/download:",
        on_click="ignore",
    )


def _maker(wanted: ItemFilter, file_format: Format) -> Callable[[], bytes]:
    # Streamlit makes the file in a thread of its own, where this connection is unknown: the
    # cookie goes along, and is looked up again at that moment.
    token = cookie()

    def make() -> bytes:
        here = academy()
        with here.database.read(NOBODY, utc_now(), here.config) as tx:
            known = replace(tx, actor=signed_in(tx, token))
            return bank_as_file(known, wanted, file_format).content

    return make
