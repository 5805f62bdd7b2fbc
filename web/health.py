"""Whether the process is alive, and whether it can serve."""

from sqlmodel import select
from starlette.responses import JSONResponse, Response

from base.errors import AppError
from base.schema import schema_problem
from web.incidents import log_incident
from web.site import Visit

_HEADERS = {"Cache-Control": "no-store"}


def alive(_visit: Visit) -> Response:
    """Answer as long as the process does."""
    return JSONResponse({"status": "alive"}, headers=_HEADERS)


def ready(visit: Visit) -> Response:
    """Answer 200 when the database is reachable and up to date, 503 and which check failed."""
    failed = _first_failure(visit)
    if failed is None:
        return JSONResponse({"status": "ready"}, headers=_HEADERS)
    check, problem = failed
    body = {"status": "not ready", "check": check, "problem": problem}
    return JSONResponse(body, 503, headers=_HEADERS)


def _first_failure(visit: Visit) -> tuple[str, str] | None:
    check = "database"
    try:
        with visit.read() as tx:
            tx.session.exec(select(1)).one()
        check = "migrations"
        problem = schema_problem(visit.site.academy().database)
    except AppError as error:
        return check, str(error)
    except Exception as error:
        incident = log_incident(error, "/readyz")
        return check, f"Could not be checked; the log has the incident {incident}."
    return (check, problem) if problem else None
