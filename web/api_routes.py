"""The addresses of the JSON API; whatever else is asked there is answered by a problem."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web import api, api_batch, api_credential, api_document, api_verify
from web.api_access import keyed
from web.api_bodies import LARGEST_ROWS
from web.handling import Answering, Endpoint

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY")
_NOTHING = "There is nothing here. GET /api/v1/openapi.json says what there is."


def api_routes(answering: Answering) -> list[Route]:
    """Return the routes of the API, to stand before Streamlit's."""
    check = answering.endpoint(
        keyed(api_verify.verify), api.refuse, largest_body=api_verify.LARGEST_BODY
    )
    show = answering.endpoint(api_credential.show, api.refuse)
    batch = answering.endpoint(keyed(api_batch.verify), api.refuse, largest_body=LARGEST_ROWS)
    return [
        *_only("GET", "/api/v1/credentials/{serial}", show),
        *_only("POST", "/api/v1/verify", check),
        *_only("POST", "/api/v1/verify/batch", batch),
        *_only("GET", "/api/v1/openapi.json", answering.endpoint(api_document.show, api.refuse)),
        *(Route(path, _nothing_here, methods=[*_METHODS]) for path in ("/api", "/api/{rest:path}")),
    ]


def _only(method: str, path: str, endpoint: Endpoint) -> list[Route]:
    others = [one for one in _METHODS if one != method]
    return [
        Route(path, endpoint, methods=[method]),
        Route(path, _not_this_way(method), methods=others),
    ]


def _not_this_way(method: str) -> Endpoint:
    allowed = "GET, HEAD" if method == "GET" else method

    async def answer(_request: Request) -> Response:
        response = api.problem(405, f"This address answers to {allowed} only.")
        response.headers["Allow"] = allowed
        return response

    return answer


async def _nothing_here(_request: Request) -> Response:
    return api.problem(404, _NOTHING)
