"""What happens to a certificate after its issue: appended, with the reason that everybody reads."""

from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.ids import new_id
from certs.commands.status_lists import publish_at_once
from certs.status import Status, StatusChange, StatusEvent, misfit, standing_at
from certs.tables.credentials import CredentialEventRow, CredentialRow
from certs.terms import Facts

SHORTEST_REASON = 10
_ACTIONS = {
    StatusChange.REVOKED: "credential:revoke",
    StatusChange.SUSPENDED: "credential:suspend",
    StatusChange.REINSTATED: "credential:reinstate",
}


def append_event(tx: Tx, serial: str, change: StatusChange, reason: str) -> None:
    """Append that this happened, record it, publish it. Part of the commands that change a status.

    Raises `Invalid` where the reason is no sentence, `NotFound`, and `Conflict` where the change
    does not fit how the certificate stands.
    """
    said = " ".join(reason.split())
    if len(said) < SHORTEST_REASON:
        raise Invalid(["Write the reason in a sentence; the public page shows it."])
    refusal = misfit(_status_held(tx, serial), change)
    if refusal:
        raise Conflict(refusal)
    by = tx.actor.person_id or tx.actor.name
    tx.session.add(
        CredentialEventRow(id=new_id(), serial=serial, kind=change, reason=said, at=tx.now, by=by)
    )
    tx.session.flush()
    record(tx, _ACTIONS[change], serial, {"reason": said})
    publish_at_once(tx)


def _status_held(tx: Tx, serial: str) -> Status:
    """How the certificate stands, which nobody else changes until the transaction ends."""
    held = select(CredentialRow.facts).where(col(CredentialRow.serial) == serial)
    facts = tx.session.exec(held.with_for_update(key_share=True)).first()
    if facts is None:
        raise NotFound("There is no certificate with this serial. Check it and try again.")
    rows = tx.session.exec(select(CredentialEventRow).where(CredentialEventRow.serial == serial))
    events = [StatusEvent(StatusChange(row.kind), row.at, row.reason) for row in rows]
    # Whoever waited for another reads the clock before what that one did.
    at = max([tx.now, *(event.at for event in events)])
    return standing_at(at, Facts.model_validate_json(facts).expires_at, events).status
