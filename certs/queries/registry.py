"""The certificates as the academy answers for them: whose they are, and whether they are whole."""

import hashlib
import json
from collections.abc import Sequence

from sqlmodel import col, select

from base.audit import audit_entries_of
from base.db import Tx
from base.permissions import Permission, needs
from certs.tables.credentials import CredentialEventRow, CredentialFileRow, CredentialRow

_AT_ONCE = 500


@needs(Permission.KEY_CORRECT)
def certificates_of(tx: Tx, attempt_ids: Sequence[str]) -> dict[str, str]:
    """Return by attempt the serials of the certificates that these earned and that stand."""
    found: dict[str, str] = {}
    revoked = select(CredentialEventRow.serial).where(CredentialEventRow.kind == "revoked")
    for start in range(0, len(attempt_ids), _AT_ONCE):
        rows = tx.session.exec(
            select(CredentialRow.attempt_id, CredentialRow.serial).where(
                col(CredentialRow.attempt_id).in_(attempt_ids[start : start + _AT_ONCE]),
                col(CredentialRow.serial).not_in(revoked),
            )
        )
        found |= {attempt: serial for attempt, serial in rows if attempt}
    return found


@needs(Permission.AUDIT_READ)
def damaged_credentials(tx: Tx) -> tuple[str, ...]:
    """Return the serials whose stored PDF is not the one that the audit log says was issued.

    That also finds certificates without an entry: of a log cut short, or put in by hand. Those
    that wait for their seal have no file, and the log says of none.
    """
    rows = tx.session.exec(
        select(CredentialFileRow.serial, CredentialFileRow.pdf).order_by(CredentialFileRow.serial)
    ).yield_per(100)
    stored = {serial: hashlib.sha256(pdf).hexdigest() for serial, pdf in rows}
    issued = {
        entry.subject: json.loads(entry.facts).get("pdf")
        for entry in audit_entries_of(tx, "credential:issue")
    }
    sealed = {
        entry.subject: json.loads(entry.facts)["pdf"]
        for entry in audit_entries_of(tx, "credential:seal")
    }
    serials = set(tx.session.exec(select(CredentialRow.serial)))
    logged = issued | sealed
    return tuple(
        serial
        for serial in sorted(serials | logged.keys())
        if serial not in serials or serial not in issued or stored.get(serial) != logged[serial]
    )
