"""What a holder shared: the certificate with the full name, until the holder withdraws it."""

from starlette.responses import Response

from certs.queries.public import kept_credential
from certs.queries.sharing import shared_serial
from web.looks import SHARE_LINK
from web.rendering import page, private
from web.site import Visit
from web.verify import draw_verdict


def show(visit: Visit) -> Response:
    """Show how the shared certificate stands now; a withdrawn link says nothing of it."""
    visit.site.lookups.take(visit.address, visit.now)
    with visit.read() as tx:
        serial = shared_serial(tx, visit.request.path_params["token"])
        # Also what is private: its holder gave this link away.
        kept = kept_credential(tx, serial) if serial else None
    if serial is None or kept is None:
        return private(page(visit, "share_ended.html", 404))
    visit.site.looks.add(serial, visit.now, SHARE_LINK)
    return draw_verdict(visit, serial, kept, known=True)
