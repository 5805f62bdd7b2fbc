"""People, their roles, their sign-ins."""

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


def revoke_sign_ins(session: Session, person_id: str, now: datetime) -> None:
    """Make every open cookie of this person worthless from now on."""
    session.exec(
        update(SignInRow)
        .where(col(SignInRow.person_id) == person_id, col(SignInRow.revoked_at).is_(None))
        .values(revoked_at=now)
    )
