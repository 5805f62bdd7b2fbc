"""Appending a certificate's record: the one place where certificates come to be."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from pydantic import JsonValue

from accounts.queries.people import is_demo_academy, printed_name
from base.audit import record
from base.db import Tx
from base.ids import new_serial
from certs.commands.sealing import await_seal
from certs.commands.statuses import free_status_index
from certs.queries.designs import newest_design_id
from certs.tables.credentials import CredentialRow
from certs.terms import Earned, Facts, end_of_validity
from courses.queries.terms import CertificateTerms


@dataclass(frozen=True)
class Ground:
    """What a certificate rests on: a decided attempt, or what two administrators agreed to.

    `supersedes` names the certificate that it takes the place of.
    """

    attempt_id: str | None = None
    decision_id: str | None = None
    grant_id: str | None = None
    supersedes: str | None = None

    @property
    def facts(self) -> dict[str, JsonValue]:
        """What the audit log says of it."""
        said = {
            "attempt": self.attempt_id,
            "agreed": self.grant_id,
            "supersedes": self.supersedes,
        }
        return {name: value for name, value in said.items() if value}


def fresh_facts(
    tx: Tx,
    person_id: str,
    terms: CertificateTerms,
    issued_at: datetime,
    earned: Earned | None = None,
) -> Facts:
    """Return what a new certificate by a course's terms says. Part of the commands that issue."""
    serial = new_serial()
    return Facts(
        serial=serial,
        holder=printed_name(tx, person_id),
        achievement=terms.achievement,
        scope=terms.scope,
        limits=terms.limits,
        issuer=tx.config.academy_name,
        issued_at=issued_at,
        expires_at=end_of_validity(issued_at, terms.valid_months),
        verify_url=f"{tx.config.public_url}/verify/{serial}",
        demo=is_demo_academy(tx),
        course=terms.course,
        language=terms.language,
        coverage=terms.coverage,
        earned=earned,
    )


def append_certificate(tx: Tx, person_id: str, facts: Facts, ground: Ground) -> None:
    """Append the record, which is frozen from now on, and let it wait for its seal.

    Part of the commands that issue, which have checked who asks and what it rests on.
    """
    tx.session.add(
        CredentialRow(
            serial=facts.serial,
            person_id=person_id,
            attempt_id=ground.attempt_id,
            decision_id=ground.decision_id,
            grant_id=ground.grant_id,
            supersedes=ground.supersedes,
            issued_at=facts.issued_at,
            facts=facts.model_dump_json(),
            uuid=str(uuid4()),
            status_index=free_status_index(tx),
            design_id=newest_design_id(tx, facts.course),
        )
    )
    tx.session.flush()
    await_seal(tx, facts.serial)
    record(tx, "credential:issue", facts.serial, ground.facts)
