"""Making a receipt of a checked roster: prepared in a transaction, sealed outside, then kept."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from accounts.queries.clinics import own_clinic
from accounts.queries.people import is_demo_academy, printed_name
from base.audit import record
from base.db import Tx
from base.errors import NotFound
from base.ids import new_id
from base.permissions import Permission, needs
from certs.commands.keys import renew_yearly_keys
from certs.queries.authority import sealer_for
from certs.queries.rosters import NO_ROSTER, roster_detail
from certs.queries.seen_log import standing_checkpoint
from certs.receipt_page import receipt_pdf
from certs.rosters.receipts import Receipt, receipt_json
from certs.seal import Sealer, seal_pdf
from certs.tables.clinics import ReceiptRow, RosterRow


@dataclass(frozen=True)
class UnsealedReceipt:
    """All that the file of a receipt is made of."""

    receipt: Receipt
    sealer: Sealer
    at: datetime


@dataclass(frozen=True)
class SealedReceipt:
    """A receipt with its files as they leave us."""

    receipt: Receipt
    document: str
    pdf: bytes


@needs(Permission.CLINIC_USE)
def prepare_receipt(tx: Tx, clinic_id: str, roster_id: str) -> UnsealedReceipt:
    """Return all that a receipt of one's own clinic's roster is made of.

    Raises `NotFound`; `Conflict` where the issuance log does not continue the one that the clinic
    saw; `Unavailable` where the academy cannot seal just now.
    """
    clinic, roster = own_clinic(tx, clinic_id), roster_detail(tx, clinic_id, roster_id)
    row = tx.session.get(RosterRow, roster_id)
    if row is None:
        raise NotFound(NO_ROSTER)
    standing_checkpoint(tx, clinic_id)
    renew_yearly_keys(tx)
    receipt = Receipt(
        id=new_id(),
        academy=tx.config.academy_name,
        address=tx.config.public_url,
        clinic=clinic.name,
        title=roster.summary.title,
        checked_by=printed_name(tx, row.uploaded_by),
        checked_at=roster.summary.at,
        checkpoint=roster.checkpoint,
        lines=roster.checked,
        demo=is_demo_academy(tx),
    )
    return UnsealedReceipt(receipt, sealer_for(tx), tx.now)


def sealed_receipt(unsealed: UnsealedReceipt) -> SealedReceipt:
    """Draw the page, attach the data and seal all of it; never inside a transaction."""
    document = receipt_json(unsealed.receipt)
    page = receipt_pdf(unsealed.receipt, document)
    return SealedReceipt(unsealed.receipt, document, seal_pdf(page, unsealed.sealer, unsealed.at))


@needs(Permission.CLINIC_USE)
def keep_receipt(tx: Tx, clinic_id: str, made: SealedReceipt) -> str:
    """Keep a receipt of one's own clinic, for good; returns its id."""
    own_clinic(tx, clinic_id)
    digest = hashlib.sha256(made.pdf).hexdigest()
    row = ReceiptRow(
        id=made.receipt.id,
        clinic_id=clinic_id,
        title=made.receipt.title,
        at=made.receipt.checked_at,
        by=tx.actor.own_id,
        checkpoint=made.receipt.checkpoint,
        document=made.document,
        pdf=made.pdf,
        sha256=digest,
    )
    tx.session.add(row)
    tx.session.flush()
    record(tx, "receipt:make", row.id, {"clinic": clinic_id, "pdf": digest})
    return row.id
