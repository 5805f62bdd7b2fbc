"""Certificates: the frozen record, the file as issued, the events since."""

from datetime import datetime

from sqlmodel import Field

from base.db import Row, UtcInstant


class CredentialRow(Row, table=True):
    """A certificate as issued; nothing here is ever changed. One attempt earns at most one."""

    serial: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    attempt_id: str = Field(foreign_key="attempt.id", unique=True)
    decision_id: str = Field(foreign_key="decision.id")
    issued_at: datetime = Field(sa_type=UtcInstant, index=True)
    facts: str


class CredentialFileRow(Row, table=True):
    """The PDF as issued, byte for byte."""

    serial: str = Field(primary_key=True, foreign_key="credential.serial")
    sha256: str
    pdf: bytes


class CredentialEventRow(Row, table=True):
    """Something that happened to a certificate after its issue; today only revocation."""

    id: str = Field(primary_key=True)
    serial: str = Field(foreign_key="credential.serial", index=True)
    kind: str
    reason: str
    at: datetime = Field(sa_type=UtcInstant)
    by: str
