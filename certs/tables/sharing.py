"""What holders share, and how often it was looked at."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from base.db import Row, UtcInstant


class ShareLinkRow(Row, table=True):
    """An address that shows one certificate with its holder's full name, until withdrawn."""

    token_digest: str = Field(primary_key=True)
    serial: str = Field(foreign_key="credential.serial", index=True)
    label: str
    created_at: datetime = Field(sa_type=UtcInstant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class PrivacyRow(Row, table=True):
    """A time in which its holder kept a certificate private; `until` is empty while it lasts."""

    __table_args__ = (
        Index(
            "uq_privacy_standing",
            "serial",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    serial: str = Field(foreign_key="credential.serial")
    since: datetime = Field(sa_type=UtcInstant)
    until: datetime | None = Field(default=None, sa_type=UtcInstant)


class CredentialLookRow(Row, table=True):
    """How often a certificate was looked at on one day by one way; never by whom."""

    serial: str = Field(primary_key=True, foreign_key="credential.serial")
    day: date = Field(primary_key=True)
    via: str = Field(primary_key=True)
    count: int
