"""Whose valid certificates rest on a source: the course has a lesson or an item that cites it."""

from dataclasses import dataclass

from sqlmodel import select

from base.db import Tx
from base.permissions import Permission, needs
from certs.queries.standing import standing_of
from certs.status import Status
from certs.tables.credentials import CredentialRow
from certs.terms import Facts
from courses.queries.source_changes import touched_courses


@dataclass(frozen=True)
class SourceHolder:
    """Somebody who holds a valid certificate of a course that rests on a source."""

    person_id: str
    name: str
    serial: str
    course: str


@needs(Permission.CONTENT_WRITE)
def holders_of_source(tx: Tx, source_key: str) -> tuple[SourceHolder, ...]:
    """Return the certificates that are valid now and rest on the source, by name and serial."""
    courses = touched_courses(tx, source_key)
    rows = tx.session.exec(
        select(CredentialRow.person_id, CredentialRow.facts).where(
            CredentialRow.issued_at <= tx.now
        )
    )
    found: list[SourceHolder] = []
    for person_id, stored in rows:
        facts = Facts.model_validate_json(stored)
        if facts.course in courses and facts.expires_at > tx.now:
            standing = standing_of(tx, facts)
            if standing.status is Status.VALID:
                found.append(SourceHolder(person_id, facts.holder, facts.serial, facts.course))
    return tuple(sorted(found, key=lambda one: (one.name, one.serial)))
