"""Whether a certificate covers a treatment, as anyone may ask who has its serial."""

from base.db import Tx
from base.permissions import public
from certs.eligibility import Eligibility, Held, Treatment, eligibility
from certs.queries.standing import CredentialStanding, credential_standing
from courses.queries.terms import standing_law


@public
def treatment_covered(tx: Tx, serial: str, asked: Treatment) -> Eligibility | None:
    """Tell whether this certificate covers the treatment; None where there is no such serial."""
    standing = credential_standing(tx, serial)
    return eligibility([held_of(tx, standing)], asked, tx.now) if standing else None


def held_of(tx: Tx, standing: CredentialStanding) -> Held:
    """Return what eligibility asks of a certificate; for queries that have checked who asks."""
    return Held(
        serial=standing.serial,
        issued_at=standing.issued_at,
        expires_at=standing.expires_at,
        revoked_at=standing.revoked_at,
        suspended_at=standing.suspended_at,
        coverage=standing.coverage,
        law=standing_law(tx, standing.course) if standing.coverage else None,
        demo=standing.demo,
    )
