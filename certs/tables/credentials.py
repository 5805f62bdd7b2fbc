"""Certificates: the frozen record, the signed data, the sealed file, the events since."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from base.db import Row, UtcInstant


class CredentialRow(Row, table=True):
    """A certificate as issued; nothing here is ever changed.

    One attempt earns at most one that supersedes none. `uuid` is the credential's identifier,
    `status_index` its place in the status lists; both are drawn at random. `design_id` names the
    design's version that its page is drawn with.
    """

    __table_args__ = (
        Index(
            "uq_credential_attempt",
            "attempt_id",
            unique=True,
            sqlite_where=text("supersedes IS NULL"),
            postgresql_where=text("supersedes IS NULL"),
        ),
    )

    serial: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    attempt_id: str | None = Field(default=None, foreign_key="attempt.id")
    decision_id: str | None = Field(default=None, foreign_key="decision.id")
    grant_id: str | None = Field(default=None, foreign_key="manual_issue.id", unique=True)
    supersedes: str | None = Field(default=None, foreign_key="credential.serial", unique=True)
    issued_at: datetime = Field(sa_type=UtcInstant, index=True)
    facts: str
    uuid: str | None = Field(default=None, unique=True)
    status_index: int | None = Field(default=None, unique=True)
    design_id: str | None = Field(default=None, foreign_key="certificate_design.id")


class CredentialDataRow(Row, table=True):
    """The signed credential, as text that is never changed, and its place in the issuance log."""

    serial: str = Field(primary_key=True, foreign_key="credential.serial")
    document: str
    jwt: str
    leaf: int = Field(foreign_key="log_leaf.number", unique=True)
    signed_at: datetime = Field(sa_type=UtcInstant)


class CredentialFileRow(Row, table=True):
    """The PDF as issued, byte for byte; `log_proof` is what is attached to it.

    Files without a proof were issued before certificates were sealed.
    """

    serial: str = Field(primary_key=True, foreign_key="credential.serial")
    sha256: str
    pdf: bytes
    log_proof: str | None = None
    sealed_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class CredentialEventRow(Row, table=True):
    """Something that happened to a certificate after its issue.

    `kind` is revoked, suspended or reinstated. Revocation is final.
    """

    id: str = Field(primary_key=True)
    serial: str = Field(foreign_key="credential.serial", index=True)
    kind: str
    reason: str
    at: datetime = Field(sa_type=UtcInstant)
    by: str
