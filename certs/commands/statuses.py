"""Suspending a certificate and letting it stand again; its place in the status lists."""

import secrets

from sqlalchemy import func
from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from certs.commands.events import append_event
from certs.status import StatusChange
from certs.statuslist import length_for
from certs.tables.credentials import CredentialRow

# A list that is less than half full has a free place in eight draws but once in 256.
_DRAWS = 8


@needs(Permission.CREDENTIAL_REVOKE)
def suspend_credential(tx: Tx, serial: str, reason: str) -> None:
    """Suspend a certificate until it is reinstated; the public page says so from this instant.

    The reason is shown to anyone who checks.
    """
    append_event(tx, serial, StatusChange.SUSPENDED, reason)


@needs(Permission.CREDENTIAL_REVOKE)
def reinstate_credential(tx: Tx, serial: str, reason: str) -> None:
    """Let a suspended certificate stand again; the reason is kept."""
    append_event(tx, serial, StatusChange.REINSTATED, reason)


def free_status_index(tx: Tx) -> int:
    """Return a place in the status lists that no certificate has, drawn at random.

    The lists double when they fill up. Part of the commands that issue, which ask who acts.
    """
    highest = tx.session.exec(select(func.max(CredentialRow.status_index))).one() or 0
    length = length_for(highest)
    while True:
        for _ in range(_DRAWS):
            index = secrets.randbelow(length)
            taken = select(CredentialRow.serial).where(col(CredentialRow.status_index) == index)
            if tx.session.exec(taken).first() is None:
                return index
        length *= 2
