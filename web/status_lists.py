"""The status lists as verifiers fetch them, kept fresh in the background."""

import structlog
from starlette.responses import Response

from base.errors import NotFound, Unavailable
from base.permissions import SYSTEM
from certs.commands.status_lists import publish_lists
from certs.queries.status_lists import due_lists, status_list_document
from certs.statuslist import StatusPurpose
from web.site import Site, Visit

# Anybody's verifier may read them, also one that runs in a browser.
OPEN_HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=30"}
_log = structlog.get_logger()


def show(visit: Visit) -> Response:
    """Answer with the newest edition of a list: a signed credential."""
    asked = visit.request.path_params["purpose"]
    if asked not in [*StatusPurpose]:
        raise NotFound(f"There are two lists: {' and '.join(StatusPurpose)}.")
    with visit.read() as tx:
        document = status_list_document(tx, StatusPurpose(asked))
    return Response(document, media_type="application/json", headers=OPEN_HEADERS)


def keep_lists_fresh(site: Site) -> int:
    """Publish the lists that are due; returns how many. Never raises."""
    here = site.academy()
    try:
        with here.database.read(SYSTEM, site.clock(), here.config) as tx:
            if not due_lists(tx):
                return 0
        with here.database.write(SYSTEM, site.clock(), here.config) as tx:
            return publish_lists(tx)
    except Unavailable as error:
        _log.warning("publishing the status lists must wait", reason=str(error))
    except Exception:
        _log.exception("publishing the status lists failed")
    return 0
