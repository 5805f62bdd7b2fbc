"""What every plain page is given: the site it belongs to, and the visit it answers."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request

from accounts.queries.people import signed_in
from base.academy import SESSION_COOKIE, Academy, academy
from base.clock import utc_now
from base.config import Config
from base.db import Tx
from base.permissions import NOBODY, Actor
from web.line import Line
from web.looks import Looks
from web.rate_limit import RateLimit

LOOKUPS_A_MINUTE = 60
GUESSES_A_MINUTE = 10
UPLOADS_A_MINUTE = 10
CALLS_A_MINUTE = 120


def _lookup_limit() -> RateLimit:
    return RateLimit(LOOKUPS_A_MINUTE)


def _guess_limit() -> RateLimit:
    return RateLimit(GUESSES_A_MINUTE)


def _upload_limit() -> RateLimit:
    return RateLimit(UPLOADS_A_MINUTE)


def _call_limit() -> RateLimit:
    return RateLimit(CALLS_A_MINUTE, "with this key")


@dataclass(frozen=True)
class Site:
    """The running site: its academy and clock, its public rate limits, and who waits before it."""

    academy: Callable[[], Academy] = academy
    clock: Callable[[], datetime] = utc_now
    lookups: RateLimit = field(default_factory=_lookup_limit)
    guesses: RateLimit = field(default_factory=_guess_limit)
    uploads: RateLimit = field(default_factory=_upload_limit)
    looks: Looks = field(default_factory=Looks)
    calls: RateLimit = field(default_factory=_call_limit)
    line: Line = field(default_factory=Line)


@dataclass(frozen=True)
class Visit:
    """One request, its body already read, and the one instant at which it is answered."""

    site: Site
    request: Request
    now: datetime
    form: Mapping[str, str]
    body: bytes = b""

    @property
    def config(self) -> Config:
        """The settings of the academy."""
        return self.site.academy().config

    @property
    def token(self) -> str | None:
        """The sign-in cookie as the browser sent it."""
        return self.request.cookies.get(SESSION_COOKIE)

    @property
    def address(self) -> str:
        """The client's network address, as the server or the trusted proxy before it saw it."""
        return self.request.client.host if self.request.client else "unknown"

    @property
    def browser(self) -> str:
        """What the browser calls itself."""
        return self.request.headers.get("user-agent", "")

    def field(self, name: str) -> str:
        """Return one form field, empty where it is missing."""
        return self.form.get(name, "")

    def count_guess(self, serial: str) -> None:
        """Count one guess at whose certificate this is; raises `TooFast`.

        Guesses are few from one address, and few at one certificate from however many.
        """
        self.site.guesses.take(self.address, self.now)
        self.site.guesses.take(serial, self.now)

    def read(self, actor: Actor = NOBODY) -> AbstractContextManager[Tx]:
        """Open a read-only transaction."""
        here = self.site.academy()
        return here.database.read(actor, self.now, here.config)

    def write(self, actor: Actor = NOBODY) -> AbstractContextManager[Tx]:
        """Open a transaction that commits at the end of its block."""
        here = self.site.academy()
        return here.database.write(actor, self.now, here.config)

    def actor(self) -> Actor:
        """Return who is signed in, or nobody."""
        with self.read() as tx:
            return signed_in(tx, self.token)
