"""The drawings of figures, for whoever sees the pages that show them."""

from starlette.responses import Response

from base.errors import NotFound
from courses.figures.canvas import Drawing
from courses.figures.pictures import Shape, Theme, digest_of, picture
from courses.queries.figures import figure_facts
from web.site import Visit

_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# The address that pages use names the drawing; nobody between us and the browser keeps it.
_KEPT = "private, max-age=31536000, immutable"
_PICTURES = {f"{theme}-{shape}.svg": (theme, shape) for theme in Theme for shape in Shape}


def show(visit: Visit) -> Response:
    """Answer with one drawing as it stands now; it is kept only under its own digest."""
    found = _found(visit)
    named = visit.request.query_params.get("drawn") == digest_of(found)
    headers = {**_HEADERS, "Cache-Control": _KEPT if named else "no-store"}
    return Response(found.svg, media_type="image/svg+xml", headers=headers)


def _found(visit: Visit) -> Drawing:
    asked = visit.request.path_params
    with visit.read(visit.actor()) as tx:
        facts = figure_facts(tx, asked["course"], asked["name"])
    way = _PICTURES.get(asked["picture"])
    if facts is None or way is None:
        raise NotFound("There is no such figure here. Reload the page that showed it.")
    return picture(facts, *way)
