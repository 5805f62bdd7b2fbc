"""The issuance log as a clinic saw it: each look must continue the one before."""

from sqlmodel import col, select

from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from certs.keys import KeyPurpose
from certs.queries.keys import public_keys
from certs.queries.log import consistency_proof, newest_checkpoint
from certs.rosters.receipts import continues, log_size_in
from certs.tables.clinics import ReceiptRow, RosterRow

FORKED = (
    "The academy's issuance log does not continue the one that this clinic saw before, so nothing "
    "is written down. Keep your receipts, and tell an auditor of the academy."
)


def standing_checkpoint(tx: Tx, clinic_id: str) -> str:
    """Return the log's newest checkpoint; empty while nothing has been issued.

    Raises `Conflict` where the log does not begin with all that this clinic saw of it. Part of
    what checks for a clinic, which asked who acts.
    """
    seen = _last_seen(tx, clinic_id)
    try:
        newest = newest_checkpoint(tx)
    except NotFound:
        newest = ""
    if seen and seen != newest:
        _refuse_fork(tx, seen, newest)
    return newest


def _refuse_fork(tx: Tx, seen: str, newest: str) -> None:
    keys = [key.raw for key in public_keys(tx, KeyPurpose.LOG) if key.revoked_at is None]
    try:
        proof = consistency_proof(tx, log_size_in(seen), log_size_in(newest))
    except Invalid:
        raise Conflict(FORKED) from None
    if not continues(seen, newest, proof, keys):
        raise Conflict(FORKED)


def _last_seen(tx: Tx, clinic_id: str) -> str:
    of_rosters = select(RosterRow.checkpoint, RosterRow.uploaded_at).where(
        RosterRow.clinic_id == clinic_id, RosterRow.checkpoint != ""
    )
    of_receipts = select(ReceiptRow.checkpoint, ReceiptRow.at).where(
        ReceiptRow.clinic_id == clinic_id, ReceiptRow.checkpoint != ""
    )
    newest = (
        tx.session.exec(of_rosters.order_by(col(RosterRow.uploaded_at).desc()).limit(1)).first(),
        tx.session.exec(of_receipts.order_by(col(ReceiptRow.at).desc()).limit(1)).first(),
    )
    return max((row[0] for row in newest if row), key=log_size_in, default="")
