"""Receipts on screen, each with its two files."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from accounts.queries.clinics import Clinic
from accounts.queries.people import signed_in
from base.academy import academy
from base.clock import utc_now
from base.permissions import NOBODY
from certs.queries.receipts import ReceiptFiles, ReceiptSummary, receipt_files
from certs.rosters.receipts import log_in_words
from ui.session import cookie
from ui.words import moment, plain


def draw_receipts(clinic: Clinic, found: Sequence[ReceiptSummary]) -> None:
    """List the receipts, newest first."""
    if not found:
        st.markdown("**No receipt yet.** Check a roster, then make its receipt.")
    for one in found:
        with st.container(border=True):
            _draw(clinic, one)


def _draw(clinic: Clinic, one: ReceiptSummary) -> None:
    log = log_in_words(one.checkpoint) or "the issuance log was empty"
    st.markdown(
        f"**{plain(one.title)}** · checked {moment(one.at)}  \n"
        f":small[Log: {plain(log)}]  \n:small[SHA-256 of the PDF: `{one.sha256}`]"
    )
    name = f"receipt-{one.at:%Y-%m-%d}-{one.id[:8]}"
    with st.container(horizontal=True):
        st.download_button(
            "PDF",
            _maker(clinic, one, lambda files: files.pdf),
            file_name=f"{name}.pdf",
            mime="application/pdf",
            icon=":material/picture_as_pdf:",
            on_click="ignore",
            key=f"pdf-{one.id}",
            help=f"Sealed receipt of {one.title}",
        )
        st.download_button(
            "Data",
            _maker(clinic, one, lambda files: files.document.encode()),
            file_name=f"{name}.json",
            mime="application/json",
            icon=":material/data_object:",
            on_click="ignore",
            key=f"json-{one.id}",
            help=f"Data of the receipt of {one.title}",
        )


def _maker(
    clinic: Clinic, one: ReceiptSummary, pick: Callable[[ReceiptFiles], bytes]
) -> Callable[[], bytes]:
    # Read when it is downloaded, in a thread that knows no connection: the cookie goes along.
    token = cookie()

    def make() -> bytes:
        here = academy()
        with here.database.read(NOBODY, utc_now(), here.config) as tx:
            known = replace(tx, actor=signed_in(tx, token))
            return pick(receipt_files(known, clinic.id, one.id))

    return make
