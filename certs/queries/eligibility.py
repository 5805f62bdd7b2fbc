"""Who may do a treatment: a certificate, as anyone may ask; a clinic's staff, as it may."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from accounts.queries.clinics import clinic_members
from base.db import Tx
from base.permissions import Permission, needs, public
from certs.eligibility import Answer, Eligibility, Held, Treatment, eligibility
from certs.queries.standing import CredentialStanding, credential_standing, standing_of
from certs.tables.credentials import CredentialRow
from certs.terms import Facts
from courses.coverage import Jurisdiction
from courses.queries.terms import standing_law

_AT_ONCE = 500
_BEST_FIRST = tuple(Answer)


@dataclass(frozen=True)
class StaffAnswer:
    """One of a clinic's staff, and whether any of their certificates covers the treatment."""

    name: str
    staff_number: str | None
    found: Eligibility


@public
def treatment_covered(tx: Tx, serial: str, asked: Treatment) -> Eligibility | None:
    """Tell whether this certificate covers the treatment; None where there is no such serial."""
    standing = credential_standing(tx, serial)
    if standing is None:
        return None
    law = standing_law(tx, standing.course)
    return eligibility([_held(standing, law)], asked, tx.now)


@needs(Permission.CLINIC_USE)
def staff_covered(tx: Tx, clinic_id: str, asked: Treatment) -> tuple[StaffAnswer, ...]:
    """Tell who of one's own clinic is covered for the treatment; those who are first.

    Only those who consented are asked about. Raises `NotFound` for a clinic that is not one's own.
    """
    members = [one for one in clinic_members(tx, clinic_id) if one.person_id]
    held = _held_by(tx, [one.person_id for one in members if one.person_id])
    answers = [
        StaffAnswer(
            one.name or one.email,
            one.staff_number,
            eligibility(held.get(one.person_id or "", ()), asked, tx.now),
        )
        for one in members
    ]
    return tuple(sorted(answers, key=lambda one: _BEST_FIRST.index(one.found.answer)))


def _held_by(tx: Tx, person_ids: Sequence[str]) -> dict[str, list[Held]]:
    found: defaultdict[str, list[Held]] = defaultdict(list)
    laws: dict[str, Jurisdiction | None] = {}
    for start in range(0, len(person_ids), _AT_ONCE):
        rows = tx.session.exec(
            select(CredentialRow.person_id, CredentialRow.facts).where(
                col(CredentialRow.person_id).in_(person_ids[start : start + _AT_ONCE])
            )
        ).all()
        for person_id, stored in rows:
            facts = Facts.model_validate_json(stored)
            if facts.course not in laws:
                laws[facts.course] = standing_law(tx, facts.course)
            found[person_id].append(_held(standing_of(tx, facts), laws[facts.course]))
    return dict(found)


def _held(standing: CredentialStanding, law: Jurisdiction | None) -> Held:
    return Held(
        serial=standing.serial,
        issued_at=standing.issued_at,
        expires_at=standing.expires_at,
        revoked_at=standing.revoked_at,
        suspended_at=standing.suspended_at,
        coverage=standing.coverage,
        law=law,
        demo=standing.demo,
    )
