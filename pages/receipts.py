"""Receipts: what was checked, sealed, to keep and to show to whoever asks."""

import streamlit as st

from base.permissions import Permission
from certs.queries.receipts import receipts
from ui.act import look
from ui.clinics.choice import choose_clinic
from ui.clinics.receipt_table import draw_receipts
from ui.nav import link

clinic = choose_clinic("Receipts")
with look(Permission.CLINIC_USE) as tx:
    found = receipts(tx, clinic.id)
st.markdown(
    "A receipt says what was checked, when, by whom, and against which state of the academy’s "
    "issuance log. Its PDF is sealed and has every line attached as data."
)
link("Check a roster", "rosters", icon=":material/fact_check:")
draw_receipts(clinic, found)
