"""The status lists as published, and what they must say now."""

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs, public
from certs.keys import KeyPurpose
from certs.proofs import proofs_of
from certs.queries.keys import public_keys
from certs.status import StatusChange
from certs.statuslist import (
    VALID_FOR,
    StatusBits,
    StatusPurpose,
    decoded,
    length_for,
    list_address,
    status_bits,
)
from certs.tables.credentials import CredentialEventRow, CredentialRow
from certs.tables.statuses import StatusListRow


@dataclass(frozen=True)
class DueList:
    """A list that must be published anew: what it says, and as which edition."""

    purpose: StatusPurpose
    edition: int
    bits: StatusBits


@public
def status_list_document(tx: Tx, purpose: StatusPurpose) -> str:
    """Return the newest edition of a list, a signed credential.

    Raises `NotFound` before the first.
    """
    newest = _newest(tx, purpose)
    if newest is None:
        raise NotFound("This list was not published yet. Ask again in a minute.")
    return newest.document


@needs(Permission.SIGNING_MANAGE)
def due_lists(tx: Tx) -> tuple[DueList, ...]:
    """Return the lists to publish now.

    Those that say something else than the certificates' events, have half of their 24 hours behind
    them, or are signed by another key or under another address than the academy's of today.
    """
    found = (_due(tx, purpose, bits) for purpose, bits in _bits_now(tx).items())
    return tuple(one for one in found if one)


def _due(tx: Tx, purpose: StatusPurpose, bits: StatusBits) -> DueList | None:
    newest = _newest(tx, purpose)
    if newest is None:
        return DueList(purpose, 1, bits)
    fresh = tx.now < newest.signed_at + VALID_FOR / 2
    if fresh and _says(tx, newest, purpose, bits):
        return None
    return DueList(purpose, newest.edition + 1, bits)


def _says(tx: Tx, row: StatusListRow, purpose: StatusPurpose, bits: StatusBits) -> bool:
    document = json.loads(row.document)
    signed_by = {
        str(one.get("verificationMethod")).rpartition("#")[2] for one in proofs_of(document)
    }
    standing = {key.id for key in public_keys(tx, KeyPurpose.CREDENTIAL) if key.stands}
    return (
        signed_by <= standing
        and document["id"] == list_address(tx.config.public_url, purpose)
        and decoded(document["credentialSubject"]["encodedList"]) == bits
    )


def _newest(tx: Tx, purpose: StatusPurpose) -> StatusListRow | None:
    editions = select(StatusListRow).where(StatusListRow.purpose == purpose)
    return tx.session.exec(editions.order_by(col(StatusListRow.edition).desc()).limit(1)).first()


def _bits_now(tx: Tx) -> dict[StatusPurpose, StatusBits]:
    highest = tx.session.exec(select(func.max(CredentialRow.status_index))).one()
    length = length_for(highest or 0)
    counts = _event_counts(tx)
    revoked = counts[StatusChange.REVOKED]
    suspended = counts[StatusChange.SUSPENDED] - counts[StatusChange.REINSTATED]
    return {
        StatusPurpose.REVOCATION: status_bits(revoked, length),
        StatusPurpose.SUSPENSION: status_bits(suspended, length),
    }


def _event_counts(tx: Tx) -> dict[StatusChange, Counter[int]]:
    """How often each happened, by the place in the lists; those without a place are in no list."""
    counts = {change: Counter[int]() for change in StatusChange}
    rows = tx.session.exec(
        select(CredentialRow.status_index, CredentialEventRow.kind, func.count())
        .join(CredentialRow, col(CredentialRow.serial) == col(CredentialEventRow.serial))
        .where(col(CredentialRow.status_index).is_not(None))
        .group_by(col(CredentialRow.status_index), col(CredentialEventRow.kind))
    )
    for index, kind, count in rows:
        if index is not None:
            counts[StatusChange(kind)][index] = count
    return counts
