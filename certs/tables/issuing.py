"""Issuing by hand, and sealing many at once."""

from datetime import datetime

from sqlmodel import Field

from base.db import Row, UtcInstant


class ManualIssueRow(Row, table=True):
    """A certificate that an administrator asks for without an exam, or in place of another.

    Another administrator approves or refuses it. `supersedes` names the certificate that the new
    one corrects or renews; `changes` says in JSON what the new one says otherwise.
    """

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    course: str
    supersedes: str | None = None
    changes: str
    reason: str
    asked_at: datetime = Field(sa_type=UtcInstant)
    asked_by: str
    answered_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    answered_by: str | None = None
    approved: bool | None = None
    answer: str | None = None


class UnsealedRow(Row, table=True):
    """A certificate whose file waits to be sealed; gone once the file is there.

    `problem` says why the last try failed; it is tried again from `next_try_at` on.
    """

    serial: str = Field(primary_key=True, foreign_key="credential.serial")
    next_try_at: datetime = Field(sa_type=UtcInstant, index=True)
    tries: int = 0
    problem: str | None = None


class SealingJobRow(Row, table=True):
    """Sealing many certificates, which can be stopped and gone on with."""

    id: str = Field(primary_key=True)
    title: str
    created_at: datetime = Field(sa_type=UtcInstant)
    created_by: str
    stopped_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class SealingJobItemRow(Row, table=True):
    """One certificate of a job; `done_at` once its file is sealed."""

    job_id: str = Field(primary_key=True, foreign_key="sealing_job.id")
    serial: str = Field(primary_key=True, foreign_key="credential.serial")
    done_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    problem: str | None = None
