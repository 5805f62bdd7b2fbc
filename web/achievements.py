"""What a certificate's achievement is: where its address leads."""

from starlette.responses import Response

from base.errors import NotFound
from courses.queries.terms import awarded_by
from web.rendering import page
from web.site import Visit


def show(visit: Visit) -> Response:
    """Show what a course's certificate stands for today; raises `NotFound`."""
    with visit.read() as tx:
        terms = awarded_by(tx, visit.request.path_params["course"])
    if terms is None:
        raise NotFound("There is no such achievement here. Compare the address.")
    return page(visit, "achievement.html", terms=terms)
