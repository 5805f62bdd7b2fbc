"""People, their roles, their sign-ins; clinics and their members; mail to send."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, Session, col, update

from base.db import Row, UtcInstant


class AcademyRow(Row, table=True):
    """The one academy of this database; a demo academy marks everything it makes."""

    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    demo: bool


class PersonRow(Row, table=True):
    """Somebody with an account; `email` is in normal form."""

    id: str = Field(primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str | None
    created_at: datetime = Field(sa_type=UtcInstant)
    demo: bool


class RoleGrantRow(Row, table=True):
    """A role given; taking it back fills `withdrawn_at` and nothing is deleted."""

    __table_args__ = (
        Index(
            "uq_role_grant_standing",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    role: str
    given_at: datetime = Field(sa_type=UtcInstant)
    given_by: str
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    withdrawn_by: str | None = None


class SignInRow(Row, table=True):
    """A signed-in browser: the digest of its cookie, never the cookie."""

    token_digest: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_type=UtcInstant)
    expires_at: datetime = Field(sa_type=UtcInstant)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    browser: str


class SignInFailureRow(Row, table=True):
    """A failed sign-in, by digest of the e-mail and of the network address."""

    __table_args__ = (
        Index("ix_sign_in_failure_email", "email_digest", "at"),
        Index("ix_sign_in_failure_address", "address_digest", "at"),
    )

    id: str = Field(primary_key=True)
    email_digest: str
    address_digest: str
    at: datetime = Field(sa_type=UtcInstant)


class ClinicRow(Row, table=True):
    """A clinic that checks certificates; `calendar_digest` opens its calendar feed."""

    id: str = Field(primary_key=True)
    name: str
    created_at: datetime = Field(sa_type=UtcInstant)
    created_by: str
    calendar_digest: str | None = Field(default=None, unique=True)


class ClinicMemberRow(Row, table=True):
    """Somebody invited to a clinic: as `manager`, who looks after it, or as `staff`, who is seen.

    `person_id` and `accepted_at` are filled when the invited person consents; `ended_at` when
    either side ends it. An invitation is found by the digest of its code, never by the code.
    """

    __table_args__ = (
        Index(
            "uq_clinic_member_standing",
            "clinic_id",
            "email",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    clinic_id: str = Field(foreign_key="clinic.id", index=True)
    email: str
    standing: str
    staff_number: str | None = None
    code_digest: str | None = Field(default=None, unique=True)
    invited_at: datetime = Field(sa_type=UtcInstant)
    invited_by: str
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    ended_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    ended_by: str | None = None


class MessageRow(Row, table=True):
    """A mail to send: written with what it tells of, sent later, each `key` once."""

    id: str = Field(primary_key=True)
    key: str = Field(unique=True)
    recipient: str
    subject: str
    body: str
    written_at: datetime = Field(sa_type=UtcInstant)
    tried: int = 0
    next_try_at: datetime = Field(sa_type=UtcInstant, index=True)
    sent_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    problem: str | None = None


def revoke_sign_ins(session: Session, person_id: str, now: datetime) -> None:
    """Make every open cookie of this person worthless from now on."""
    session.exec(
        update(SignInRow)
        .where(col(SignInRow.person_id) == person_id, col(SignInRow.revoked_at).is_(None))
        .values(revoked_at=now)
    )
