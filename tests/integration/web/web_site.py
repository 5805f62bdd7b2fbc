"""A plain site over a fresh database, for the tests of `web`."""

import warnings
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from accounts.commands.people import create_demo_person, create_person, open_academy
from accounts.passwords import hash_password
from base.academy import Academy
from base.permissions import SYSTEM, Role
from certs.checking.kept import Kept
from certs.queries.standing import CredentialStanding
from certs.status import Status
from certs.terms import Facts
from web.rate_limit import RateLimit
from web.routes import routes
from web.security import Security
from web.site import LOOKUPS_A_MINUTE, Site

with warnings.catch_warnings():
    # Starlette would rather have httpx2.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

NOW = datetime(2026, 3, 7, 9, 5, tzinfo=UTC)
PASSWORD = "seventeen quiet lanterns"
SERIAL = "PP-7K2M9-QX4TD-0ABCN-8RHJP"


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class World:
    """The academy, its clock, its site, and browsers to visit it with."""

    academy: Academy
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.site = Site(clock=self.clock, lookups=RateLimit(LOOKUPS_A_MINUTE))
        self.app = Starlette(
            routes=[*routes(self.site), *_like_streamlit()],
            middleware=[Middleware(Security, site=self.site)],
        )

    def browser(self, host: str = "http://localhost") -> TestClient:
        return TestClient(
            self.app, base_url=host, follow_redirects=False, raise_server_exceptions=False
        )

    def person(self, name: str, roles: tuple[Role, ...]) -> str:
        with self.academy.database.write(SYSTEM, self.clock(), self.academy.config) as tx:
            hashed = hash_password(PASSWORD, rounds=4)
            return create_person(tx, name.title(), f"{name}@example.org", hashed, roles)

    def open(self, demo: bool) -> None:
        with self.academy.database.write(SYSTEM, self.clock(), self.academy.config) as tx:
            open_academy(tx, demo)
            if demo:
                create_demo_person(tx, "Alba Demo", "alba-demo@example.org", (Role.LEARNER,))
                both = (Role.AUTHOR, Role.EXAMINER)
                create_demo_person(tx, "Bela Demo", "bela-demo@example.org", both)
                create_demo_person(tx, "Cato Demo", "cato-demo@example.org", (Role.EXAMINER,))


def _like_streamlit() -> list[Route]:
    async def reached(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("reached")

    everything = ["GET", "POST", "PUT", "DELETE"]
    return [Route("/{path:path}", reached, methods=everything)]


def token_of(browser: TestClient, path: str = "/auth/login") -> str:
    """Open a page with a form and return the token that the form carries."""
    page = browser.get(path)
    assert page.status_code == 200, page.text
    return page.text.split('name="csrf" value="')[1].split('"')[0]


def sign_in(browser: TestClient, email: str = "alba@example.org", password: str = PASSWORD):
    form = {"csrf": token_of(browser), "email": email, "password": password, "next": "/"}
    return browser.post("/auth/login", data=form)


def standing(**changes: object) -> CredentialStanding:
    facts: dict[str, object] = {
        "serial": SERIAL,
        "holder": "Alba Serrano",
        "achievement": "Microneedling fundamentals",
        "scope": ("Theory of needling to 0.5 mm",),
        "limits": ("Practical skill was not assessed.",),
        "issued_at": NOW - timedelta(days=30),
        "expires_at": NOW + timedelta(days=700),
        "issuer": "Pinpoint Academy",
        "demo": False,
        "status": Status.VALID,
        "since": None,
        "reason": None,
    }
    return CredentialStanding(**{**facts, **changes})


def kept_as(found: CredentialStanding) -> Kept:
    """What the academy keeps of a certificate that stands so."""
    facts = Facts(
        serial=found.serial,
        holder=found.holder,
        achievement=found.achievement,
        scope=found.scope,
        limits=found.limits,
        issuer=found.issuer,
        issued_at=found.issued_at,
        expires_at=found.expires_at,
        verify_url=f"http://localhost:8501/verify/{found.serial}",
        demo=found.demo,
    )
    ended = found.expires_at if found.status is Status.EXPIRED else None
    return Kept(facts, found.status, found.since or ended, found.reason, private=found.private)
