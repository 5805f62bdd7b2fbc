"""From a request to a response: read the body, check where it came from, answer in a thread.

Every handler is a plain function from a `Visit` to a response, and may block: it runs in a thread
of its own limiter, so that slow password checks leave the websockets' event loop and the static
files' threads alone.
"""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

import anyio
from anyio import CapacityLimiter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from base.errors import (
    AppError,
    Conflict,
    Expired,
    Invalid,
    NotAllowed,
    NotFound,
    Throttled,
    Unavailable,
)
from web.incidents import apology, log_incident
from web.site import Site, Visit

Handler = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]
# Draws a refusal: the visit, the HTTP status, one or more sentences.
Refusal = Callable[[Visit, int, str], Response]
Check = Callable[[Visit], None]

LARGEST_BODY = 64_000
_MOST_FIELDS = 40
_THREADS = 8
_FORM = "application/x-www-form-urlencoded"
_STATUSES: tuple[tuple[type[AppError], int], ...] = (
    (Invalid, 422),
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Expired, 410),
    (Throttled, 429),
    (Unavailable, 503),
)


class _TooLarge(Exception):
    pass


class Answering:
    """Makes endpoints of one site out of handlers."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._threads = CapacityLimiter(_THREADS)

    def endpoint(
        self,
        handler: Handler,
        refuse: Refusal,
        check: Check | None = None,
        largest_body: int = LARGEST_BODY,
    ) -> Endpoint:
        """Return an endpoint that runs `check`, then `handler`, and turns errors into refusals."""

        async def answer(request: Request) -> Response:
            try:
                body = await _body(request, largest_body)
            except ClientDisconnect:
                return Response(status_code=400)
            except _TooLarge:
                return refuse(
                    self._visit(request, b""), 413, "This is more than a form can hold. Shorten it."
                )
            visit = self._visit(request, body)
            return await anyio.to_thread.run_sync(
                _answer, visit, handler, refuse, check, limiter=self._threads
            )

        return answer

    def _visit(self, request: Request, body: bytes) -> Visit:
        return Visit(self._site, request, self._site.clock(), _form(request, body), body)


def status_of(error: AppError) -> int:
    """Return the HTTP status that says this error."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 400)


def refused(visit: Visit, error: AppError, refuse: Refusal) -> Response:
    """Draw the refusal that says this error, and when to try again."""
    response = refuse(visit, status_of(error), str(error))
    if isinstance(error, Throttled) and error.seconds:
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _answer(visit: Visit, handler: Handler, refuse: Refusal, check: Check | None) -> Response:
    try:
        if check is not None:
            check(visit)
        return handler(visit)
    except AppError as error:
        return refused(visit, error, refuse)
    except Exception as error:
        incident = log_incident(error, visit.request.url.path)
        return refuse(visit, 500, apology(incident))


async def _body(request: Request, largest: int) -> bytes:
    if request.method in {"GET", "HEAD"}:
        return b""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise _TooLarge
    return bytes(body)


def _form(request: Request, body: bytes) -> Mapping[str, str]:
    if not request.headers.get("content-type", "").startswith(_FORM):
        return {}
    try:
        pairs = parse_qsl(
            body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return {}
    return dict(pairs)
