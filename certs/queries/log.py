"""The issuance log as anyone may ask for it: its newest checkpoint, and proofs."""

from sqlmodel import col, select

from base.db import Tx
from base.errors import Invalid, NotFound
from base.permissions import public
from certs.checkpoints import LogProof, log_proof_text
from certs.merkle import consistency_stretches, inclusion_stretches
from certs.queries.log_nodes import log_size, stretch_hashes
from certs.tables.credentials import CredentialDataRow
from certs.tables.log import CheckpointRow, LogLeafRow

_EMPTY = "The issuance log is empty: nothing has been issued yet."


@public
def newest_checkpoint(tx: Tx) -> str:
    """Return the newest checkpoint, a signed note; raises `NotFound` while the log is empty."""
    newest = select(CheckpointRow.note).order_by(col(CheckpointRow.size).desc()).limit(1)
    note = tx.session.exec(newest).first()
    if note is None:
        raise NotFound(_EMPTY)
    return note


@public
def checkpoint_of(tx: Tx, size: int) -> str:
    """Return the checkpoint that was signed at this size; raises `NotFound`."""
    row = tx.session.get(CheckpointRow, size)
    if row is None:
        raise NotFound(f"The issuance log never had the size {size}, or has it not yet.")
    return row.note


@public
def inclusion_proof(tx: Tx, number: int, size: int) -> tuple[bytes, ...]:
    """Return the hashes that prove entry `number` in the log of that size, from the leaf up.

    Raises `Invalid` where the entry lies outside it or the log is not that long.
    """
    if not 0 <= number < size <= log_size(tx):
        raise Invalid([f"There is no entry {number} in a log of {size} entries."])
    return stretch_hashes(tx, inclusion_stretches(number, size))


@public
def consistency_proof(tx: Tx, old: int, new: int) -> tuple[bytes, ...]:
    """Return the hashes that prove that the log of `new` entries begins with its first `old`.

    Raises `Invalid` where the log is not that long, or `new` is smaller.
    """
    if not 0 < old <= new <= log_size(tx):
        raise Invalid([f"Ask from a size above 0 to one up to {log_size(tx)}, the log's own."])
    return stretch_hashes(tx, consistency_stretches(old, new))


@public
def log_proof(tx: Tx, number: int) -> str:
    """Return what proves this entry, with the newest checkpoint, as a `.tlog-proof` file.

    Raises `NotFound` where there is no such entry.
    """
    size = log_size(tx)
    if not 0 <= number < size:
        raise NotFound("This is not in the issuance log.")
    hashes = inclusion_proof(tx, number, size)
    return log_proof_text(LogProof(number, hashes, checkpoint_of(tx, size)))


@public
def log_proof_of(tx: Tx, serial: str) -> str:
    """Return the same for a certificate's signed data; raises `NotFound` before it is signed."""
    found = select(CredentialDataRow.leaf).where(CredentialDataRow.serial == serial)
    number = tx.session.exec(found).first()
    return log_proof(tx, -1 if number is None else number)


@public
def log_proof_of_leaf(tx: Tx, leaf_hash: str) -> str:
    """Return the same for the entry with this hash, in hex; raises `NotFound`."""
    found = select(LogLeafRow.number).where(LogLeafRow.hash == leaf_hash.lower())
    number = tx.session.exec(found.order_by(col(LogLeafRow.number)).limit(1)).first()
    return log_proof(tx, -1 if number is None else number)
