"""A clinic's receipts."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from accounts.queries.clinics import own_clinic
from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from certs.tables.clinics import ReceiptRow

NO_RECEIPT = "There is no such receipt of this clinic. Go back to the list and choose one."


@dataclass(frozen=True)
class ReceiptSummary:
    """A receipt: of what, when it was checked, and what its PDF's bytes hash to."""

    id: str
    title: str
    at: datetime
    checkpoint: str
    sha256: str


@dataclass(frozen=True)
class ReceiptFiles:
    """A receipt's sealed PDF, and the data that is attached to it."""

    pdf: bytes
    document: str


@needs(Permission.CLINIC_USE)
def receipts(tx: Tx, clinic_id: str) -> tuple[ReceiptSummary, ...]:
    """Return one's own clinic's receipts, newest first."""
    own_clinic(tx, clinic_id)
    rows = tx.session.exec(
        select(ReceiptRow.id, ReceiptRow.title, ReceiptRow.at, ReceiptRow.checkpoint)
        .where(ReceiptRow.clinic_id == clinic_id)
        .order_by(col(ReceiptRow.at).desc(), col(ReceiptRow.id))
    ).all()
    digests = dict(
        tx.session.exec(
            select(ReceiptRow.id, ReceiptRow.sha256).where(ReceiptRow.clinic_id == clinic_id)
        ).all()
    )
    return tuple(ReceiptSummary(*row, digests[row[0]]) for row in rows)


@needs(Permission.CLINIC_USE)
def receipt_files(tx: Tx, clinic_id: str, receipt_id: str) -> ReceiptFiles:
    """Return the files of one of one's own clinic's receipts; raises `NotFound`."""
    own_clinic(tx, clinic_id)
    row = tx.session.get(ReceiptRow, receipt_id)
    if row is None or row.clinic_id != clinic_id:
        raise NotFound(NO_RECEIPT)
    return ReceiptFiles(row.pdf, row.document)
