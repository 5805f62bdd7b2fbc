"""Reminding of certificates that end: 90, 30 and 7 days before, each reader once of each."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from accounts.clinics import Standing
from accounts.commands.outbox import put_message
from accounts.queries.clinics import ClinicMember, members_of
from accounts.tables import ClinicRow
from base.db import Tx
from base.ids import new_id
from base.permissions import Permission, needs
from certs.queries.expiries import expiries_of
from certs.rosters.expiries import Expiry, due_distance, holder_letter, reminder_letter
from certs.tables.clinics import ReminderRow


@needs(Permission.MAIL_SEND)
def clinics_to_look_after(tx: Tx) -> tuple[str, ...]:
    """Return every clinic, to be reminded one after the other."""
    return tuple(tx.session.exec(select(ClinicRow.id).order_by(col(ClinicRow.id))))


@needs(Permission.MAIL_SEND)
def remind(tx: Tx, clinic_id: str) -> int:
    """Write the mails that are due to a clinic's people; returns how many.

    Who looks after it gets one mail with everything that is new; staff one about each of their own.
    What was told is remembered with the mail, so that nobody is told twice, whoever runs this.
    """
    clinic = tx.session.get(ClinicRow, clinic_id)
    due = [one for one in expiries_of(tx, clinic_id) if due_distance(one.expires_at, tx.now)]
    if clinic is None or not due:
        return 0
    members = [one for one in members_of(tx, clinic_id) if one.person_id]
    told = _told(tx, [one.serial for one in due])
    written = 0
    for member in sorted(members, key=lambda one: one.person_id or ""):
        if member.standing is Standing.MANAGER:
            written += _to_manager(tx, clinic.name, member, due, told)
        else:
            written += _to_holder(tx, clinic.name, member, due, told)
    return written


_Told = dict[str, set[tuple[str, int]]]


def _to_manager(
    tx: Tx, clinic: str, member: ClinicMember, due: Sequence[Expiry], told: _Told
) -> int:
    # A clinic's list is its own: who looks after two clinics is told by both.
    fresh = [one for one in due if _remember(tx, one, member.id, told)]
    if not fresh:
        return 0
    number = f"{len(fresh)} certificates end" if len(fresh) > 1 else "1 certificate ends"
    text = reminder_letter(clinic, fresh, tx.now, tx.config.public_url)
    return put_message(tx, f"reminder:{new_id()}", member.email, f"{clinic}: {number} soon", text)


def _to_holder(
    tx: Tx, clinic: str, member: ClinicMember, due: Sequence[Expiry], told: _Told
) -> int:
    own = [one for one in due if one.person_id == member.person_id]
    written = 0
    for one in own:
        # A holder is told once, however many clinics see it.
        if _remember(tx, one, member.person_id or "", told):
            text = holder_letter(clinic, one, tx.now, tx.config.public_url)
            subject = f"Your certificate ends: {one.achievement}"
            written += put_message(tx, f"reminder:{new_id()}", member.email, subject, text)
    return written


def _told(tx: Tx, serials: Sequence[str]) -> _Told:
    found: _Told = defaultdict(set)
    rows = tx.session.exec(
        select(ReminderRow.serial, ReminderRow.reader, ReminderRow.days).where(
            col(ReminderRow.serial).in_(serials)
        )
    )
    for serial, reader, days in rows:
        found[serial].add((reader, days))
    return found


def _remember(tx: Tx, one: Expiry, reader: str, told: _Told) -> bool:
    days = due_distance(one.expires_at, tx.now)
    if days is None or (reader, days) in told.get(one.serial, ()):
        return False
    row = ReminderRow(
        id=new_id(),
        serial=one.serial,
        expires_at=one.expires_at,
        reader=reader,
        days=days,
        at=tx.now,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError:
        # Another process was faster.
        return False
    return True
