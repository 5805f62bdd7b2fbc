"""Sealing certificates: outside the transaction that awards, exactly once, by whoever comes first.

Each takes three steps: a transaction that signs its data, then drawing and sealing outside any
transaction, then a transaction that keeps the file. A process killed at any moment leaves a
certificate that still waits, and nothing half done.
"""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Lock

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import AppError
from base.permissions import Permission, needs
from certs.commands.keys import renew_yearly_keys
from certs.commands.signing import sign_credential
from certs.queries.authority import sealer_for
from certs.queries.designs import design_of
from certs.queries.log import log_proof
from certs.sealed_file import SealedFile, Unsealed, sealed_file
from certs.tables.credentials import CredentialFileRow, CredentialRow
from certs.tables.issuing import SealingJobItemRow, UnsealedRow
from certs.terms import Facts, face_of

Opening = Callable[[], AbstractContextManager[Tx]]

# Sealing keeps a core busy; one at a time leaves the others to those who click.
TURN = Lock()
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(hours=1)
_DEFECT = "It could not be sealed because of a defect of ours; the log of the server says which."


def await_seal(tx: Tx, serial: str) -> None:
    """Let a new certificate wait for its seal. Part of the commands that issue."""
    tx.session.add(UnsealedRow(serial=serial, next_try_at=tx.now))


def seal_one(opening: Opening, serial: str) -> bool:
    """Seal one certificate that waits; False where none does, or where somebody was faster.

    Raises what kept it from being sealed, which is noted: it is tried again later.
    """
    with TURN:
        return _seal(opening, serial)


def seal_unless_busy(opening: Opening, serial: str) -> bool:
    """Do the same, unless this process seals another one just now: a screen need not wait."""
    if not TURN.acquire(blocking=False):
        return False
    try:
        return _seal(opening, serial)
    finally:
        TURN.release()


def _seal(opening: Opening, serial: str) -> bool:
    try:
        with opening() as tx:
            unsealed = begin_sealing(tx, serial)
        if unsealed is None:
            return False
        made = sealed_file(unsealed)
        with opening() as tx:
            return keep_file(tx, made)
    except Exception as error:
        with opening() as tx:
            note_problem(tx, serial, str(error) if isinstance(error, AppError) else _DEFECT)
        raise


@needs(Permission.CREDENTIAL_SEAL)
def begin_sealing(tx: Tx, serial: str) -> Unsealed | None:
    """Sign a certificate's data, and return all that its file is made of.

    None where it does not wait, or failed a moment ago. Raises `Unavailable` where the academy
    cannot sign just now.
    """
    waiting = tx.session.get(UnsealedRow, serial)
    if waiting is None or waiting.next_try_at > tx.now:
        return None
    row = tx.session.get_one(CredentialRow, serial)
    renew_yearly_keys(tx)
    signed = sign_credential(tx, serial)
    return Unsealed(
        serial=serial,
        face=face_of(Facts.model_validate_json(row.facts)),
        design=design_of(tx, row.design_id),
        credential=signed.document,
        log_proof=log_proof(tx, signed.leaf),
        sealer=sealer_for(tx),
        at=tx.now,
    )


@needs(Permission.CREDENTIAL_SEAL)
def keep_file(tx: Tx, file: SealedFile) -> bool:
    """Keep a certificate's file; False where one is kept already, whose bytes stand."""
    # Whoever takes the waiting row away keeps the file: the database lets one do that.
    waited = delete(UnsealedRow).where(col(UnsealedRow.serial) == file.serial)
    if tx.session.exec(waited).rowcount == 0:
        return False
    digest = hashlib.sha256(file.pdf).hexdigest()
    tx.session.add(
        CredentialFileRow(
            serial=file.serial,
            sha256=digest,
            pdf=file.pdf,
            log_proof=file.log_proof,
            sealed_at=tx.now,
        )
    )
    listed = update(SealingJobItemRow).where(col(SealingJobItemRow.serial) == file.serial)
    tx.session.exec(listed.values(done_at=tx.now, problem=None))
    record(tx, "credential:seal", file.serial, {"pdf": digest})
    return True


@needs(Permission.CREDENTIAL_SEAL)
def note_problem(tx: Tx, serial: str, problem: str) -> None:
    """Note why a certificate could not be sealed; it is tried again, each time later."""
    row = tx.session.get(UnsealedRow, serial)
    if row is None:
        return
    row.tries += 1
    row.problem = problem
    row.next_try_at = tx.now + min(_FIRST_PAUSE * 2**row.tries, _LONGEST_PAUSE)
    listed = update(SealingJobItemRow).where(col(SealingJobItemRow.serial) == serial)
    tx.session.exec(listed.values(problem=problem))


@needs(Permission.CREDENTIAL_SEAL)
def queue_unsealed(tx: Tx) -> int:
    """Let everything wait at once that was issued and has no file; returns how many wait now."""
    filed, queued = select(CredentialFileRow.serial), select(UnsealedRow.serial)
    forgotten = select(CredentialRow.serial).where(
        col(CredentialRow.serial).not_in(filed), col(CredentialRow.serial).not_in(queued)
    )
    for serial in tx.session.exec(forgotten).all():
        await_seal(tx, serial)
    tx.session.flush()
    tx.session.exec(update(UnsealedRow).values(next_try_at=tx.now))
    return tx.session.exec(select(func.count()).select_from(UnsealedRow)).one()
