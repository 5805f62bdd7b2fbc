"""Jobs that seal many certificates: what they are made of, how far they are, what came out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from certs.manifest import ManifestLine
from certs.tables.credentials import CredentialFileRow, CredentialRow
from certs.tables.issuing import SealingJobItemRow, SealingJobRow, UnsealedRow
from certs.terms import Facts


@dataclass(frozen=True)
class SealingChoice:
    """Which certificates: of one course or all, issued in these days (both included; UTC).

    `waiting_only` leaves out what is sealed already, which otherwise is only collected again.
    """

    course: str = ""
    since: date | None = None
    until: date | None = None
    waiting_only: bool = True


@dataclass(frozen=True)
class SealingJob:
    """How far a job is; `waits_first` is what the next that waits was held up by, if anything."""

    id: str
    title: str
    created_at: datetime
    stopped_at: datetime | None
    total: int
    done: int
    failed: int
    problem: str

    @property
    def is_done(self) -> bool:
        """Whether every certificate of it is sealed."""
        return self.done == self.total

    @property
    def is_going(self) -> bool:
        """Whether certificates of it are being sealed."""
        return self.stopped_at is None and not self.is_done


@needs(Permission.CREDENTIAL_SEAL)
def sealing_size(tx: Tx, choice: SealingChoice) -> tuple[int, int]:
    """Return how many certificates fit the choice, and how many of these wait."""
    chosen = chosen_serials(choice).subquery()
    waiting = select(UnsealedRow.serial).where(col(UnsealedRow.serial).in_(select(chosen.c.serial)))
    return (
        tx.session.exec(select(func.count()).select_from(chosen)).one(),
        tx.session.exec(select(func.count()).select_from(waiting.subquery())).one(),
    )


@needs(Permission.CREDENTIAL_SEAL)
def sealing_jobs(tx: Tx, limit: int = 20) -> tuple[SealingJob, ...]:
    """Return the newest jobs, newest first."""
    newest = select(SealingJobRow).order_by(col(SealingJobRow.created_at).desc()).limit(limit)
    return tuple(_job(tx, row) for row in tx.session.exec(newest).all())


@needs(Permission.CREDENTIAL_SEAL)
def sealing_job(tx: Tx, job_id: str) -> SealingJob:
    """Return one job; raises `NotFound`."""
    row = tx.session.get(SealingJobRow, job_id)
    if row is None:
        raise NotFound("There is no such job. Look at the list under Sealing.")
    return _job(tx, row)


@needs(Permission.CREDENTIAL_SEAL)
def sealing_manifest(tx: Tx, job_id: str) -> tuple[ManifestLine, ...]:
    """Return a line for every certificate of the job, by serial."""
    rows = tx.session.exec(
        select(CredentialRow.facts, CredentialFileRow.sha256, SealingJobItemRow.problem)
        .join(SealingJobItemRow, col(SealingJobItemRow.serial) == col(CredentialRow.serial))
        .outerjoin(CredentialFileRow, col(CredentialFileRow.serial) == col(CredentialRow.serial))
        .where(SealingJobItemRow.job_id == job_id)
        .order_by(col(CredentialRow.serial))
    )
    return tuple(_line(facts, sha256, problem) for facts, sha256, problem in rows)


@needs(Permission.CREDENTIAL_SEAL)
def sealed_pdfs(tx: Tx, job_id: str, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
    """Return the next files of the job by serial, after this one."""
    return tx.session.exec(
        select(CredentialFileRow.serial, CredentialFileRow.pdf)
        .join(SealingJobItemRow, col(SealingJobItemRow.serial) == col(CredentialFileRow.serial))
        .where(SealingJobItemRow.job_id == job_id, CredentialFileRow.serial > after)
        .order_by(col(CredentialFileRow.serial))
        .limit(limit)
    ).all()


def chosen_serials(choice: SealingChoice) -> SelectOfScalar[str]:
    """Return the query for the serials that fit a choice."""
    query = select(CredentialRow.serial)
    if choice.course:
        # As `Facts` is written: compact JSON.
        said = f'"course":"{choice.course}"'
        query = query.where(col(CredentialRow.facts).contains(said, autoescape=True))
    if choice.since:
        query = query.where(CredentialRow.issued_at >= _midnight(choice.since))
    if choice.until:
        query = query.where(CredentialRow.issued_at < _midnight(choice.until + timedelta(days=1)))
    if choice.waiting_only:
        query = query.where(col(CredentialRow.serial).in_(select(UnsealedRow.serial)))
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _job(tx: Tx, row: SealingJobRow) -> SealingJob:
    items = SealingJobItemRow
    total, done, failed, problem = tx.session.exec(
        select(
            func.count(),
            func.count(col(items.done_at)),
            func.count(col(items.problem)),
            func.max(col(items.problem)),
        ).where(items.job_id == row.id)
    ).one()
    return SealingJob(
        row.id, row.title, row.created_at, row.stopped_at, total, done, failed, problem or ""
    )


def _line(facts: str, sha256: str | None, problem: str | None) -> ManifestLine:
    said = Facts.model_validate_json(facts)
    return ManifestLine(
        serial=said.serial,
        holder=said.holder,
        achievement=said.achievement,
        issued_at=said.issued_at,
        expires_at=said.expires_at,
        sha256=sha256,
        problem=problem,
    )
