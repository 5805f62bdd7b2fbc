"""Making a receipt from a screen: prepared, sealed outside the transaction, kept."""

import streamlit as st

from accounts.queries.clinics import Clinic
from certs.commands.receipts import (
    UnsealedReceipt,
    keep_receipt,
    prepare_receipt,
    sealed_receipt,
)
from ui.act import act


def make_receipt(clinic: Clinic, roster_id: str) -> bool:
    """Make the receipt of a roster; False where that was refused, which is then shown."""
    unsealed: UnsealedReceipt | None = None
    with act() as tx:
        unsealed = prepare_receipt(tx, clinic.id, roster_id)
    if unsealed is None:
        return False
    with st.spinner("Sealing the receipt …"):
        made = sealed_receipt(unsealed)
    acting = act()
    with acting as tx:
        keep_receipt(tx, clinic.id, made)
    return acting.committed
