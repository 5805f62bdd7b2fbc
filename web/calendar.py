"""A clinic's calendar of ends, at an address that only it knows."""

from starlette.responses import PlainTextResponse, Response

from certs.queries.expiries import calendar_feed
from certs.rosters.expiries import calendar_text
from web.site import Visit

_HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


def show(visit: Visit) -> Response:
    """Answer with the calendar; an address that is unknown or withdrawn is not found."""
    visit.site.lookups.take(visit.address, visit.now)
    with visit.read() as tx:
        feed = calendar_feed(tx, visit.request.path_params["token"])
    if feed is None:
        return refuse(visit, 404, "There is no calendar here. Ask the clinic for its new address.")
    text = calendar_text(feed.clinic.name, feed.expiries, visit.now, visit.config.public_url)
    return Response(text, media_type="text/calendar; charset=utf-8", headers=_HEADERS)


def refuse(_visit: Visit, status: int, sentence: str) -> Response:
    """Answer with the sentence alone: programs read this, and log it."""
    return PlainTextResponse(sentence + "\n", status, headers=_HEADERS)
