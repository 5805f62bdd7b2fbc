"""Cross-site request forgery: only our own pages may post.

Two checks. The browser says where a request came from (`Sec-Fetch-Site`, or `Origin` in older
ones). And a form carries the value of a cookie that no other site can read (double submit).
"""

import hmac
import re
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from base.errors import NotAllowed
from base.ids import new_token
from web.site import Visit

COOKIE = "pinpoint_csrf"
FIELD = "csrf"
HEADER = "x-csrf-token"
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{43}")
_REFUSED = (
    "This form did not come from a page of this academy, or that page was open too long. "
    "Go back, reload the page and send it again."
)


def token_for(request: Request) -> str:
    """Return the token that a form must carry: the browser's own, or a fresh one."""
    standing = request.cookies.get(COOKIE, "")
    return standing if _WELL_FORMED.fullmatch(standing) else new_token()


def keep(response: Response, token: str, secure: bool) -> None:
    """Give the browser the cookie that belongs to the form."""
    response.set_cookie(
        COOKIE, token, path="/auth", secure=secure, httponly=True, samesite="strict"
    )


def refuse_forgery(visit: Visit) -> None:
    """Raise `NotAllowed` unless the post comes from our own page and carries its token."""
    if not (_from_here(visit.request) and _carries_token(visit)):
        raise NotAllowed(_REFUSED)


def refuse_forgery_of_button(visit: Visit) -> None:
    """Like `refuse_forgery`, for buttons that stand on Streamlit's pages too.

    Those pages cannot know the token, so the browser's word that the post is same-origin is
    enough; where it does not say so, the token is needed.
    """
    if visit.request.headers.get("sec-fetch-site") != "same-origin":
        refuse_forgery(visit)


def _from_here(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _carries_token(visit: Visit) -> bool:
    cookie = visit.request.cookies.get(COOKIE, "")
    sent = visit.field(FIELD) or visit.request.headers.get(HEADER, "")
    matches = hmac.compare_digest(cookie.encode(), sent.encode())
    return matches and bool(_WELL_FORMED.fullmatch(cookie))
