"""Clinics and who belongs to them: one's own, and all of them for administrators."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from accounts.clinics import Standing
from accounts.tables import ClinicMemberRow, ClinicRow, PersonRow
from base.db import Tx
from base.errors import NotFound
from base.ids import code_digest, token_digest
from base.permissions import Permission, needs, public

NO_CLINIC = "There is no such clinic of yours. Go to Clinic and choose one."
NO_INVITATION = (
    "No invitation fits this code. Compare every letter, or ask the clinic for a new one."
)


@dataclass(frozen=True)
class Clinic:
    """A clinic, and whether its calendar has an address."""

    id: str
    name: str
    created_at: datetime
    has_calendar: bool


@dataclass(frozen=True)
class ClinicMember:
    """Somebody whom a clinic invited; `person_id` and `name` once they have consented."""

    id: str
    email: str
    standing: Standing
    staff_number: str | None
    invited_at: datetime
    person_id: str | None
    name: str | None
    accepted_at: datetime | None

    @property
    def consented(self) -> bool:
        """Whether the invitation was accepted."""
        return self.person_id is not None


@dataclass(frozen=True)
class OwnMembership:
    """A clinic that one belongs to oneself."""

    id: str
    clinic: str
    standing: Standing
    accepted_at: datetime


@dataclass(frozen=True)
class Invited:
    """What an invitation asks for, before anybody answers it."""

    clinic: str
    standing: Standing


@dataclass(frozen=True)
class ClinicSummary:
    """A clinic as an administrator sees it."""

    id: str
    name: str
    created_at: datetime
    members: int


@needs(Permission.CLINIC_USE)
def my_clinics(tx: Tx) -> tuple[Clinic, ...]:
    """Return the clinics that one looks after oneself, by name."""
    rows = tx.session.exec(
        select(ClinicRow)
        .join(ClinicMemberRow, col(ClinicMemberRow.clinic_id) == col(ClinicRow.id))
        .where(
            ClinicMemberRow.person_id == tx.actor.own_id,
            ClinicMemberRow.standing == Standing.MANAGER,
            col(ClinicMemberRow.ended_at).is_(None),
        )
        .order_by(col(ClinicRow.name), col(ClinicRow.id))
    )
    return tuple(_clinic(row) for row in rows)


@needs(Permission.CLINIC_USE)
def own_clinic(tx: Tx, clinic_id: str) -> Clinic:
    """Return a clinic that one looks after oneself; raises `NotFound` for any other.

    This is the check of every command and query about a clinic.
    """
    found = next((one for one in my_clinics(tx) if one.id == clinic_id), None)
    if found is None:
        raise NotFound(NO_CLINIC)
    return found


@needs(Permission.CLINIC_USE)
def clinic_members(tx: Tx, clinic_id: str) -> tuple[ClinicMember, ...]:
    """Return who belongs to one's own clinic or is invited to it; those who consented first."""
    own_clinic(tx, clinic_id)
    return members_of(tx, clinic_id)


def members_of(tx: Tx, clinic_id: str) -> tuple[ClinicMember, ...]:
    """Return the same of any clinic; for what has asked who acts, or who brings which secret."""
    rows = tx.session.exec(
        select(ClinicMemberRow, PersonRow.name)
        .outerjoin(PersonRow, col(PersonRow.id) == col(ClinicMemberRow.person_id))
        .where(ClinicMemberRow.clinic_id == clinic_id, col(ClinicMemberRow.ended_at).is_(None))
        .order_by(
            col(ClinicMemberRow.accepted_at).is_(None), col(PersonRow.name), ClinicMemberRow.email
        )
    )
    return tuple(_member(row, name) for row, name in rows)


@needs(Permission.ACCOUNT_OWN)
def my_memberships(tx: Tx) -> tuple[OwnMembership, ...]:
    """Return the clinics that one belongs to, by name."""
    rows = tx.session.exec(
        select(ClinicMemberRow, ClinicRow.name)
        .join(ClinicRow, col(ClinicRow.id) == col(ClinicMemberRow.clinic_id))
        .where(
            ClinicMemberRow.person_id == tx.actor.own_id,
            col(ClinicMemberRow.ended_at).is_(None),
        )
        .order_by(col(ClinicRow.name), col(ClinicRow.id))
    )
    return tuple(
        OwnMembership(row.id, name, Standing(row.standing), row.accepted_at)
        for row, name in rows
        if row.accepted_at
    )


@needs(Permission.ACCOUNT_OWN)
def invitation_by_code(tx: Tx, code: str) -> Invited:
    """Return what the invitation with this code asks for; raises `NotFound`."""
    found = tx.session.exec(
        select(ClinicRow.name, ClinicMemberRow.standing)
        .join(ClinicMemberRow, col(ClinicMemberRow.clinic_id) == col(ClinicRow.id))
        .where(
            ClinicMemberRow.code_digest == code_digest(code),
            col(ClinicMemberRow.accepted_at).is_(None),
            col(ClinicMemberRow.ended_at).is_(None),
        )
    ).first()
    if found is None:
        raise NotFound(NO_INVITATION)
    name, standing = found
    return Invited(name, Standing(standing))


@needs(Permission.PERSON_MANAGE)
def clinics(tx: Tx) -> tuple[ClinicSummary, ...]:
    """Return every clinic by name, with the number of those who belong to it."""
    rows = tx.session.exec(
        select(ClinicRow.id, ClinicRow.name, ClinicRow.created_at, func.count(_BELONGS))
        .outerjoin(
            ClinicMemberRow,
            (col(ClinicMemberRow.clinic_id) == col(ClinicRow.id))
            & col(ClinicMemberRow.ended_at).is_(None),
        )
        .group_by(col(ClinicRow.id), col(ClinicRow.name), col(ClinicRow.created_at))
        .order_by(col(ClinicRow.name), col(ClinicRow.id))
    )
    return tuple(ClinicSummary(*row) for row in rows)


@public
def clinic_of_calendar(tx: Tx, token: str) -> Clinic | None:
    """Return the clinic whose calendar has this secret address, or None."""
    row = tx.session.exec(
        select(ClinicRow).where(ClinicRow.calendar_digest == token_digest(token))
    ).first()
    return _clinic(row) if row else None


_BELONGS = col(ClinicMemberRow.accepted_at)


def _clinic(row: ClinicRow) -> Clinic:
    return Clinic(row.id, row.name, row.created_at, row.calendar_digest is not None)


def _member(row: ClinicMemberRow, name: str | None) -> ClinicMember:
    return ClinicMember(
        id=row.id,
        email=row.email,
        standing=Standing(row.standing),
        staff_number=row.staff_number,
        invited_at=row.invited_at,
        person_id=row.person_id,
        name=name,
        accepted_at=row.accepted_at,
    )
