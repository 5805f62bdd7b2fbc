"""Who issues, and what a certificate means and does not."""

from starlette.responses import Response

from web.rendering import page
from web.site import Visit


def show(visit: Visit) -> Response:
    """Show the page about the issuer."""
    return page(visit, "issuer.html")
