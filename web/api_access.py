"""The API for clinics' own programs: a key with every call, so many calls a minute and a day."""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import JsonValue
from starlette.responses import Response

from base.errors import AppError
from certs.api_keys import Allowance, QuotaSpent
from certs.commands.api_keys import NO_KEY, spend_allowance
from certs.queries.api_keys import ApiCaller, api_caller
from web.api import problem, refuse
from web.api_bodies import Misshapen, NotJson, WrongType
from web.handling import Handler, refused
from web.rate_limit import TooFast
from web.site import CALLS_A_MINUTE, Visit

_SCHEME = "bearer "
_LONGEST_KEY = 200
_DAY_SECONDS = 86_400


@dataclass
class Call:
    """One call with a key that stands; `allowance` is what is left of its day."""

    visit: Visit
    key: str
    allowance: Allowance

    def need_allowance(self, count: int) -> None:
        """Raise `QuotaSpent` where too little is left, before work that may yet be refused."""
        if self.allowance.left < count:
            raise QuotaSpent(self.allowance, count)

    def spend(self, count: int) -> None:
        """Count so many certificates that are asked about; raises `QuotaSpent`."""
        with self.visit.write() as tx:
            self.allowance = spend_allowance(tx, self.key, count)


def keyed(handler: Callable[[Call], Response]) -> Handler:
    """Return a handler that asks for a key first, and says with every answer what is left."""

    def answer(visit: Visit) -> Response:
        key = bearer_key(visit.request.headers.get("authorization", ""))
        caller = _caller(visit, key)
        if caller is None:
            return _unauthorised(visit)
        call = Call(visit, key, caller.allowance)
        try:
            left = visit.site.calls.take(caller.key_id, visit.now)
        except TooFast as error:
            return _limited(refused(visit, error, refuse), call, 0)
        return _limited(_answer(call, handler), call, left)

    return answer


def bearer_key(header: str) -> str:
    """Return the key in an Authorization header, empty where it holds none."""
    if not header.lower().startswith(_SCHEME):
        return ""
    return header[len(_SCHEME) :].strip()[:_LONGEST_KEY]


def _caller(visit: Visit, key: str) -> ApiCaller | None:
    with visit.read() as tx:
        return api_caller(tx, key) if key else None


def _answer(call: Call, handler: Callable[[Call], Response]) -> Response:
    try:
        return handler(call)
    except WrongType as error:
        return problem(415, str(error))
    except NotJson as error:
        return problem(400, str(error))
    except Misshapen as error:
        told: list[JsonValue] = [{"pointer": at, "detail": said} for at, said in error.errors]
        return problem(422, str(error), errors=told)
    except QuotaSpent as error:
        call.allowance = error.allowance
        return refused(call.visit, error, refuse)
    except AppError as error:
        return refused(call.visit, error, refuse)


def _unauthorised(visit: Visit) -> Response:
    # Whoever guesses is slowed down like whoever looks serials up.
    visit.site.lookups.take(visit.address, visit.now)
    response = problem(401, NO_KEY)
    response.headers["WWW-Authenticate"] = 'Bearer realm="Pinpoint"'
    return response


def _limited(response: Response, call: Call, left: int) -> Response:
    """Say in the headers of draft-ietf-httpapi-ratelimit-headers what is allowed and left."""
    day = call.allowance
    response.headers["RateLimit-Policy"] = (
        f'"minute";q={CALLS_A_MINUTE};w=60, "day";q={day.quota};w={_DAY_SECONDS}'
    )
    response.headers["RateLimit"] = f'"minute";r={left};t=60, "day";r={day.left};t={day.seconds}'
    return response
