"""Many certificates that wait for their seal, without anybody sitting an exam."""

from uuid import uuid4

from base.ids import new_id, new_serial
from certs.commands.sealing import await_seal
from certs.commands.statuses import free_status_index
from certs.tables.credentials import CredentialRow
from certs.tables.issuing import ManualIssueRow
from certs.terms import Facts, end_of_validity
from tests.factories import COURSE, World


def certificates_by_hand(world: World, many: int, holder: str = "Alba Ruiz") -> tuple[str, ...]:
    """Issue so many certificates to alba, as two administrators would by hand."""
    serials = tuple(new_serial() for _ in range(many))
    with world.as_system() as tx:
        person = world.actor("alba").own_id
        for serial in serials:
            grant = ManualIssueRow(
                id=new_id(), person_id=person, course=COURSE, changes="{}", reason="Test",
                asked_at=world.now, asked_by="dina", answered_at=world.now, answered_by="edda",
                approved=True,
            )  # fmt: skip
            tx.session.add(grant)
            tx.session.flush()
            facts = _facts(world, serial, holder)
            tx.session.add(
                CredentialRow(
                    serial=serial,
                    person_id=person,
                    grant_id=grant.id,
                    issued_at=world.now,
                    facts=facts.model_dump_json(),
                    uuid=str(uuid4()),
                    status_index=free_status_index(tx),
                )
            )
            tx.session.flush()
            await_seal(tx, serial)
    return serials


def _facts(world: World, serial: str, holder: str) -> Facts:
    return Facts(
        serial=serial,
        holder=holder,
        achievement="Microneedling fundamentals",
        scope=("Knowledge of facial microneedling with rollers, stamps and pens",),
        limits=("Knowledge assessment; practical skill not assessed.",),
        issuer="Pinpoint Academy",
        issued_at=world.now,
        expires_at=end_of_validity(world.now, 24),
        verify_url=f"{world.config.public_url}/verify/{serial}",
        demo=False,
        course=COURSE,
    )
