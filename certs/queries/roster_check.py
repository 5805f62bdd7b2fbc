"""Checking a roster: a few queries in columns for all of its lines, never one for each."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlmodel import col, select

from accounts.queries.clinics import clinic_members
from accounts.tables import PersonRow
from base.db import Tx
from base.ids import parse_serial
from base.permissions import Permission, needs
from certs.rosters.lines import RosterLine
from certs.rosters.verdicts import CheckedLine, Found, check_line
from certs.status import StatusChange, StatusEvent, standing_at
from certs.tables.credentials import CredentialEventRow, CredentialRow
from certs.terms import Facts

_AT_ONCE = 1_000
Progress = Callable[[float], object]


@needs(Permission.CLINIC_USE)
def checked_lines(
    tx: Tx, clinic_id: str, lines: Sequence[RosterLine], progress: Progress | None = None
) -> tuple[CheckedLine, ...]:
    """Return what holds of each line now; `progress` is told the share that is done, 0 to 1.

    A line with a certificate's number is about that certificate. One without is about the person
    among the clinic's staff who consented and has this e-mail or staff number.
    """
    staff = _staff(tx, clinic_id)
    checked: list[CheckedLine] = []
    for start in range(0, len(lines), _AT_ONCE):
        checked += _check(tx, lines[start : start + _AT_ONCE], staff)
        if progress:
            progress(len(checked) / len(lines))
    return tuple(checked)


def credentials_of(tx: Tx, person_ids: Sequence[str]) -> dict[str, list[Found]]:
    """Return everybody's certificates by person; for queries that have checked who asks."""
    held: defaultdict[str, list[Found]] = defaultdict(list)
    for start in range(0, len(person_ids), _AT_ONCE):
        wanted = col(CredentialRow.person_id).in_(person_ids[start : start + _AT_ONCE])
        for person_id, one in _found(tx, wanted):
            held[person_id].append(one)
    return dict(held)


def credentials_named(tx: Tx, serials: Sequence[str]) -> dict[str, Found]:
    """Return these certificates by serial; for queries that have checked who asks."""
    found: dict[str, Found] = {}
    for start in range(0, len(serials), _AT_ONCE):
        wanted = col(CredentialRow.serial).in_(serials[start : start + _AT_ONCE])
        found |= {one.serial: one for _, one in _found(tx, wanted)}
    return found


def _check(tx: Tx, lines: Sequence[RosterLine], staff: Mapping[str, str]) -> Iterator[CheckedLine]:
    asked = {line.serial: parse_serial(line.serial) for line in lines if line.serial}
    people = {person for line in lines if (person := _person(line, staff))}
    named = credentials_named(tx, sorted({one for one in asked.values() if one}))
    held = credentials_of(tx, sorted(people))
    for line in lines:
        if line.serial:
            one = named.get(asked[line.serial] or "")
            yield check_line(line, [one] if one else [], tx.now)
        else:
            yield check_line(line, held.get(_person(line, staff) or "", []), tx.now)


def _person(line: RosterLine, staff: Mapping[str, str]) -> str | None:
    return None if line.serial else staff.get(line.contact.casefold())


def _staff(tx: Tx, clinic_id: str) -> dict[str, str]:
    """Return who consented, by every e-mail and staff number that the clinic knows of them."""
    members = [one for one in clinic_members(tx, clinic_id) if one.person_id]
    found = {one.staff_number.casefold(): one.person_id for one in members if one.staff_number}
    found |= {one.email: one.person_id for one in members}
    return {contact: person for contact, person in found.items() if person}


def _found(tx: Tx, wanted: object) -> list[tuple[str, Found]]:
    rows = tx.session.connection().execute(
        select(CredentialRow.person_id, CredentialRow.facts, PersonRow.email)
        .join(PersonRow, col(PersonRow.id) == col(CredentialRow.person_id))
        .where(wanted)  # pyright: ignore[reportArgumentType] a condition of SQLAlchemy's own
    )
    read = [(person, Facts.model_validate_json(facts), email) for person, facts, email in rows]
    events = _events(tx, [facts.serial for _, facts, _ in read])
    return [
        (
            person,
            Found(
                serial=facts.serial,
                holder=facts.holder,
                course=facts.course,
                achievement=facts.achievement,
                expires_at=facts.expires_at,
                standing=standing_at(tx.now, facts.expires_at, events.get(facts.serial, ())),
                email=email,
                demo=facts.demo,
                coverage=facts.coverage,
            ),
        )
        for person, facts, email in read
    ]


def _events(tx: Tx, serials: Sequence[str]) -> dict[str, list[StatusEvent]]:
    found: defaultdict[str, list[StatusEvent]] = defaultdict(list)
    for start in range(0, len(serials), _AT_ONCE):
        rows = tx.session.connection().execute(
            select(
                CredentialEventRow.serial,
                CredentialEventRow.kind,
                CredentialEventRow.at,
                CredentialEventRow.reason,
            ).where(col(CredentialEventRow.serial).in_(serials[start : start + _AT_ONCE]))
        )
        for serial, kind, at, reason in rows:
            found[serial].append(StatusEvent(StatusChange(kind), at, reason))
    return dict(found)
