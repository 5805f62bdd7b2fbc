"""Whose valid certificates rest on a source: the course has a lesson or an item that cites it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from certs.queries.standing import standing_after
from certs.status import Status, StatusChange
from certs.tables.credentials import CredentialEventRow, CredentialRow
from certs.terms import Facts
from courses.queries.source_changes import touched_courses

_NOTHING = (None, None, None)


@dataclass(frozen=True)
class SourceHolder:
    """Somebody who holds a valid certificate of a course that rests on a source."""

    person_id: str
    name: str
    serial: str
    course: str


@needs(Permission.CONTENT_WRITE)
def holders_of_source(tx: Tx, source_key: str) -> tuple[SourceHolder, ...]:
    """Return the certificates that are valid now and rest on the source, by name and serial.

    One query returns those of the courses in question that are not revoked, with their events.
    """
    courses = touched_courses(tx, source_key)
    if not courses:
        return ()
    rows = tx.session.exec(
        select(CredentialRow.person_id, CredentialRow.facts, CredentialEventRow)
        .select_from(CredentialRow)
        .outerjoin(CredentialEventRow, col(CredentialEventRow.serial) == col(CredentialRow.serial))
        .where(col(CredentialRow.issued_at) <= tx.now, _not_revoked(tx.now), _of(courses))
    )
    events: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for person_id, stored, event in rows:
        # An outer join: where nothing happened since, there is no event.
        told = (event.kind, event.at, event.reason) if cast(object, event) else _NOTHING
        events[person_id, stored].append(told)
    found = [
        SourceHolder(person_id, facts.holder, facts.serial, facts.course)
        for (person_id, stored), happened in events.items()
        for facts in (Facts.model_validate_json(stored),)
        if facts.course in courses
        and standing_after(facts, tx.now, happened).status is Status.VALID
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.serial)))


def _not_revoked(now: datetime) -> ColumnElement[bool]:
    revoked = select(CredentialEventRow.serial).where(
        col(CredentialEventRow.kind) == StatusChange.REVOKED, col(CredentialEventRow.at) <= now
    )
    return col(CredentialRow.serial).not_in(revoked)


def _of(courses: Collection[str]) -> ColumnElement[bool]:
    # Inside a text of the facts a quotation mark is escaped, so that only the field itself fits.
    named = [f'"course":"{slug}"' for slug in sorted(courses)]
    return or_(*(col(CredentialRow.facts).contains(one, autoescape=True) for one in named))
