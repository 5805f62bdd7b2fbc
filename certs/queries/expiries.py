"""What a clinic's staff hold, and when it ends."""

from dataclasses import dataclass

from sqlmodel import col, select

from accounts.queries.clinics import (
    Clinic,
    clinic_members,
    clinic_of_calendar,
    members_of,
    own_clinic,
)
from base.db import Tx
from base.permissions import Permission, needs, public
from certs.queries.roster_check import credentials_named, credentials_of
from certs.rosters.competence import Competence
from certs.rosters.expiries import Expiry
from certs.rosters.verdicts import Found, RosterVerdict, best_of
from certs.status import Status
from certs.tables.clinics import RosterEntryRow, RosterRow

_GOOD = (RosterVerdict.VALID, RosterVerdict.ENDS_SOON)
_RUNNING = frozenset({Status.VALID, Status.SUSPENDED})


@dataclass(frozen=True)
class CalendarFeed:
    """A clinic and the ends that its calendar shows."""

    clinic: Clinic
    expiries: tuple[Expiry, ...]


@needs(Permission.CLINIC_USE)
def competence(tx: Tx, clinic_id: str) -> tuple[Competence, ...]:
    """Return what everybody of one's own clinic who consented holds, by name."""
    members = [one for one in clinic_members(tx, clinic_id) if one.person_id]
    held = credentials_of(tx, sorted({one.person_id for one in members if one.person_id}))
    return tuple(
        Competence(one.name or "", one.staff_number, tuple(held.get(one.person_id or "", ())))
        for one in members
    )


@needs(Permission.CLINIC_USE)
def expiries(tx: Tx, clinic_id: str) -> tuple[Expiry, ...]:
    """Return when the certificates of one's own clinic end, soonest first."""
    own_clinic(tx, clinic_id)
    return expiries_of(tx, clinic_id)


@public
def calendar_feed(tx: Tx, token: str) -> CalendarFeed | None:
    """Return what the calendar with this secret address shows; None where there is none."""
    clinic = clinic_of_calendar(tx, token)
    return CalendarFeed(clinic, expiries_of(tx, clinic.id)) if clinic else None


def expiries_of(tx: Tx, clinic_id: str) -> tuple[Expiry, ...]:
    """Return the same of any clinic; for what asked who acts, or who brings the secret.

    They are the certificates that still run: of the staff who consented, of each kind the one that
    lasts longest, and those of the newest roster that held when it was checked.
    """
    staff = _of_staff(tx, clinic_id)
    known = {one.serial for one in staff}
    found = [*staff, *(one for one in _of_roster(tx, clinic_id) if one.serial not in known)]
    return tuple(sorted(found, key=lambda one: (one.expires_at, one.name, one.serial)))


def _of_staff(tx: Tx, clinic_id: str) -> list[Expiry]:
    people = sorted({one.person_id for one in members_of(tx, clinic_id) if one.person_id})
    ends: list[Expiry] = []
    for person, held in credentials_of(tx, people).items():
        for achievement in {one.achievement for one in held}:
            best = best_of([one for one in held if one.achievement == achievement])
            ends += [_expiry(best, person)] if best.standing.status in _RUNNING else []
    return ends


def _of_roster(tx: Tx, clinic_id: str) -> list[Expiry]:
    newest = tx.session.exec(
        select(RosterRow.id)
        .where(RosterRow.clinic_id == clinic_id)
        .order_by(col(RosterRow.uploaded_at).desc(), col(RosterRow.id))
        .limit(1)
    ).first()
    serials = tx.session.exec(
        select(RosterEntryRow.serial).where(
            RosterEntryRow.roster_id == newest, col(RosterEntryRow.verdict).in_(_GOOD)
        )
    ).all()
    named = credentials_named(tx, sorted({one for one in serials if one}))
    return [_expiry(one, None) for one in named.values() if one.standing.status in _RUNNING]


def _expiry(one: Found, person_id: str | None) -> Expiry:
    return Expiry(one.serial, one.holder, one.achievement, one.expires_at, person_id)
