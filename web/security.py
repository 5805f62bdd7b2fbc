"""Around every request: known hosts only, closed doors, security headers.

Pure ASGI, so that responses stream and websockets pass through untouched.
"""

import base64
import hashlib
import re
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accounts.queries.people import signed_in
from base.academy import Academy
from base.config import Config
from base.permissions import NOBODY, Permission
from web.door import token_in
from web.incidents import apology, log_incident
from web.shell import shell
from web.site import Site

_UPLOADS = "/_stcore/upload_file"
_SENDING = (Permission.ITEM_WRITE, Permission.CERTIFICATE_DESIGN, Permission.CLINIC_USE)
_CLOSED = ("/_stcore/metrics", "/_stcore/agent")
# Probes ask by the machine's number, and these two answer nothing about the host.
_PROBES = frozenset({"/healthz", "/readyz"})
_NEARBY = frozenset({"localhost", "127.0.0.1", "::1"})
_INLINE_SCRIPT = re.compile(r'<script(?: type="module")?>(.*?)</script>', re.DOTALL)
_ONE_YEAR = "max-age=31536000"
_UNKNOWN_HOST = "This academy does not answer to that host name. Use its own address."


def _inline_script_hashes() -> str:
    """Return the CSP sources that allow the inline scripts of the shell, Streamlit's among them."""
    digests = (hashlib.sha256(text.encode()).digest() for text in _INLINE_SCRIPT.findall(shell()))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


STREAMLIT_POLICY = (
    f"default-src 'self'; script-src 'self' blob: {_inline_script_hashes()}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": STREAMLIT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"
    ),
}


class Security:
    """Refuses what must not pass, and adds the headers that a response does not set itself."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        config = self._site.academy().config
        known = scope["path"] in _PROBES or host_allowed(Headers(scope=scope).get("host"), config)
        if scope["type"] == "websocket":
            await self._websocket(known, scope, receive, send)
            return
        refusal = await self._refusal(scope) if known else _refused(400, _UNKNOWN_HOST)
        await (refusal or self._app)(scope, receive, _with_headers(send, config))

    async def _websocket(self, known: bool, scope: Scope, receive: Receive, send: Send) -> None:
        if known:
            await self._app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": "Unknown host"})

    async def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        path: str = scope["path"]
        if path.startswith(_CLOSED):
            return _refused(404, "There is nothing here.")
        if not path.startswith(_UPLOADS):
            return None
        try:
            allowed = await run_sync(may_upload, self._site, Headers(scope=scope).get("cookie"))
        except Exception as error:
            return _refused(503, apology(log_incident(error, path)))
        return None if allowed else _refused(403, "Sign in as somebody who may send files.")


def host_allowed(host: str | None, config: Config) -> bool:
    """Tell whether a Host header names this site: its public host, or nearby in development."""
    try:
        name = urlsplit(f"//{host or ''}").hostname
    except ValueError:
        return False
    if name is None:
        return False
    nearby = frozenset[str]() if config.production else _NEARBY
    return name.rstrip(".") in nearby | {urlsplit(config.public_url).hostname}


def may_upload(site: Site, cookies: str | None) -> bool:
    """Tell whether these cookies are of somebody whose work it is to send files."""
    here: Academy = site.academy()
    with here.database.read(NOBODY, site.clock(), here.config) as tx:
        actor = signed_in(tx, token_in(cookies))
    return any(actor.may(one) for one in _SENDING)


def _refused(status: int, sentence: str) -> PlainTextResponse:
    return PlainTextResponse(sentence, status, headers={"Cache-Control": "no-store"})


def _with_headers(send: Send, config: Config) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if config.secure_cookies:
                headers["Strict-Transport-Security"] = _ONE_YEAR
        await send(message)

    return sending
