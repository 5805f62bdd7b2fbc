"""What a holder shared: the certificate with the full name, until the holder withdraws it."""

from starlette.responses import Response

from certs.queries.sharing import shared_serial
from web.looks import SHARE_LINK
from web.rendering import page, private
from web.site import Visit
from web.standing import kept_of
from web.verify import draw_verdict


def show(visit: Visit) -> Response:
    """Show how the shared certificate stands now; a withdrawn link says nothing of it."""
    visit.site.lookups.take(visit.address, visit.now)
    with visit.read() as tx:
        serial = shared_serial(tx, visit.request.path_params["token"])
    kept = kept_of(visit, serial) if serial else None
    if serial is None or kept is None:
        return private(page(visit, "share_ended.html", 404))
    visit.site.looks.add(serial, visit.now, SHARE_LINK)
    return draw_verdict(visit, serial, kept, known=True)
