"""What clinics keep here: rosters, receipts, keys for the API, reminders."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from base.db import Row, UtcInstant


class RosterRow(Row, table=True):
    """A list of staff as a clinic uploaded it, and how it was read."""

    id: str = Field(primary_key=True)
    clinic_id: str = Field(foreign_key="clinic.id", index=True)
    title: str
    uploaded_at: datetime = Field(sa_type=UtcInstant)
    uploaded_by: str
    columns: str
    checkpoint: str


class RosterEntryRow(Row, table=True):
    """One line of a roster, and what the check of it said then.

    `typed` is the certificate's number as the clinic wrote it, `serial` the one it is about.
    """

    roster_id: str = Field(primary_key=True, foreign_key="roster.id")
    line: int = Field(primary_key=True)
    name: str
    contact: str
    typed: str
    serial: str | None = Field(default=None, index=True)
    course: str
    verdict: str
    reason: str
    expires_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class ReceiptRow(Row, table=True):
    """What was checked, when, by whom, against which checkpoint: the sealed PDF and its data."""

    id: str = Field(primary_key=True)
    clinic_id: str = Field(foreign_key="clinic.id", index=True)
    title: str
    at: datetime = Field(sa_type=UtcInstant)
    by: str
    checkpoint: str
    document: str
    pdf: bytes
    sha256: str


class ApiKeyRow(Row, table=True):
    """A clinic's key for the API: its digest, never the key."""

    digest: str = Field(primary_key=True)
    clinic_id: str = Field(foreign_key="clinic.id", index=True)
    label: str
    daily_quota: int
    created_at: datetime = Field(sa_type=UtcInstant)
    created_by: str
    revoked_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class ApiUseRow(Row, table=True):
    """How much a key asked on one day (UTC)."""

    digest: str = Field(primary_key=True, foreign_key="api_key.digest")
    day: date = Field(primary_key=True)
    count: int


class ReminderRow(Row, table=True):
    """A reminder that was put into the outbox: exactly one for each end, reader and distance."""

    __table_args__ = (UniqueConstraint("serial", "expires_at", "reader", "days"),)

    id: str = Field(primary_key=True)
    serial: str = Field(foreign_key="credential.serial", index=True)
    expires_at: datetime = Field(sa_type=UtcInstant)
    reader: str
    days: int
    at: datetime = Field(sa_type=UtcInstant)
