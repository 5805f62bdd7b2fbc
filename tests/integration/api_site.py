"""The API of an academy with one certificate, and a clinic's key to ask with."""

import warnings
from dataclasses import dataclass
from typing import Any

from sqlmodel import update
from starlette.applications import Starlette
from starlette.middleware import Middleware

from accounts.commands.clinics import make_clinic
from certs.commands.api_keys import make_api_key
from certs.tables.clinics import ApiKeyRow
from tests.factories import World
from web.rate_limit import RateLimit
from web.routes import routes
from web.security import Security
from web.site import CALLS_A_MINUTE, LOOKUPS_A_MINUTE, UPLOADS_A_MINUTE, Site

with warnings.catch_warnings():
    # Starlette would rather have httpx2.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient


@dataclass
class Api:
    """The academy, its API, a key for it, and a certificate to ask about: alba's."""

    world: World
    app: Starlette
    clinic: str
    key: str
    serial: str

    def get(self, path: str, **more: Any) -> Any:
        """Ask with the key."""
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any, **more: Any) -> Any:
        """Send JSON with the key."""
        return self.ask("POST", path, json=body, **more)

    def ask(self, method: str, path: str, key: str | None = None, **more: Any) -> Any:
        """Ask with this key, or the own one where none is named."""
        headers = {"Authorization": f"Bearer {self.key if key is None else key}"}
        headers |= more.pop("headers", {})
        client = TestClient(self.app, "http://localhost", raise_server_exceptions=False)
        return client.request(method, path, headers=headers, **more)


def open_api(world: World, quota: int, a_minute: int | None = None) -> Api:
    """Return the API with such a daily quota; `a_minute` calls and look-ups where it is given."""
    serial = world.earn("alba").standing.serial
    with world.acting("cleo") as tx:
        clinic = make_clinic(tx, "Skin & Co")
        key = make_api_key(tx, clinic, "Rota program")
        tx.session.flush()
        tx.session.exec(update(ApiKeyRow).values(daily_quota=quota))
    site = Site(
        clock=lambda: world.now,
        lookups=RateLimit(a_minute or LOOKUPS_A_MINUTE),
        uploads=RateLimit(a_minute or UPLOADS_A_MINUTE),
        calls=RateLimit(a_minute or CALLS_A_MINUTE, "with this key"),
    )
    app = Starlette(routes=routes(site), middleware=[Middleware(Security, site=site)])
    return Api(world, app, clinic, key, serial)
