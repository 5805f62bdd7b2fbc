"""Withdrawing a certificate, for good."""

from base.db import Tx
from base.permissions import Permission, needs
from certs.commands.events import append_event
from certs.status import StatusChange


@needs(Permission.CREDENTIAL_REVOKE)
def revoke_credential(tx: Tx, serial: str, reason: str) -> None:
    """Revoke a certificate, finally; the public page says so from this instant.

    The reason is shown to anyone who checks, so it must say why and name no health or exam data.
    """
    append_event(tx, serial, StatusChange.REVOKED, reason)
