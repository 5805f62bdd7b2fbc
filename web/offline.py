"""The checker that works without us, to download: one HTML file with what to trust inside."""

from starlette.responses import Response

from certs.offline import offline_page
from certs.queries.trust import academy_trust
from web.site import Visit


def give(visit: Visit) -> Response:
    """Give the file, with the keys and lists of this instant.

    It is saved, never shown here: it brings its own script, which this site's policy refuses.
    """
    visit.site.lookups.take(visit.address, visit.now)
    with visit.read() as tx:
        content = offline_page(academy_trust(tx))
    named = f"check-certificates-{visit.now:%Y-%m-%d}.html"
    headers = {
        "Content-Disposition": f'attachment; filename="{named}"',
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    }
    return Response(content, media_type="text/html", headers=headers)
