"""What both public faces, page and API, ask: whether a certificate stands."""

from base.ids import EXAMPLE_SERIAL, parse_serial
from certs.checking.kept import Kept
from certs.queries.public import kept_credential
from certs.queries.standing import CredentialStanding, credential_standing
from web.site import Visit

SERIAL_SHAPE = (
    f"A serial looks like {EXAMPLE_SERIAL}: PP and four groups of five letters and "
    "digits. It is printed on the certificate. Check it and type it again."
)


def asked_serial(visit: Visit, text: str) -> str | None:
    """Return the serial in its one written form, None where the text cannot be one.

    Counts against the client's rate limit; raises `TooFast`.
    """
    visit.site.lookups.take(visit.address, visit.now)
    return parse_serial(text)


def standing_of(visit: Visit, serial: str) -> CredentialStanding | None:
    """Return how the certificate stands at the instant of the visit.

    None where it is unknown or private, which nobody can tell apart.
    """
    with visit.read() as tx:
        found = credential_standing(tx, serial)
    return None if found is None or found.private else found


def kept_of(visit: Visit, serial: str) -> Kept | None:
    """Return what is kept under this serial at the instant of the visit; None as above."""
    with visit.read() as tx:
        found = kept_credential(tx, serial)
    return None if found is None or found.private else found
