"""Sealing many certificates as one job: chosen, watched, stopped, gone on with, downloaded.

The background round seals them; a job says which belong together, and whether they may go on.
"""

from sqlalchemy import insert, update
from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.ids import new_id
from base.permissions import Permission, needs
from certs.queries.sealing_jobs import SealingChoice, chosen_serials, sealing_size
from certs.tables.credentials import CredentialFileRow
from certs.tables.issuing import SealingJobItemRow, SealingJobRow, UnsealedRow

MOST_AT_ONCE = 20_000


@needs(Permission.CREDENTIAL_SEAL)
def start_sealing_job(tx: Tx, choice: SealingChoice, title: str) -> str:
    """Begin a job of all certificates that fit the choice, and return its id.

    What is sealed already is done at once. Raises `Invalid` where none fits, or too many.
    """
    count, _ = sealing_size(tx, choice)
    if count == 0:
        raise Invalid(["No certificate fits this choice. Choose another course or other days."])
    if count > MOST_AT_ONCE:
        raise Invalid([f"{count:,} certificates are too many for one job. Choose fewer days."])
    job = SealingJobRow(
        id=new_id(), title=title, created_at=tx.now, created_by=tx.actor.person_id or "system"
    )
    tx.session.add(job)
    tx.session.flush()
    _list_items(tx, job.id, choice)
    record(tx, "sealing:start", job.id, {"certificates": count})
    return job.id


@needs(Permission.CREDENTIAL_SEAL)
def stop_sealing_job(tx: Tx, job_id: str) -> None:
    """Let what is left of a job wait until somebody goes on with it; raises `Conflict`."""
    job = _locked(tx, job_id)
    if job.stopped_at is not None:
        raise Conflict("The job is stopped already.")
    job.stopped_at = tx.now
    record(tx, "sealing:stop", job_id, {})


@needs(Permission.CREDENTIAL_SEAL)
def resume_sealing_job(tx: Tx, job_id: str) -> None:
    """Go on with a job: what failed is tried again at once; raises `Conflict` where it goes."""
    job = _locked(tx, job_id)
    left = select(SealingJobItemRow.serial).where(
        SealingJobItemRow.job_id == job_id, col(SealingJobItemRow.done_at).is_(None)
    )
    failed = tx.session.exec(left.where(col(SealingJobItemRow.problem).is_not(None))).first()
    if job.stopped_at is None and failed is None:
        raise Conflict("The job is going on already.")
    job.stopped_at = None
    waiting = update(UnsealedRow).where(col(UnsealedRow.serial).in_(left))
    tx.session.exec(waiting.values(next_try_at=tx.now))
    record(tx, "sealing:resume", job_id, {})


def _list_items(tx: Tx, job_id: str, choice: SealingChoice) -> None:
    sealed = col(CredentialFileRow.serial)
    chosen = chosen_serials(choice).subquery()
    found = tx.session.exec(
        select(chosen.c.serial, sealed).outerjoin(CredentialFileRow, sealed == chosen.c.serial)
    )
    items = [
        {"job_id": job_id, "serial": serial, "done_at": tx.now if filed else None, "problem": None}
        for serial, filed in found
    ]
    tx.session.connection().execute(insert(SealingJobItemRow), items)


def _locked(tx: Tx, job_id: str) -> SealingJobRow:
    found = select(SealingJobRow).where(SealingJobRow.id == job_id).with_for_update()
    job = tx.session.exec(found).first()
    if job is None:
        raise NotFound("There is no such job. Look at the list under Sealing.")
    return job
