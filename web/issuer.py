"""Who issues, and what a certificate means and does not."""

from starlette.responses import Response

from certs.did import did_of
from certs.keys import KeyPurpose
from certs.queries.keys import public_keys
from web.rendering import page
from web.site import Visit


def show(visit: Visit) -> Response:
    """Show the page about the issuer, and the keys that signed its certificates."""
    with visit.read() as tx:
        keys = public_keys(tx, KeyPurpose.CREDENTIAL)
    return page(visit, "issuer.html", keys=keys, did=did_of(visit.config.public_url))
